using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace ActorFinance.Service.Tests.Crash;

/// <summary>
/// The service is killed while callers send commands, again and again until they are answered, and a subscriber follows. Whatever was acknowledged is
/// in the journal once; whatever was sent is in it at most once; the subscriber sees every event once, in order.
/// </summary>
public sealed class KilledServiceTests(ITestOutputHelper output) : IDisposable
{
    private const int Senders = 8;
    private const int InRound = 120;

    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly List<SentEvent> _seen = [];

    [Fact]
    public async Task Killed_under_load_it_loses_nothing_and_repeats_nothing()
    {
        var kills = (int)Effort.Samples(3);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < kills; round++)
        {
            await RoundAsync(round, killAfter: random.Next(1, InRound));
        }

        using var service = await ServiceProcess.StartAsync(_folder.Path);
        await SendAsync(service.Client, Enumerable.Range(0, kills).SelectMany(CommandsOf), CancellationToken.None);
        _acknowledged.Count.ShouldBe((kills * InRound) + 2);

        var status = JsonNode.Parse(await service.Client.GetStringAsync("/v1/status"))!;
        await FollowAsync(service.Client, (long)status["journal"]!["offset"]!, CancellationToken.None);
        _seen.Select(sent => sent.Id).ShouldBe(Enumerable.Range(1, _seen.Count).Select(offset => (long)offset));
        _seen.Select(sent => (string)sent.Data["data"]!["commandId"]!).Order(StringComparer.Ordinal).ShouldBe(_acknowledged.Keys.Order(StringComparer.Ordinal));

        await service.TerminateAsync();
        var verified = await CommandLine.AskAsync(_folder.Path, "verify", "--journal", "book.db");
        verified.GetProperty("sound").GetBoolean().ShouldBeTrue();
        verified.GetProperty("rows").GetInt64().ShouldBe(_seen.Count);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<CommandEnvelope> CommandsOf(int round) => Enumerable.Range(0, InRound)
        .Select(i => Orders.Pay($"order-{round}-{i}", i % 2 == 0 ? "openai" : "nvidia", i % 2 == 0 ? "nvidia" : "openai", i + 1));

    private async Task RoundAsync(int round, int killAfter)
    {
        using var service = await ServiceProcess.StartAsync(_folder.Path);
        using var killed = new CancellationTokenSource();
        var following = FollowAsync(service.Client, long.MaxValue, killed.Token);
        if (round == 0)
        {
            await SendAsync(service.Client, [Orders.Register("nvidia"), Orders.Register("openai")], killed.Token);
        }

        var before = _acknowledged.Count;
        var sending = SendAsync(service.Client, CommandsOf(round), killed.Token, () =>
        {
            if (_acknowledged.Count - before >= killAfter)
            {
                service.Kill();
                killed.Cancel();
            }
        });
        await sending;
        await service.EndAsync();
        await following;
        output.WriteLine($"round {round}: {_acknowledged.Count - before} acknowledged, {_seen.Count} seen");
    }

    private async Task SendAsync(HttpClient client, IEnumerable<CommandEnvelope> commands, CancellationToken killed, Action? then = null)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Senders };
        await Parallel.ForEachAsync(commands, options, async (command, _) =>
        {
            try
            {
                using var response = await client.PostAsync("/v1/commands", RunningService.Json(CommandJson.Serialize(command)), killed);
                var answer = await response.Content.ReadAsStringAsync(killed);
                response.StatusCode.ShouldBe(HttpStatusCode.OK, answer);
                _acknowledged[command.Id.Value] = true;
                then?.Invoke();
            }
            catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException && then is not null)
            {
                // The service is gone; nothing is known of this one until it is sent again.
            }
        });
    }

    private async Task FollowAsync(HttpClient client, long upTo, CancellationToken killed)
    {
        try
        {
            await foreach (var sent in EventStream.ReadAsync(client, lastEventId: _seen.LastOrDefault()?.Id, cancellation: killed))
            {
                if (sent.Type == "message")
                {
                    _seen.Add(sent);
                }

                if (sent.Id >= upTo)
                {
                    return;
                }
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException)
        {
        }
    }
}
