using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

public enum DealStatus
{
    Announced = 1,
    Contracted = 2,
    Completed = 3,
    Superseded = 4,
    Cancelled = 5,
}

/// <summary>
/// A deal at a cut, with its latest terms (announced or contracted, last in fold order) and the event that stated them. A deal only moves
/// forward: it is not announced again once contracted, and not revived once it ended.
/// </summary>
public sealed record DealState(DealId Deal, DealStatus Status, DealTerms Terms, RecordedEvent Stated)
{
    /// <summary>A summary sums other deals and is never counted beside them.</summary>
    public bool IsSummary => Terms.Sums.Count > 0;

    /// <summary>Neither superseded nor cancelled.</summary>
    public bool Stands => Status is DealStatus.Announced or DealStatus.Contracted or DealStatus.Completed;
}

public static class DealFold
{
    /// <summary>The deals whose terms are known at the cut, by id.</summary>
    public static IReadOnlyList<DealState> Of(Counted counted)
    {
        var deals = new SortedDictionary<DealId, DealState>();
        foreach (var recorded in counted.Events)
        {
            if (recorded.Header.Deal is not { } deal)
            {
                continue;
            }

            switch (recorded.Event)
            {
                case DealAnnounced e:
                    State(deals, deal, DealStatus.Announced, e.Terms, recorded);
                    break;
                case DealContracted e:
                    State(deals, deal, DealStatus.Contracted, e.Terms, recorded);
                    break;
                case DealCompleted:
                    Advance(deals, deal, DealStatus.Completed);
                    break;
                case DealSuperseded:
                    Advance(deals, deal, DealStatus.Superseded);
                    break;
                case DealCancelled:
                    Advance(deals, deal, DealStatus.Cancelled);
                    break;
                default:
                    break;
            }
        }

        return [.. deals.Values];
    }

    private static void State(SortedDictionary<DealId, DealState> deals, DealId deal, DealStatus status, DealTerms terms, RecordedEvent recorded)
    {
        var before = deals.TryGetValue(deal, out var known) ? known.Status : status;
        deals[deal] = new(deal, before > status ? before : status, terms, recorded);
    }

    private static void Advance(SortedDictionary<DealId, DealState> deals, DealId deal, DealStatus status)
    {
        if (deals.TryGetValue(deal, out var known))
        {
            deals[deal] = known with { Status = known.Status > status ? known.Status : status };
        }
    }
}
