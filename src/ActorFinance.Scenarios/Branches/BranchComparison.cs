using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>A figure that an edit changed; null where the other side has it alone.</summary>
public sealed record FigureDifference(FigureKey Key, FigureValue? Base, FigureValue? Branch);

/// <summary>Base and branch side by side, at one effective time.</summary>
/// <param name="FirstDivergence">The first event in fold order that differs; null when none does.</param>
/// <param name="Differences">By measure; within one, the greatest change first.</param>
/// <param name="Missing">Why a side has no circular measures.</param>
public sealed record BranchComparison(BranchChange? FirstDivergence, IReadOnlyList<FigureDifference> Differences, string? Missing)
{
    /// <summary>Figures that are the same on both sides are left out: an empty branch has no differences.</summary>
    public static BranchComparison Of(Book book, BranchResult.Applied branch, Instant asOf, Firmness firmness, FlowOptions options)
    {
        var (before, missing) = BookFigures.Of(book, new(asOf, new AsKnown.AtOffset(branch.Base.Offset)), firmness, options);
        var (after, alsoMissing) = BookFigures.Of(branch.Book, new(asOf, AsKnown.All), firmness, options);
        var differences = before.Keys.Union(after.Keys)
            .Select(key => new FigureDifference(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .Where(difference => difference.Base != difference.Branch)
            .OrderBy(difference => BookFigures.Measures.ToList().IndexOf(difference.Key.Measure))
            .ThenByDescending(difference => Math.Abs(Size(difference)))
            .ThenBy(difference => difference.Key.Of, StringComparer.Ordinal)
            .ToList();
        return new(branch.Changes.Count == 0 ? null : branch.Changes[0], differences, missing ?? alsoMissing);
    }

    /// <summary>Branch less base; null where one of them has no number.</summary>
    public static decimal? AmountOf(FigureDifference difference) => (difference.Base, difference.Branch) switch
    {
        (FigureValue.Amount before, FigureValue.Amount after) => after.Value - before.Value,
        (null, FigureValue.Amount after) => after.Value,
        (FigureValue.Amount before, null) => -before.Value,
        _ => null,
    };

    /// <summary>Branch less base; null where one of them is undefined.</summary>
    public static double? RatioOf(FigureDifference difference) => (difference.Base, difference.Branch) switch
    {
        (FigureValue.Ratio { Value: { } before }, FigureValue.Ratio { Value: { } after }) => after - before,
        _ => null,
    };

    private static double Size(FigureDifference difference) => (double?)AmountOf(difference) ?? RatioOf(difference) ?? 0;
}
