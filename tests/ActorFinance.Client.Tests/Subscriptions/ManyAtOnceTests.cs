namespace ActorFinance.Client.Tests.Subscriptions;

/// <summary>Subscribers that come together after events were written for nobody: the first of them takes the live reading on to the end, and the others wait beside it already.</summary>
public sealed class ManyAtOnceTests : IDisposable
{
    private readonly string _schema = Server.NewSchema();

    private const int Subscribers = 6;
    private const int InRound = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscribers_that_come_together_all_see_what_was_written_while_none_was_there(bool onServer)
    {
        await using var service = await RunningService.StartAsync(options => onServer ? options with { Journal = Server.Shared.Journal(_schema) } : options);
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        await Book.OpenAsync(client);
        var seen = 2L;
        for (var round = 0; round < Effort.Samples(60); round++)
        {
            var (from, last) = (seen, seen + InRound);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            for (var number = 0; number < InRound; number++)
            {
                (await client.Commands.SendAsync(Book.Pay($"order-{round}-{number}", number))).ShouldBeOfType<CommandOutcome.Accepted>();
            }

            var following = Enumerable.Range(0, Subscribers).Select(_ => Task.Run(async () =>
                (await client.Subscriptions.SubscribeAsync(StreamStart.After(from)).TakenAsync(InRound, patience.Token)).ConvertAll(step => step.Offset))).ToList();

            foreach (var offsets in await Task.WhenAll(following))
            {
                offsets.ShouldBe(Enumerable.Range((int)from + 1, InRound).Select(offset => (long)offset));
            }

            seen = last;
        }
    }

    public void Dispose() => Server.Shared.Drop(_schema);
}
