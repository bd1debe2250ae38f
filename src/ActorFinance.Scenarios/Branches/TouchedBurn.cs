using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What companies burn, and how long their cash lasts, on both sides: of those whose accounts a branch's changes touch, each from its own events in the window. Where the window ends with another
/// event than in the base, every company's is another.
/// </summary>
internal static class TouchedBurn
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var moving = new MovingChanges(based, branch);
        var changes = moving.Accounts();
        var (was, now) = (based.BurnAt(WindowOf(asOf, LastOf(based, recorded => true))), based.BurnAt(WindowOf(asOf, LastOf(based, branch, moving))));
        Func<HolderId, bool> isCompany = moving.IsCompany;
        BaseFigures.AddEach(
            was == now ? changes.Companies : based.Cash.Companies.Union(changes.Companies),
            company => (was is null ? [] : BookFigures.OfBurn(was.Of(company)), now is null ? [] : BookFigures.OfBurn(now.With(company, changes, isCompany))),
            before,
            after);
    }

    /// <summary>Null where nothing ever moves cash.</summary>
    private static FlowWindow? WindowOf(Instant asOf, Instant? last) =>
        asOf != Instant.Maximum ? BookFigures.BurnSpan.EndingAt(asOf) : last is { } at ? BookFigures.BurnSpan.EndingAt(at.EndOfDay()) : null;

    private static Instant? LastOf(BaseFigures based, Func<RecordedEvent, bool> isThere)
    {
        var events = based.Base.InFoldOrder;
        for (var i = events.Count - 1; i >= 0; i--)
        {
            if (isThere(events[i]) && Burn.IsMoved(events[i], based.IsCompany))
            {
                return events[i].Header.EffectiveAt;
            }
        }

        return null;
    }

    private static Instant? LastOf(BaseFigures based, BranchResult.Applied branch, MovingChanges moving)
    {
        var left = LastOf(based, recorded => ReferenceEquals(branch.Events.Find(recorded.Offset), recorded));
        return branch.Changes.Select(change => change.After).OfType<RecordedEvent>()
            .Where(recorded => Burn.IsMoved(recorded, moving.IsCompany))
            .Select(recorded => (Instant?)recorded.Header.EffectiveAt)
            .Append(left)
            .Max();
    }
}
