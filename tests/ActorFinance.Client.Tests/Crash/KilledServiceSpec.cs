using System.Net;
using System.Net.Sockets;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Crash;

/// <summary>
/// The service is killed under load, again and again, while clients send commands and follow over server-sent events, over gRPC, and as a durable consumer; none of
/// them is told. Every command is in the journal once, and each subscriber has seen every event once, in order. Whatever the journal's store.
/// </summary>
public abstract class KilledServiceSpec(ITestOutputHelper output) : IDisposable
{
    private const int InRound = 150;
    private const int KillsUsual = 3;

    private readonly TempFolder _folder = new();

    /// <summary>As <c>--journal</c> takes it; a file is named within the folder.</summary>
    protected abstract string JournalIn(TempFolder folder);

    [Fact]
    public async Task Subscribers_and_senders_outlive_it_and_miss_nothing()
    {
        var kills = (int)Effort.Samples(KillsUsual);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        var (url, grpcUrl) = (FreeUrl(), FreeUrl());
        var service = await StartAsync(url, grpcUrl);
        try
        {
            using var client = new ActorFinanceClient(Book.Impatient(url));
            using var overGrpc = new ActorFinanceClient(Book.Impatient(url, grpcUrl));
            await Book.OpenAsync(client);
            await client.Subscriptions.Durable("durable").CreateAsync();
            await client.Subscriptions.Durable("durable-grpc").CreateAsync();
            var total = 2 + (kills * InRound) + 1;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(Effort.Samples(5)));
            Task<List<EventRecord>>[] subscribers =
            [
                FollowAsync(client, total, patience.Token),
                FollowAsync(overGrpc, total, patience.Token),
                ConsumeAsync(client, "durable", total, patience.Token),
                ConsumeAsync(overGrpc, "durable-grpc", total, patience.Token),
            ];
            for (var kill = 0; kill < kills; kill++)
            {
                var accepted = 0;
                var killAfter = random.Next(1, InRound);
                var sending = Parallel.ForEachAsync(Enumerable.Range(kill * InRound, InRound), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, stopped) =>
                {
                    (await client.Commands.SendAsync(Book.Pay($"order-{number}", number), stopped)).ShouldBeOfType<CommandOutcome.Accepted>();
                    if (Interlocked.Increment(ref accepted) == killAfter)
                    {
                        service.Kill();
                    }
                });
                await service.EndAsync();
                service.Dispose();
                service = await StartAsync(url, grpcUrl);
                await sending;
            }

            (await client.Commands.SendAsync(Book.Pay("the-last", 1))).ShouldBeOfType<CommandOutcome.Accepted>();
            foreach (var seen in await Task.WhenAll(subscribers))
            {
                seen.Select(one => one.CommandId).ShouldBeUnique();
                await Book.ShouldBeTheWholeJournal(seen, JournalIn(_folder));
            }

            (await client.Subscriptions.Durable("durable").StateAsync()).Acknowledged.ShouldBe(total);
            await service.TerminateAsync();
        }
        finally
        {
            service.Dispose();
        }

        var verified = await CommandLine.AskAsync(_folder.Path, "verify", "--journal", JournalIn(_folder));
        verified.GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _folder.Dispose();

    private static Task<List<EventRecord>> FollowAsync(ActorFinanceClient client, int total, CancellationToken cancellation) => Task.Run(async () =>
        (await client.Subscriptions.SubscribeAsync(cancellation: cancellation).TakenAsync(total, cancellation)).ConvertAll(step => step.Event!));

    private static Task<List<EventRecord>> ConsumeAsync(ActorFinanceClient client, string name, int total, CancellationToken cancellation) => Task.Run(async () =>
    {
        var handled = new List<EventRecord>();
        await foreach (var delivery in client.Subscriptions.Durable(name).ConsumeAsync("consumer", cancellation: cancellation))
        {
            if (handled.Count < total)
            {
                handled.Add(delivery.Event);
            }

            if (await delivery.AcknowledgeAsync(cancellation) && handled.Count == total)
            {
                break;
            }
        }

        return handled;
    });

    private static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private Task<ServiceProcess> StartAsync(Uri url, Uri grpcUrl) => ServiceProcess.StartAtAsync(_folder.Path, url.ToString(), "--journal", JournalIn(_folder), "--grpc-url", grpcUrl.ToString());
}
