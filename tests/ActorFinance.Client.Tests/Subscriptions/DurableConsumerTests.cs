namespace ActorFinance.Client.Tests.Subscriptions;

public sealed class DurableConsumerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_acknowledged_does_not_come_again_to_the_next_consumer_and_what_was_parked_comes_when_it_is_wanted(bool overGrpc)
    {
        await using var service = await ServiceAsync();
        using var client = Client(service, overGrpc);
        await FillAsync(client, 6);
        var alerts = client.Subscriptions.Durable("alerts");
        (await alerts.CreateAsync(filter: new() { Party = "nvidia" })).ShouldSatisfyAllConditions(state => state.Party.ShouldBe("nvidia"), state => state.Acknowledged.ShouldBe(0));
        await using (var first = alerts.ConsumeAsync("a").GetAsyncEnumerator())
        {
            (await NextAsync(first)).Offset.ShouldBe(2);
            (await first.Current.AcknowledgeAsync()).ShouldBeTrue();
            (await NextAsync(first)).Offset.ShouldBe(3);
            (await first.Current.ParkAsync("poison")).ShouldBeTrue();
            (await NextAsync(first)).Offset.ShouldBe(4);
        }

        (await alerts.ParkedAsync()).Select(one => (one.Offset, one.Reason)).ShouldBe([(3, "poison")]);
        await using var second = alerts.ConsumeAsync("a").GetAsyncEnumerator();
        (await NextAsync(second)).Offset.ShouldBe(4);
        (await second.Current.AcknowledgeAsync()).ShouldBeTrue();
        await alerts.ReplayAsync(3);
        var replay = await NextAsync(second);
        while (!replay.IsReplay)
        {
            (await replay.AcknowledgeAsync()).ShouldBeTrue();
            replay = await NextAsync(second);
        }

        replay.Offset.ShouldBe(3);
        (await replay.AcknowledgeAsync()).ShouldBeTrue();
        (await alerts.ParkedAsync()).ShouldBeEmpty();
        (await client.Subscriptions.ListDurableAsync()).Select(state => state.Name).ShouldBe(["alerts"]);
        await alerts.DeleteAsync();
        await Should.ThrowAsync<NotFoundException>(() => alerts.StateAsync());
        await Should.ThrowAsync<NotFoundException>(() => second.MoveNextAsync().AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_consumer_waits_until_the_first_has_gone_and_one_that_takes_over_ends_the_other(bool overGrpc)
    {
        await using var service = await ServiceAsync();
        using var client = Client(service, overGrpc);
        await FillAsync(client, 3);
        var alerts = client.Subscriptions.Durable("alerts");
        await alerts.CreateAsync();
        var first = alerts.ConsumeAsync("a").GetAsyncEnumerator();
        (await NextAsync(first)).Offset.ShouldBe(1);
        (await first.Current.AcknowledgeAsync()).ShouldBeTrue();

        await using var second = alerts.ConsumeAsync("b").GetAsyncEnumerator();
        var waiting = second.MoveNextAsync().AsTask();
        (await alerts.StateAsync()).Consumer.ShouldBe("a");
        await first.DisposeAsync();
        (await waiting).ShouldBeTrue();
        second.Current.Offset.ShouldBe(2);

        await using var third = alerts.ConsumeAsync("c", takeOver: true).GetAsyncEnumerator();
        (await NextAsync(third)).Offset.ShouldBe(2);
        (await second.Current.AcknowledgeAsync()).ShouldBeFalse();
        await Should.ThrowAsync<SubscriptionTakenOverException>(async () =>
        {
            while (await second.MoveNextAsync())
            {
            }
        });
        (await third.Current.AcknowledgeAsync()).ShouldBeTrue();
    }

    /// <summary>Nothing that it wants is written, and yet it need not read everything again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Heartbeats_move_a_filtered_subscription_on(bool overGrpc)
    {
        await using var service = await ServiceAsync();
        using var client = Client(service, overGrpc);
        await FillAsync(client, 5);
        var dividends = client.Subscriptions.Durable("dividends");
        await dividends.CreateAsync(filter: new() { Type = "dividend-declared" });
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var consuming = Task.Run(() => dividends.ConsumeAsync("a", cancellation: patience.Token).TakenAsync(1, patience.Token));
        while ((await dividends.StateAsync(patience.Token)).Acknowledged < 5)
        {
            await Task.Yield();
        }

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => consuming);
    }

    private static async Task<Delivery> NextAsync(IAsyncEnumerator<Delivery> deliveries)
    {
        (await deliveries.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeTrue();
        return deliveries.Current;
    }

    private static Task<RunningService> ServiceAsync() => RunningService.StartAsync(options => options with { Heartbeat = TimeSpan.FromMilliseconds(100) });

    private static ActorFinanceClient Client(RunningService service, bool overGrpc) => new(Book.Impatient(service.Client.BaseAddress!, overGrpc ? service.GrpcUrl : null));

    private static async Task FillAsync(ActorFinanceClient client, int events)
    {
        await Book.OpenAsync(client);
        for (var i = 0; i < events - 2; i++)
        {
            (await client.Commands.SendAsync(Book.Pay($"order-{i}", i))).ShouldBeOfType<CommandOutcome.Accepted>();
        }
    }
}
