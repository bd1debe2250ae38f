using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// The service as its callers meet it: it runs in a process of its own, this process is all of its callers, both on the same cores. A journal to ask
/// about is written first; <see cref="Batches"/> measures that.
/// </summary>
internal static class Service
{
    private const int Companies = 100;
    private const int InBatch = 100;
    private const int BatchConnections = 16;
    private const int SingleConnections = 64;
    private const int CashConnections = 16;
    private const int Subscribers = 10;
    private const int IdleSubscribers = 1_000;
    private const int PacePerSecond = 1_000;
    private const string Watched = "single commands beside 1,000 idle SSE subscribers|commands/s";
    private const string Alone = "single commands in turn with those, without subscribers|commands/s";

    private static readonly CompanyId[] Ids = [.. Enumerable.Range(0, Companies).Select(number => Value.Parse<CompanyId>(FlowBook.Company(number)))];
    private static readonly Currency Usd = Value.Parse<Currency>("USD");

    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var batches = options.Quick ? 100 : 600;
        var singles = options.Quick ? 2_000 : 12_000;
        var paced = options.Quick ? 1_000 : 5_000;
        var questions = options.Quick ? 5_000 : 30_000;
        report.Fact("commands in batches of 100", batches * InBatch);
        report.Fact("connections", $"{BatchConnections} for batches, {SingleConnections} for single commands, {CashConnections} for questions");
        var samples = new Dictionary<string, List<double>>();
        void Add(string name, double value) => (samples.TryGetValue(name, out var list) ? list : samples[name] = []).Add(value);

        // The first round warms this process up and is not counted; the service of each round is warmed by what comes before in it.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var journal = folder.FreshJournal();
            var service = await ServiceProcess.StartAsync(Actorfinance.All(options).Last(), journal);
            await using (service)
            {
                await BatchesAsync(service, batches);
                var (rate, latencies) = await SinglesAsync(service, singles, "single");
                var catchUp = await CatchUpAsync(service, (batches * InBatch) + singles + Companies);
                var grpcCatchUp = await GrpcCatchUp.RunAsync(service, (batches * InBatch) + singles + Companies);
                var delays = await DeliveryAsync(service, paced);
                var (asked, waits) = await CashAsync(service, questions);
                var each = await IdleAsync(service);
                var (watched, alone) = await WatchedAsync(service, singles);
                if (round == 0)
                {
                    continue;
                }

                Add("single commands|commands/s", rate);
                Add("single command p50|ms", At(latencies, 0.50));
                Add("single command p99|ms", At(latencies, 0.99));
                Add("catch-up of one SSE subscriber|events/s", catchUp);
                Add("catch-up of one gRPC subscriber|events/s", grpcCatchUp);
                Add("recorded to delivered p50, 10 subscribers|ms", At(delays, 0.50));
                Add("recorded to delivered p99, 10 subscribers|ms", At(delays, 0.99));
                Add("cash questions|answers/s", asked);
                Add("cash question p99|ms", At(waits, 0.99));
                Add("an idle SSE subscriber|kB of the server's memory", each);
                Add(Watched, watched);
                Add(Alone, alone);
            }

            WorkFolder.Delete(journal);
        }

        foreach (var (name, values) in samples)
        {
            report.Samples($"{name.Split('|')[0]}, target {TargetOf(name)}", name.Split('|')[1], values);
        }

        report.Compare("single commands, beside 1,000 idle subscribers / alone", samples[Watched], samples[Alone], ">= 0.9");
    }

    private static string TargetOf(string name) => name.Split('|')[0] switch
    {
        "single commands" => ">= 3,000",
        "single command p99" => "<= 100",
        "catch-up of one SSE subscriber" => ">= 30,000",
        "catch-up of one gRPC subscriber" => ">= 50,000",
        "recorded to delivered p50, 10 subscribers" => "<= 10",
        "recorded to delivered p99, 10 subscribers" => "<= 50",
        "cash questions" => ">= 5,000",
        "cash question p99" => "<= 20",
        "an idle SSE subscriber" => "<= 50",
        _ => "none",
    };

    private static async Task BatchesAsync(ServiceProcess service, int batches)
    {
        using var client = service.Connect(BatchConnections);
        await SendAsync(client, Lines(Registrations()), "application/x-ndjson");
        var bodies = Enumerable.Range(0, batches).Select(number => Lines(Batch(number))).ToArray();
        await Parallel.ForEachAsync(bodies, Concurrent(BatchConnections), async (body, _) => await SendAsync(client, body, "application/x-ndjson"));
    }

    private static async Task<(double Rate, double[] Milliseconds)> SinglesAsync(ServiceProcess service, int count, string kind)
    {
        using var client = service.Connect(SingleConnections);
        var bodies = Enumerable.Range(0, count).Select(number => CommandJson.Serialize(Order(kind, number, Ids[number % Companies]))).ToArray();
        return await TimedAsync(count, SingleConnections, async index => await SendAsync(client, bodies[index], "application/json"));
    }

    private static async Task<double> CatchUpAsync(ServiceProcess service, long last)
    {
        using var client = service.Connect(1);
        var clock = Stopwatch.StartNew();
        await ReadAsync(client, "/v1/stream?from=beginning", (id, _) => id < last);
        return last / clock.Elapsed.TotalSeconds;
    }

    /// <summary>From the time that the event carries, which is before it is on disk, to its arrival: no less than commit to delivery.</summary>
    private static async Task<double[]> DeliveryAsync(ServiceProcess service, int count)
    {
        using var client = service.Connect(SingleConnections + Subscribers);
        var delays = Enumerable.Range(0, Subscribers).Select(_ => new List<double>(count)).ToArray();
        var connected = new CountdownEvent(Subscribers);
        var reading = delays.Select(own => ReadAsync(client, "/v1/stream?from=now", (_, line) =>
        {
            own.Add((DateTime.UtcNow - RecordedAt(line)).TotalMilliseconds);
            return own.Count < count;
        }, () => connected.Signal())).ToArray();
        connected.Wait();
        var clock = Stopwatch.StartNew();
        var sending = new List<Task>();
        for (var number = 0; number < count; number++)
        {
            while (clock.Elapsed.TotalSeconds * PacePerSecond < number)
            {
                await Task.Yield();
            }

            sending.Add(SendAsync(client, CommandJson.Serialize(Order("paced", number, Ids[number % Companies])), "application/json"));
        }

        await Task.WhenAll(sending);
        await Task.WhenAll(reading);
        return [.. delays.SelectMany(own => own)];
    }

    private static async Task<(double Rate, double[] Milliseconds)> CashAsync(ServiceProcess service, int count)
    {
        using var client = service.Connect(CashConnections);
        return await TimedAsync(count, CashConnections, async index =>
        {
            using var response = await client.GetAsync($"/v1/cash?company={Ids[index % Companies]}&asOf=2026-06-30");
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        });
    }

    private static async Task<double> IdleAsync(ServiceProcess service)
    {
        using var client = service.Connect(IdleSubscribers);
        var before = service.KilobytesResident;
        var open = await Task.WhenAll(Enumerable.Range(0, IdleSubscribers).Select(_ =>
            client.GetAsync("/v1/stream?from=now", HttpCompletionOption.ResponseHeadersRead)));
        var each = (service.KilobytesResident - before) / IdleSubscribers;
        foreach (var response in open)
        {
            response.EnsureSuccessStatusCode();
            response.Dispose();
        }

        return each;
    }

    /// <summary>Each waits for what does not come: half of them for a company, half for a deal. Measured without, with, with, and without them.</summary>
    private static async Task<(double Watched, double Alone)> WatchedAsync(ServiceProcess service, int count)
    {
        // What streams that come and go leave to be done is done before each part.
        async Task<double> SettledAsync(string kind)
        {
            await SinglesAsync(service, count / 2, $"before-{kind}");
            return (await SinglesAsync(service, count, kind)).Rate;
        }

        var first = await SettledAsync("alone");
        using var client = service.Connect(IdleSubscribers);
        var open = await Task.WhenAll(Enumerable.Range(0, IdleSubscribers).Select(number =>
            client.GetAsync($"/v1/stream?from=now&{(number % 2 == 0 ? $"company=watched-{number}" : $"deal=WATCHED-{number}")}", HttpCompletionOption.ResponseHeadersRead)));
        var second = await SettledAsync("watched");
        var third = await SettledAsync("watched-again");
        foreach (var response in open)
        {
            response.EnsureSuccessStatusCode();
            response.Dispose();
        }

        var fourth = await SettledAsync("alone-again");
        return ((second + third) / 2, (first + fourth) / 2);
    }

    private static async Task<(double Rate, double[] Milliseconds)> TimedAsync(int count, int connections, Func<int, Task> send)
    {
        var milliseconds = new double[count];
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), Concurrent(connections), async (index, _) =>
        {
            var started = Stopwatch.GetTimestamp();
            await send(index);
            milliseconds[index] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        });
        return (count / clock.Elapsed.TotalSeconds, milliseconds);
    }

    private static async Task SendAsync(HttpClient client, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await client.PostAsync("/v1/commands", content);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || answer.Contains("\"refused\"", StringComparison.Ordinal) || answer.Contains("\"failed\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(answer);
        }
    }

    /// <summary>Reads until told to stop, by the id and the data of each event.</summary>
    private static async Task ReadAsync(HttpClient client, string address, Func<long, string, bool> goesOn, Action? connected = null)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
        var (id, isHeartbeat) = (0L, false);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("retry", StringComparison.Ordinal))
            {
                connected?.Invoke();
            }
            else if (line.StartsWith("event: heartbeat", StringComparison.Ordinal))
            {
                isHeartbeat = true;
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                if (!isHeartbeat && !goesOn(id, line))
                {
                    return;
                }

                isHeartbeat = false;
            }
        }
    }

    private static DateTime RecordedAt(string line)
    {
        const string Field = "\"recorded\":\"";
        var start = line.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        return DateTime.Parse(line.AsSpan(start, line.IndexOf('"', start) - start), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    }

    private static double At(double[] values, double quantile)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))];
    }

    private static ParallelOptions Concurrent(int degree) => new() { MaxDegreeOfParallelism = degree };

    private static IEnumerable<CommandEnvelope> Registrations() =>
        Ids.Select(id => new CommandEnvelope(Value.Parse<CommandId>($"register:{id}"), id, Instant.Of(2025, 1, 1), new RegisterCompany(id.Value, Usd)));

    private static CommandEnvelope[] Batch(int number) => [.. Enumerable.Range(0, InBatch).Select(i => Order("batch", (number * InBatch) + i, Ids[number % Companies]))];

    private static CommandEnvelope Order(string kind, int number, CompanyId company) => new(
        Value.Parse<CommandId>($"{kind}:{number}"),
        company,
        Instant.Of(DateTimeOffset.UnixEpoch.AddDays(20_000 + (number / 1_000))),
        new PayPurchase(Ids[(Array.IndexOf(Ids, company) + 1 + (number % (Companies - 1))) % Companies], Money.Of(100 + (number % 1_000), Usd)));

    private static byte[] Lines(IEnumerable<CommandEnvelope> commands)
    {
        using var lines = new MemoryStream();
        foreach (var command in commands)
        {
            lines.Write(CommandJson.Serialize(command));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }
}
