namespace ActorFinance.Client.Tests.Subscriptions;

/// <summary>Whoever ends a subscription hears of it as of any other work that is cancelled, over whatever transport.</summary>
public sealed class CancellationTests(DealsService deals) : IClassFixture<DealsService>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscription_that_is_cancelled_while_it_waits_ends_as_cancelled(bool overGrpc)
    {
        var end = (long)(await deals.Service.GetAsync("/v1/verify"))["asKnown"]!["offset"]!;
        using var client = new ActorFinanceClient(Book.Impatient(deals.Service.Client.BaseAddress!, overGrpc ? deals.Service.GrpcUrl : null));
        using var enough = new CancellationTokenSource();
        var reached = 0L;
        var following = Task.Run(async () =>
        {
            await foreach (var step in client.Subscriptions.SubscribeAsync(cancellation: enough.Token))
            {
                Volatile.Write(ref reached, step.Offset);
            }
        });
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref reached) == end));
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
    }
}
