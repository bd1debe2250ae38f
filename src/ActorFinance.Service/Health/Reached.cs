using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;
using Akka.Actor;

namespace ActorFinance.Service;

/// <summary>How far each projection has come; null for one that did not answer in time.</summary>
internal sealed record Reached(Offset Journal, Offset? Cash, Offset? Ownership, Offset? CircularFlow)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public IEnumerable<(string Name, Offset? Offset)> Projections => [("cash", Cash), ("ownership", Ownership), ("circularFlow", CircularFlow)];

    public static async Task<Reached> AskAsync(RunningJournal journal, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var last = new Offset(await journal.Reader.LastOffsetAsync(limit.Token).ConfigureAwait(false));
        var offsets = await Task.WhenAll(
            OfAsync(journal.Projections.Cash, (CashView view) => view.LastOffset, limit.Token),
            OfAsync(journal.Projections.Ownership, (OwnershipView view) => view.Places.LastOffset, limit.Token),
            OfAsync(journal.Projections.CircularFlow, (CircularFlowIndex index) => index.Book.LastOffset, limit.Token)).ConfigureAwait(false);
        return new(last, offsets[0], offsets[1], offsets[2]);
    }

    private static async Task<Offset?> OfAsync<TIndex>(IActorRef projection, Func<TIndex, Offset> offset, CancellationToken limit)
    {
        try
        {
            var reached = await JournalSession.AskAsync<TIndex, Tuple<Offset>>(projection, new IndexQuestion<TIndex, Tuple<Offset>>(default, index => Tuple.Create(offset(index))), limit).ConfigureAwait(false);
            return reached.Item1;
        }
        catch (Exception late) when (late is OperationCanceledException or AskTimeoutException)
        {
            return null;
        }
    }
}
