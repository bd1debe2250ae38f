using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The ownership figures, on both sides, of the issuers whose share events a branch changes.</summary>
internal static class TouchedOwnership
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var touched = new SortedDictionary<CompanyId, (List<RecordedEvent> Gone, List<RecordedEvent> Came)>();
        foreach (var change in branch.Changes)
        {
            Touch(change.Before, lists => lists.Gone);
            Touch(change.After, lists => lists.Came);
        }

        BaseFigures.AddEach(
            touched,
            issuer =>
            {
                var marks = based.RegisterOf(issuer.Key);
                return (BookFigures.OfOwnership(marks.With(asOf, [], [])), BookFigures.OfOwnership(marks.With(asOf, InOrder(issuer.Value.Gone), InOrder(issuer.Value.Came))));
            },
            before,
            after);

        void Touch(RecordedEvent? recorded, Func<(List<RecordedEvent> Gone, List<RecordedEvent> Came), List<RecordedEvent>> side)
        {
            if (recorded is null || !ShareEvents.Concern(recorded.Event))
            {
                return;
            }

            if (!touched.TryGetValue(recorded.Header.Emitter, out var lists))
            {
                touched.Add(recorded.Header.Emitter, lists = ([], []));
            }

            side(lists).Add(recorded);
        }
    }

    private static List<RecordedEvent> InOrder(List<RecordedEvent> events)
    {
        events.Sort((left, right) => left.Key.CompareTo(right.Key));
        return events;
    }
}
