using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Answers;

/// <summary>The figures that branches are compared by, by the names that a question uses.</summary>
public static class BranchMeasures
{
    private static readonly IReadOnlyList<FigureFamily> Families = Enum.GetValues<FigureFamily>();

    /// <summary>What is shown unless something is asked for: burn and receivables are of a time.</summary>
    public static IEnumerable<string> Default => BookFigures.Measures.Where(measure => FigureQuestion.Everything.Families.Contains(BookFigures.FamilyOf(measure)));

    /// <summary>Families first, then single figures.</summary>
    public static IEnumerable<string> Names => Families.Select(FamilyName).Concat(BookFigures.Measures).Distinct();

    /// <summary>All of a family, or the one of that name; none when there is none.</summary>
    public static IReadOnlyList<string> Of(string name) =>
        Families.Any(family => FamilyName(family) == name)
            ? [.. BookFigures.Measures.Where(measure => FamilyName(BookFigures.FamilyOf(measure)) == name)]
            : [.. BookFigures.Measures.Where(measure => measure == name)];

    private static string FamilyName(FigureFamily family) => (family is FigureFamily.Network or FigureFamily.Traced ? FigureFamily.Circular : family).ToString().ToLowerInvariant();
}
