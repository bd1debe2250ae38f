using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Importing;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// Commands over HTTP in batches of 100 against the same commands given to the same companies in this process, without HTTP and JSON. The server is a
/// process of its own, this process is all of its callers, both on the same cores. Before each measured run either side takes three times as many
/// commands unmeasured: a new process compiles, and takes its memory from the system page by page, for the first 200,000 of them.
/// </summary>
internal static class Batches
{
    private const int Companies = 100;
    private const int InBatch = 100;
    private const int Connections = 16;
    private const int UnmeasuredRuns = 3;

    private static readonly CompanyId[] Ids = [.. Enumerable.Range(0, Companies).Select(number => Value.Parse<CompanyId>(FlowBook.Company(number)))];
    private static readonly Currency Usd = Value.Parse<Currency>("USD");

    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        report.Fact("connections", Connections);
        await CompareAsync(options, folder, report, "batches of 100", count: 1_000, companiesEach: 1, ">= 0.6");
        await CompareAsync(options, folder, report, "batches of 100 to 100 companies", count: 250, companiesEach: Companies, "none");
    }

    private static async Task CompareAsync(RunOptions options, WorkFolder folder, Report report, string name, int count, int companiesEach, string target)
    {
        count = options.Quick ? count / 10 : count;
        report.Fact($"commands in {name}", count * InBatch);
        var (ours, peer, server, callers, inProcess) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var direct = await InProcessAsync(folder.FreshJournal(), count, companiesEach);
            var journal = folder.FreshJournal();
            var service = await ServiceProcess.StartAsync(Actorfinance.All(options).Last(), journal);
            await using (service)
            {
                var load = new BatchLoad(service.Url, Connections);
                load.Send([BatchLoad.Request(service.Url, Lines(Registrations()))], Companies);
                for (var run = 0; run < UnmeasuredRuns; run++)
                {
                    load.Send(Requests(service.Url, $"warm-{run}", count, companiesEach), InBatch);
                }

                var requests = Requests(service.Url, "batch", count, companiesEach);
                var (before, seconds) = (service.ProcessorTime, 0.0);
                var cost = await Cost.OfAsync(count * InBatch, () =>
                {
                    seconds = load.Send(requests, InBatch);
                    return Task.CompletedTask;
                });
                if (round > 0)
                {
                    ours.Add(count * InBatch / seconds);
                    peer.Add(direct.EventsPerSecond);
                    server.Add((service.ProcessorTime - before).TotalMicroseconds / (count * InBatch));
                    callers.Add(cost.MicrosecondsOfProcessor);
                    inProcess.Add(direct.MicrosecondsOfProcessor);
                }
            }

            WorkFolder.Delete(journal);
        }

        report.Compare($"{name}, over HTTP against in process", ours, peer, target);
        report.Samples($"{name}, over HTTP", "commands/s", ours);
        report.Samples($"{name}, in process", "commands/s", peer);
        report.Samples($"{name}, processor time in process", "us/command", inProcess);
        report.Samples($"{name}, processor time of the server", "us/command", server);
        report.Samples($"{name}, processor time of its callers", "us/command", callers);

        // Two cores do no more than two seconds of work in a second.
        report.Samples($"{name}, the most that these cores allow, by processor time", "x of in process", [.. server.Zip(callers, inProcess).Select(cost => cost.Third / (cost.First + cost.Second))]);
    }

    private static async Task<Cost> InProcessAsync(string path, int count, int companiesEach)
    {
        var opening = await JournalSession.OpenAsync(path, new SessionOptions { WithProjections = true });
        await using var session = opening.Succeeded(out var opened, out var error) ? opened : throw new InvalidOperationException(error.Message);
        foreach (var register in Registrations())
        {
            await session.SubmitAsync(register.Company, [register]);
        }

        for (var run = 0; run < UnmeasuredRuns; run++)
        {
            await SubmitAsync(session, [.. Enumerable.Range(0, count).Select(number => Batch($"warm-{run}", number, companiesEach))]);
        }

        CommandEnvelope[][] batches = [.. Enumerable.Range(0, count).Select(number => Batch("batch", number, companiesEach))];
        return await Cost.OfAsync(count * InBatch, () => SubmitAsync(session, batches));
    }

    private static Task SubmitAsync(JournalSession session, CommandEnvelope[][] batches) =>
        Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (batch, _) =>
        {
            foreach (var reply in await CommandBatch.SubmitAsync(session, batch))
            {
                if (reply is not BatchReply.Answered(CommandReply.Accepted))
                {
                    throw new InvalidOperationException($"{reply}");
                }
            }
        });

    private static byte[][] Requests(Uri service, string kind, int count, int companiesEach) =>
        [.. Enumerable.Range(0, count).Select(number => BatchLoad.Request(service, Lines(Batch(kind, number, companiesEach))))];

    private static IEnumerable<CommandEnvelope> Registrations() =>
        Ids.Select(id => new CommandEnvelope(Value.Parse<CommandId>($"register:{id}"), id, Instant.Of(2025, 1, 1), new RegisterCompany(id.Value, Usd)));

    private static CommandEnvelope[] Batch(string kind, int number, int companiesEach) =>
        [.. Enumerable.Range(0, InBatch).Select(i => Order(kind, (number * InBatch) + i, (number + (i % companiesEach)) % Companies))];

    private static CommandEnvelope Order(string kind, int number, int company) => new(
        Value.Parse<CommandId>($"{kind}:{number}"),
        Ids[company],
        Instant.Of(DateTimeOffset.UnixEpoch.AddDays(20_000 + (number / 1_000))),
        new PayPurchase(Ids[(company + 1 + (number % (Companies - 1))) % Companies], Money.Of(100 + (number % 1_000), Usd)));

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
