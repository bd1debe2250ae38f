using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Answers;

/// <summary>What branches are compared by.</summary>
/// <param name="Cut">What counts.</param>
/// <param name="Question">What is worked out.</param>
/// <param name="Measures">Which of that are shown.</param>
/// <param name="Company">Null: all.</param>
/// <param name="Every">Null: only in the end.</param>
public sealed record BranchView(Cut Cut, FigureQuestion Question, IReadOnlySet<string> Measures, CompanyId? Company, SeriesStep? Every)
{
    /// <param name="cut">What counts.</param>
    /// <param name="firmness">Of the flows.</param>
    /// <param name="currency">Null: that of the book.</param>
    /// <param name="company">Null: all.</param>
    /// <param name="every">Null: only in the end.</param>
    /// <param name="measures">By <see cref="BranchMeasures"/>; none: its default.</param>
    public static BranchView Of(Cut cut, Firmness firmness, Currency? currency, CompanyId? company, SeriesStep? every, IReadOnlyCollection<string> measures)
    {
        var shown = (measures.Count > 0 ? measures : BranchMeasures.Default).ToHashSet();
        var families = shown.Select(BookFigures.FamilyOf).Distinct().Order().ToValueList();
        return new(cut, new(families, firmness, FlowOptions.Default with { ReportingCurrency = currency }), shown, company, every);
    }
}

/// <summary>Base and branch at the end of a period.</summary>
public sealed record BranchPoint(Instant At, IReadOnlyList<FigureDifference> Differences);

/// <summary>One branch beside its base.</summary>
public sealed record BranchSide(
    string Name, WhatIf? File, IReadOnlyList<Edit> Edits, BranchResult.Applied Branch, BranchComparison Comparison, IReadOnlyList<FigureDifference> Differences, IReadOnlyList<BranchPoint> Series, IReadOnlyList<BranchCascade> Cascades)
{
    private const int PointsMaximum = 600;

    /// <param name="based">Of the base.</param>
    /// <param name="name">The branch's.</param>
    /// <param name="file">Where it says more about itself.</param>
    /// <param name="edits">In order.</param>
    /// <param name="view">What is compared.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread. What it throws ends the work.</param>
    /// <exception cref="QuestionRefusedException">Names each edit that cannot be applied, with its rule.</exception>
    public static BranchSide Of(BaseFigures based, string name, WhatIf? file, IReadOnlyList<Edit> edits, BranchView view, Action<string, double>? progress)
    {
        var branch = Applied(based.Base, edits, progress);
        var comparison = BranchComparison.Of(based, branch, view.Cut.AsOf, view.Question, progress);
        var series = new List<BranchPoint>();
        if (view.Every is { } step && branch.Changes.Count > 0)
        {
            var times = branch.Changes.SelectMany(change => new[] { change.Before, change.After }).OfType<RecordedEvent>().Select(recorded => recorded.Header.EffectiveAt).ToList();
            foreach (var at in step.Between(times.Min(), Instant.Earlier(times.Max(), view.Cut.AsOf), PointsMaximum))
            {
                series.Add(new(at, Narrowed(BranchComparison.Of(based, branch, at, view.Question, progress).Differences, view)));
            }
        }

        return new(name, file, edits, branch, comparison, Narrowed(comparison.Differences, view), series, BranchCascade.Of(based.Base, edits, view.Question.Flows, progress));
    }

    /// <exception cref="QuestionRefusedException">Names each edit that cannot be applied, with its rule.</exception>
    public static BranchResult.Applied Applied(BranchBase based, IReadOnlyList<Edit> edits, Action<string, double>? progress) => Scenarios.Branches.Branch.Apply(based, edits, progress) switch
    {
        BranchResult.Applied applied => applied,
        BranchResult.Refused refused => throw new QuestionRefusedException(string.Join('\n', refused.Problems.Select(problem => $"edit {problem.Edit + 1} ({EditText.NameOf(edits[problem.Edit])}): {problem.Rule}"))),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
    };

    /// <summary>What differs at a time, which may lie before the first point of the series or after its last.</summary>
    public IReadOnlyList<FigureDifference> DifferencesAt(BaseFigures based, BranchView view, Instant at) =>
        Series.FirstOrDefault(point => point.At == at)?.Differences ?? Narrowed(BranchComparison.Of(based, Branch, at, view.Question).Differences, view);

    /// <summary>The measures, and the company, that were asked for.</summary>
    private static IReadOnlyList<FigureDifference> Narrowed(IReadOnlyList<FigureDifference> differences, BranchView view) =>
        [.. differences.Where(difference => view.Measures.Contains(difference.Key.Measure) && (view.Company is not { } company || difference.Key.Of.Split(" in ").Contains(company.Value)))];
}
