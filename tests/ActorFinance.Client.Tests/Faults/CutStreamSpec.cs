using ActorFinance.Service.Hosting;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Faults;

/// <summary>Connections are cut at random, in the middle of frames: nothing is missing, nothing comes twice, nothing is out of order. Whatever the journal's store.</summary>
public abstract class CutStreamSpec(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Effort.Samples(10));

    /// <summary>Where the journal is, and nothing else.</summary>
    protected abstract ServiceOptions At(ServiceOptions options);

    /// <summary>How many of the usual cuts this store is given.</summary>
    protected virtual int CutsOf(int usual) => (int)Effort.Samples(usual);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscriber_sees_every_event_once_in_order(bool overGrpc)
    {
        await using var service = await RunningService.StartAsync(options => At(options) with { Heartbeat = TimeSpan.FromMilliseconds(200) });
        await using var proxy = Proxy(service, overGrpc);
        using var writer = new ActorFinanceClient(Book.Impatient(service.Client.BaseAddress!));
        using var reader = new ActorFinanceClient(overGrpc ? Book.Impatient(service.Client.BaseAddress!, proxy.Url) : Book.Impatient(proxy.Url));
        await Book.OpenAsync(writer);
        using var patience = new CancellationTokenSource(Patience);
        var (seen, last) = (new List<EventRecord>(), long.MaxValue);
        var reading = Task.Run(async () =>
        {
            await foreach (var step in reader.Subscriptions.SubscribeAsync(heartbeats: true, cancellation: patience.Token))
            {
                if (step.Event is { } one)
                {
                    seen.Add(one);
                }

                if (step.Offset >= Volatile.Read(ref last))
                {
                    return;
                }
            }
        });
        Volatile.Write(ref last, await WriteUntilCutAsync(proxy, service, writer, CutsOf(overGrpc ? 50 : 150), () => seen.Count));
        await reading;
        output.WriteLine($"{proxy.Cuts} cuts, {seen.Count} events");
        await Book.ShouldBeTheWholeJournal(seen, service.Journal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_durable_consumer_handles_every_event_once_in_order_and_all_is_acknowledged(bool overGrpc)
    {
        await using var service = await RunningService.StartAsync(options => At(options) with { Heartbeat = TimeSpan.FromMilliseconds(200) });
        await using var proxy = Proxy(service, overGrpc);
        using var writer = new ActorFinanceClient(Book.Impatient(service.Client.BaseAddress!));
        using var reader = new ActorFinanceClient(overGrpc ? Book.Impatient(service.Client.BaseAddress!, proxy.Url) : Book.Impatient(proxy.Url));
        await Book.OpenAsync(writer);
        await writer.Subscriptions.Durable("mirror").CreateAsync();
        using var patience = new CancellationTokenSource(Patience);
        var (given, last) = (new List<EventRecord>(), long.MaxValue);
        var consuming = Task.Run(async () =>
        {
            await foreach (var delivery in reader.Subscriptions.Durable("mirror").ConsumeAsync("consumer", cancellation: patience.Token))
            {
                given.Add(delivery.Event);
                if (IsPoison(delivery.Offset))
                {
                    // Where it could not be parked it comes again.
                    await delivery.ParkAsync("a hundredth", patience.Token);
                }
                else
                {
                    await delivery.AcknowledgeAsync(patience.Token);
                }

                if (delivery.Offset >= Volatile.Read(ref last))
                {
                    return;
                }
            }
        });
        Volatile.Write(ref last, await WriteUntilCutAsync(proxy, service, writer, CutsOf(overGrpc ? 8 : 60), () => given.Count) + 1);
        await writer.Commands.SendAsync(Book.Pay("the-last", 1), patience.Token);
        await consuming;
        output.WriteLine($"{proxy.Cuts} cuts, {given.Count} deliveries, epoch {(await writer.Subscriptions.Durable("mirror").StateAsync()).Epoch}");

        given.Select(one => one.Offset).ShouldBeInOrder();
        await Book.ShouldBeTheWholeJournal([.. given.Where((one, at) => at == 0 || !IsPoison(one.Offset) || given[at - 1].Offset < one.Offset)], service.Journal);
        (await writer.Subscriptions.Durable("mirror").ParkedAsync()).Select(one => one.Offset).ShouldBe(given.Select(one => one.Offset).Where(IsPoison).Distinct());
    }

    private static bool IsPoison(long offset) => offset % 100 == 0;

    /// <summary>A connection must be able to carry one whole piece, or it would never get anywhere: an event, or over gRPC a step of some 64 kB.</summary>
    private FaultyProxy Proxy(RunningService service, bool overGrpc)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        return overGrpc ? new(service.GrpcUrl, seed, bytesMost: 80_000) : new(service.Client.BaseAddress!, seed, bytesMost: 24_000);
    }

    private static async Task<long> WriteUntilCutAsync(FaultyProxy proxy, RunningService service, ActorFinanceClient writer, int cuts, Func<int> seen)
    {
        for (var batch = 0; proxy.Cuts < cuts; batch++)
        {
            await writer.Commands.SendAsync([.. Enumerable.Range(batch * 50, 50).Select(i => Book.Pay($"order-{i}", i))]);

            // Not further ahead than a few connections carry: a proof needs cuts, not events.
            while (seen() < (batch - 2) * 50 && proxy.Cuts < cuts)
            {
                await Task.Delay(1);
            }
        }

        proxy.IsFaulty = false;
        return (long)(await service.GetAsync("/v1/status"))["journal"]!["offset"]!;
    }
}
