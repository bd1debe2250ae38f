namespace ActorFinance.Scenarios.Branches;

/// <summary>Facts whose ground an edit took away: left out and listed, a step always whole.</summary>
internal static class BranchMisfits
{
    /// <summary>The edit that a change is laid to when no edit asked for it.</summary>
    public const int OfNoEdit = -1;

    /// <summary>Taking one out can take the ground of others, so companies are judged anew until all that is left fits.</summary>
    public static IReadOnlyList<Misfit> Remove(BranchEvents events, bool touched)
    {
        var misfits = new List<Misfit>();
        if (!touched)
        {
            return misfits;
        }

        while (true)
        {
            var found = events.InFoldOrder()
                .GroupBy(recorded => recorded.Header.Emitter)
                .SelectMany(company => Misfits.Of(company.Key, company.Select(recorded => recorded.Envelope)))
                .ToList();
            if (found.Count == 0)
            {
                return misfits;
            }

            misfits.AddRange(found);
            var ids = found.Select(misfit => misfit.Event).ToHashSet();
            var all = events.ToList();
            var chosen = Enumerable.Range(0, all.Count).Where(i => ids.Contains(all[i].Header.Id));
            foreach (var index in new LinkedLegs(all).WholeSteps(chosen))
            {
                events.Drop(all[index], OfNoEdit);
            }
        }
    }
}
