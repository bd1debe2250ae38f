using ActorFinance.Journal.Subscriptions;

namespace ActorFinance.Journal.Tests.Specs;

/// <summary>What is kept of durable subscriptions is there again, whatever the store.</summary>
public abstract class SubscriptionStoreSpec(ITestStore store) : IDisposable
{
    private static readonly StoredSubscription Alerts = new("alerts", "ingest", "nvidia", Type: null, "NVDA-OAI", Party: null, Acknowledged: 7, Epoch: 2);
    private static readonly StoredSubscription All = new("all", "local", Company: null, Type: null, Deal: null, Party: null, Acknowledged: 0, Epoch: 0);
    private static readonly ParkedEvent Poison = new("alerts", 5, "no such \"company\"", 1_000, 1, IsWanted: false);

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_applied_is_there_after_it_was_opened_again()
    {
        store.Create();
        await ChangeAsync(new SubscriptionChange.Save(Alerts), new SubscriptionChange.Save(All), new SubscriptionChange.Park(Poison));
        await ShouldHoldAsync([Alerts, All], [Poison]);

        await ChangeAsync(
            new SubscriptionChange.Save(Alerts with { Acknowledged = 9, Epoch = 3 }), new SubscriptionChange.Park(Poison with { Reason = "still", Attempts = 2, IsWanted = true }), new SubscriptionChange.Park(Poison with { Offset = 6 }));
        await ShouldHoldAsync([Alerts with { Acknowledged = 9, Epoch = 3 }, All], [Poison with { Reason = "still", Attempts = 2, IsWanted = true }, Poison with { Offset = 6 }]);

        await ChangeAsync(new SubscriptionChange.Unpark("alerts", 5));
        await ShouldHoldAsync([Alerts with { Acknowledged = 9, Epoch = 3 }, All], [Poison with { Offset = 6 }]);

        await ChangeAsync(new SubscriptionChange.Delete("alerts"));
        await ShouldHoldAsync([All], []);
    }

    [Fact]
    public async Task Changes_that_come_together_are_all_there()
    {
        store.Create();
        await using (var subscriptions = await OpenAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(number => subscriptions.ApplyAsync(new SubscriptionChange.Save(All with { Name = $"s-{number % 20}", Acknowledged = number }))));
        }

        await using var again = await OpenAsync();
        var (kept, _) = await again.LoadAsync();
        kept.Select(one => one.Acknowledged).Order().ShouldBe(Enumerable.Range(180, 20).Select(number => (long)number));
    }

    private Task<SubscriptionStore> OpenAsync() => JournalStore.Of(store.Journal).OpenSubscriptionsAsync();

    private async Task ChangeAsync(params SubscriptionChange[] changes)
    {
        await using var subscriptions = await OpenAsync();
        await subscriptions.ApplyAsync(changes);
    }

    private async Task ShouldHoldAsync(StoredSubscription[] expected, ParkedEvent[] expectedParked)
    {
        await using var subscriptions = await OpenAsync();
        var (kept, parked) = await subscriptions.LoadAsync();
        kept.ShouldBe(expected, ignoreOrder: true);
        parked.ShouldBe(expectedParked, ignoreOrder: true);
    }
}
