namespace ActorFinance.Scenarios.Branches;

/// <summary>Base and branch side by side, at one effective time.</summary>
/// <param name="FirstDivergence">The first event in fold order that differs; null when none does.</param>
/// <param name="Differences">By measure; within one, the greatest change first.</param>
/// <param name="Missing">Why a side has no circular measures.</param>
public sealed record BranchComparison(BranchChange? FirstDivergence, IReadOnlyList<FigureDifference> Differences, string? Missing)
{
    private static readonly Dictionary<string, int> s_places = BookFigures.Measures.Index().ToDictionary(measure => measure.Item, measure => measure.Index);

    /// <summary>
    /// Figures that are the same on both sides are left out: an empty branch has no differences. What they are worked out from is what the branch's changes
    /// touch, but for the families of the whole book.
    /// </summary>
    /// <param name="based">Of the branch's base.</param>
    /// <param name="branch">What the edits made.</param>
    /// <param name="asOf">Up to when.</param>
    /// <param name="question">Which figures.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread. What it throws ends the work.</param>
    public static BranchComparison Of(BaseFigures based, BranchResult.Applied branch, Instant asOf, FigureQuestion question, Action<string, double>? progress = null)
    {
        if (branch.Changes.Count == 0)
        {
            return new(null, [], null);
        }

        var (before, after) = (new Dictionary<FigureKey, FigureValue>(), new Dictionary<FigureKey, FigureValue>());
        var (missing, work) = ((string?)null, new BranchWork(progress));
        work.Begin(BranchWork.Figures, 0, 5);
        if (question.Families.Contains(FigureFamily.Cash))
        {
            TouchedCash.Add(based, branch, asOf, before, after);
        }

        work.Begin(BranchWork.Figures, 1, 5);
        if (question.Families.Contains(FigureFamily.Ownership))
        {
            TouchedOwnership.Add(based, branch, asOf, before, after);
        }

        work.Begin(BranchWork.Figures, 2, 5);
        if (question.Families.Contains(FigureFamily.Commitments))
        {
            TouchedCommitments.Add(based, branch, asOf, before, after);
        }

        work.Begin(BranchWork.Figures, 3, 5);
        if (question.AsksCircle && !question.AsksWholeCircle)
        {
            missing = TouchedCircle.Add(based, branch, asOf, question, before, after, progress);
        }

        work.Begin(BranchWork.Figures, 4, 5);
        if (question.Families.Contains(FigureFamily.Burn))
        {
            TouchedBurn.Add(based, branch, asOf, before, after);
        }

        if (question.AsksWholeCircle || question.Families.Contains(FigureFamily.Receivables))
        {
            var (was, now) = (based.WholeAt(asOf, question, progress), BaseFigures.WholeOf(branch.Book, asOf, question, progress));
            BaseFigures.Add(before, was.Values);
            BaseFigures.Add(after, now.Values);
            missing ??= was.Missing is { } ofBase ? $"the base: {ofBase}" : now.Missing is { } ofBranch ? $"the branch: {ofBranch}" : null;
        }

        return new(branch.Changes[0], Between(before, after), missing);
    }

    /// <summary>Those that differ, in the order in which they are shown.</summary>
    public static IReadOnlyList<FigureDifference> Between(IReadOnlyDictionary<FigureKey, FigureValue> before, IReadOnlyDictionary<FigureKey, FigureValue> after) =>
    [
        .. before.Select(figure => new FigureDifference(figure.Key, figure.Value, after.GetValueOrDefault(figure.Key)))
            .Concat(after.Where(figure => !before.ContainsKey(figure.Key)).Select(figure => new FigureDifference(figure.Key, null, figure.Value)))
            .Where(difference => difference.Base != difference.Branch)
            .OrderBy(difference => s_places[difference.Key.Measure])
            .ThenByDescending(difference => Math.Abs((double?)difference.Amount ?? difference.Ratio ?? 0))
            .ThenBy(difference => difference.Key.Of, StringComparer.Ordinal)
            .ThenBy(difference => difference.Key.Unit, StringComparer.Ordinal),
    ];
}
