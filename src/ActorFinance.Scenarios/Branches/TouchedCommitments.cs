using ActorFinance.Analysis.Commitments;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What is open to pay and to receive, on both sides, of those whose promises a branch touches: a promise follows from the events that make, draw and
/// release it and the ends of its deal, so only these are folded again.
/// </summary>
internal static class TouchedCommitments
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var promises = based.Promises;
        var touched = KeysOf(promises, branch);
        if (touched.Count == 0)
        {
            return;
        }

        var was = promises.At(asOf);
        var now = Folded(promises, branch, asOf, touched);
        var open = new Dictionary<FigureKey, OpenPromises>();
        void Count(Commitment? commitment, int sign)
        {
            foreach (var key in commitment is null ? [] : BookFigures.OpenBy(commitment))
            {
                open[key] = (open.TryGetValue(key, out var so) ? so : was.Open(key)).With(commitment!, sign);
            }
        }

        foreach (var key in touched)
        {
            Count(was.Find(key), -1);
        }

        foreach (var commitment in now)
        {
            Count(commitment, 1);
        }

        foreach (var (key, value) in open)
        {
            Put(before, key, was.Open(key));
            Put(after, key, value);
        }
    }

    private static void Put(Dictionary<FigureKey, FigureValue> figures, FigureKey key, OpenPromises open)
    {
        if (open.ToFigure() is { } figure)
        {
            figures[key] = figure;
        }
    }

    /// <summary>The promises that a changed event is about, that the step of one draws, and that stand under a deal whose end changed.</summary>
    private static HashSet<(CompanyId, CommitmentId)> KeysOf(BasePromises promises, BranchResult.Applied branch)
    {
        var (keys, steps, deals) = (new HashSet<(CompanyId, CommitmentId)>(), new HashSet<StepId>(), new HashSet<DealId>());
        foreach (var recorded in branch.Changes.SelectMany(change => new[] { change.Before, change.After }).OfType<RecordedEvent>())
        {
            Take(recorded);
            if (recorded.Header.Step is { } step)
            {
                steps.Add(step);
            }

            if (BasePromises.EndedBy(recorded) is { } deal)
            {
                deals.Add(deal);
            }
        }

        foreach (var recorded in steps.SelectMany(branch.On.OfStep).Concat(deals.SelectMany(branch.Events.OfDeal)).Concat(deals.SelectMany(branch.On.OfDeal)))
        {
            Take(recorded);
        }

        return keys;

        void Take(RecordedEvent recorded)
        {
            if (Draw.Concerned(recorded) is { } key)
            {
                keys.Add(key);
            }
        }
    }

    private static IEnumerable<Commitment> Folded(BasePromises promises, BranchResult.Applied branch, Instant asOf, HashSet<(CompanyId, CommitmentId)> touched)
    {
        bool IsTouched(RecordedEvent recorded) => Draw.Concerned(recorded) is { } key && touched.Contains(key);
        List<RecordedEvent> events = [.. branch.Events.Among(touched.SelectMany(promises.Concerning), IsTouched)];
        var deals = events.Where(recorded => recorded.Event is InvestmentCommitted or PurchaseCommitted or LoanCommitted).Select(recorded => recorded.Header.Deal).OfType<DealId>().ToHashSet();
        events.AddRange(branch.Events.Among(deals.SelectMany(promises.EndsOf), recorded => BasePromises.EndedBy(recorded) is { } deal && deals.Contains(deal)));

        // Steps come whole, so a fact of one may draw a promise that is not touched: that one is not folded whole here.
        return CommitmentFold.Of(branch.Events.Alone(events, asOf)).All.Where(commitment => touched.Contains((commitment.Emitter, commitment.Id)));
    }
}
