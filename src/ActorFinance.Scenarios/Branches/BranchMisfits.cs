using ActorFinance.Analysis;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Facts whose ground an edit took away: left out and listed, a step always whole.</summary>
internal static class BranchMisfits
{
    /// <summary>The edit that a change is laid to when no edit asked for it.</summary>
    public const int OfNoEdit = -1;

    /// <summary>
    /// Taking one out can take the ground of others, so companies are judged anew until all that is left fits: only those whose facts were touched, and
    /// each from its first touched fact on.
    /// </summary>
    public static void Remove(BranchEvents events)
    {
        while (events.TakeUnjudged() is { Count: > 0 } touched)
        {
            var found = Judged(events, touched);
            if (found.Count == 0)
            {
                continue;
            }

            events.Misfits.AddRange(found);
            var ids = found.Select(misfit => misfit.Event).ToHashSet();
            var chosen = touched.Where(company => found.Any(misfit => misfit.Company == company.Company))
                .SelectMany(company => events.EmittedBy(company.Company))
                .Where(recorded => ids.Contains(recorded.Header.Id));
            foreach (var recorded in new LinkedLegs(events).WholeSteps(chosen))
            {
                events.Lost[recorded.Header.Id] = recorded;
                events.Drop(recorded, OfNoEdit);
            }
        }
    }

    /// <summary>The same of a list that no base holds: all its companies are judged.</summary>
    public static (IReadOnlyList<RecordedEvent> Left, IReadOnlyList<Misfit> Misfits) Remove(IEnumerable<RecordedEvent> inOffsetOrder)
    {
        var (left, misfits) = (inOffsetOrder.ToList(), new List<Misfit>());
        while (true)
        {
            var found = left.OrderBy(recorded => recorded.Key).GroupBy(recorded => recorded.Header.Emitter)
                .SelectMany(company => Misfits.Of(company.Key, company.Select(recorded => recorded.Envelope)))
                .ToList();
            if (found.Count == 0)
            {
                return (left, misfits);
            }

            misfits.AddRange(found);
            var ids = found.Select(misfit => misfit.Event).ToHashSet();
            var steps = left.Where(recorded => ids.Contains(recorded.Header.Id)).Select(recorded => recorded.Header.Step).OfType<StepId>().ToHashSet();
            left.RemoveAll(recorded => ids.Contains(recorded.Header.Id) || (recorded.Header.Step is { } step && steps.Contains(step)));
        }
    }

    /// <summary>Company by company, on all cores: none is judged by another's facts.</summary>
    private static List<Misfit> Judged(BranchEvents events, IReadOnlyList<(CompanyId Company, List<RecordedEvent> Gone, List<RecordedEvent> Came)> touched)
    {
        var (found, begun) = (new IReadOnlyList<Misfit>[touched.Count], 0);
        AllCores.Each(found.Length, i =>
        {
            lock (found)
            {
                events.Work.Begin(BranchWork.Facts, begun++, found.Length);
            }

            found[i] = [.. Of(events, touched[i].Company, touched[i].Gone, touched[i].Came)];
        });
        return [.. found.SelectMany(misfits => misfits)];
    }

    private static IEnumerable<Misfit> Of(BranchEvents events, CompanyId company, List<RecordedEvent> gone, List<RecordedEvent> came)
    {
        var before = events.Base.TimelineOf(company);
        if (!gone.Concat(came).Any(recorded => recorded.Event is CompanyRegistered))
        {
            return before.With(gone, came);
        }

        // How a company was registered says which of its facts are checked at all.
        var had = before.Misfits.Select(misfit => misfit.Event).ToHashSet();
        return new CheckedTimeline(company, events.EmittedBy(company)).Misfits.Where(misfit => !had.Contains(misfit.Event));
    }
}
