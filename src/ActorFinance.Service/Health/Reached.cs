using ActorFinance.Actors.Hosting;
using ActorFinance.Analysis.Projections;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;
using Akka.Actor;

namespace ActorFinance.Service;

/// <summary>How far the projection has come; null where it did not answer in time. Cash, ownership and circular flow are at one point always.</summary>
internal sealed record Reached(Offset Journal, Offset? Projection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public IEnumerable<(string Name, Offset? Offset)> Projections => [("cash", Projection), ("ownership", Projection), ("circularFlow", Projection)];

    public static async Task<Reached> AskAsync(RunningJournal journal, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var last = new Offset(await journal.Reader.LastOffsetAsync(limit.Token).ConfigureAwait(false));
        try
        {
            var reached = await JournalSession.AskAsync<BookView, Tuple<Offset>>(
                journal.Projection, new BookQuestion<Tuple<Offset>>(default, view => Tuple.Create(view.LastOffset)), limit.Token).ConfigureAwait(false);
            return new(last, reached.Item1);
        }
        catch (Exception late) when (late is OperationCanceledException or AskTimeoutException)
        {
            return new(last, null);
        }
    }
}
