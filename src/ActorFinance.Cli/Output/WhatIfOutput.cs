using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

internal static class WhatIfOutput
{
    private const int RowsOfAMeasure = 12;
    private const int MisfitsShown = 10;
    private const int CreditorsShown = 8;

    /// <summary>What the rows of weighted figures are named in CSV.</summary>
    private const string Expected = "expected";

    public static void Print(Terminal terminal, OutputForm form, WhatIfReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv:
                PrintCsv(terminal, report);
                break;
            default:
                PrintTables(terminal, report);
                break;
        }
    }

    private static void PrintCsv(Terminal terminal, WhatIfReport report)
    {
        var (isWeighted, over) = (report.Probabilities.Count > 0, report.View.Every is not null);
        var several = report.Sides.Count > 1 || isWeighted;
        IEnumerable<(string Name, IReadOnlyList<BranchPoint> Series, IReadOnlyList<FigureDifference> Differences)> all =
        [
            .. report.Sides.Select(side => (side.Name, side.Series, side.Differences)),
            .. isWeighted ? [(Expected, report.ExpectedSeries, report.Expected)] : ((string, IReadOnlyList<BranchPoint>, IReadOnlyList<FigureDifference>)[])[],
        ];
        string[] header = [.. several ? ["name"] : (string[])[], .. over ? ["at"] : (string[])[], "measure", "of", "unit", "base", "whatIf", "difference", "relative"];
        var rows =
            from side in all
            from point in over ? side.Series : [new BranchPoint(report.View.Cut.AsOf, side.Differences)]
            from difference in point.Differences
            select (IEnumerable<string?>)
            [
                .. several ? [side.Name] : (string?[])[], .. over ? [point.At.ToString()] : (string?[])[],
                difference.Key.Measure, difference.Key.Of, difference.Key.Unit, FigureText.Plain(difference.Base), FigureText.Plain(difference.Branch),
                FigureText.PlainDifference(difference), difference.Relative?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ];
        CsvAnswer.Print(terminal, header, rows);
    }

    private static void PrintTables(Terminal terminal, WhatIfReport report)
    {
        foreach (var side in report.Sides)
        {
            PrintSide(terminal, side, isNamed: report.Sides.Count > 1);
            terminal.Line();
        }

        if (report.Sides.All(side => !side.Differences.Any(FigureText.IsSomething)))
        {
            terminal.Line(report.Sides.Any(side => side.Series.Any(point => point.Differences.Any(FigureText.IsSomething))) ? "In the end no figure differs." : "No figure differs.");
        }
        else if (report.Sides is [var one] && report.Probabilities.Count == 0)
        {
            PrintDifferences(terminal, [.. one.Differences.Where(FigureText.IsSomething)]);
        }
        else
        {
            PrintSideBySide(terminal, report);
        }

        foreach (var side in report.Sides.Where(side => side.Series.Any(point => point.Differences.Any(FigureText.IsSomething))))
        {
            PrintSeries(terminal, side.Series, report.Sides.Count > 1 ? $"{side.Name} over time" : "Over time", "What if");
        }

        if (report.ExpectedSeries.Any(point => point.Differences.Any(FigureText.IsSomething)))
        {
            PrintSeries(terminal, report.ExpectedSeries, "Expected over time", "Expected");
        }

        foreach (var missing in report.Sides.Select(side => side.Comparison.Missing).OfType<string>().Distinct())
        {
            terminal.Out.MarkupLine($"[yellow]{Markup.Escape($"No circular measures of {missing}")}[/]");
        }

        Tables.Scope(terminal, report.Base.Base.Resolved with { Cut = report.View.Cut }, incomplete: 0);
    }

    private static void PrintSide(Terminal terminal, BranchSide side, bool isNamed)
    {
        if (side.File?.Title is not null || isNamed)
        {
            terminal.Out.MarkupLine($"[bold]{Markup.Escape($"{(isNamed ? $"{side.Name}: " : "")}{side.File?.Title ?? side.Name}")}[/]");
        }

        for (var i = 0; i < side.Edits.Count; i++)
        {
            terminal.Line($"{i + 1}. {EditText.Of(side.Edits[i])}{(PaysNothing(side, i) ? ": pays nothing, since its beneficiary lacks no cash then" : "")}");
        }

        var changes = side.Branch.Changes;
        terminal.Line($"Events added {changes.Count(change => change.Before is null):#,0}, dropped {changes.Count(change => change.After is null):#,0}, changed {changes.Count(change => change is { Before: not null, After: not null }):#,0}.");
        if (side.Comparison.FirstDivergence is { } first)
        {
            terminal.Line(Divergence(first));
        }

        foreach (var misfit in side.Branch.Misfits.Take(MisfitsShown))
        {
            var lost = side.Branch.Lost(misfit);
            var what = $"{EventText.TypeOf(lost.Event)} of {misfit.Company} on {Figures.Moment(lost.Header.EffectiveAt)} ({EventText.Summary(lost)})";
            terminal.Out.MarkupLine($"[yellow]{Markup.Escape($"left out, its ground is gone: {what}: {misfit.Refusal.Message}")}[/]");
        }

        if (side.Branch.Misfits.Count > MisfitsShown)
        {
            terminal.Line($"and {side.Branch.Misfits.Count - MisfitsShown:#,0} more that lost their ground (--output json lists all)");
        }

        foreach (var cascade in side.Cascades)
        {
            PrintCascade(terminal, cascade);
        }
    }

    /// <summary>A call on a guarantee that nobody needs is no fault, and no silence either.</summary>
    private static bool PaysNothing(BranchSide side, int edit) =>
        side.Edits[edit] is Edit.CallOn && !side.Branch.Changes.Any(change => change.Edit == edit && change.After?.Event is GuaranteeCalled);

    private static string Divergence(BranchChange first)
    {
        var (what, how) = first switch
        {
            { Before: null, After: { } added } => (added, "is added"),
            { Before: { } dropped, After: null } => (dropped, "is left out"),
            { Before: { } before, After: { } after } when before.Header.EffectiveAt != after.Header.EffectiveAt => (before, $"moves to {Figures.Moment(after.Header.EffectiveAt)}"),
            { Before: { } before } => (before, "changes"),
            _ => throw new InvalidOperationException("a change has a side"),
        };
        var why = first.Edit < 0 ? "its ground is gone" : $"edit {first.Edit + 1}";
        return $"They part on {Figures.Moment(what.Header.EffectiveAt)}: {EventText.TypeOf(what.Event)} of {what.Header.Emitter} {how} ({EventText.Summary(what)}; {why}).";
    }

    /// <summary>What the default costs each creditor, and who then cannot pay either.</summary>
    private static void PrintCascade(Terminal terminal, BranchCascade cascade)
    {
        if (cascade.Answer is not { } answer)
        {
            terminal.Out.MarkupLine($"[yellow]{Markup.Escape($"No cascade of {cascade.Default.Company}'s default: {cascade.Missing} (--currency CODE)")}[/]");
            return;
        }

        var creditors = WhatIfReport.CreditorsOf(cascade).OrderByDescending(creditor => creditor.Owed - creditor.Received).ToList();
        var losses = creditors.Take(CreditorsShown).Select(creditor => $"{creditor.Creditor?.Value ?? "outside"} {Figures.Exact(creditor.Owed - creditor.Received, answer.Currency!.Value)} of {Figures.Exact(creditor.Owed)}");
        terminal.Line(creditors.Count == 0
            ? $"{cascade.Default.Company} owes nobody on {Figures.Moment(cascade.Default.At)}."
            : $"{cascade.Default.Company}'s creditors lose: {string.Join("; ", losses)}{(creditors.Count > CreditorsShown ? $"; and {creditors.Count - CreditorsShown} more" : "")}.");
        foreach (var off in cascade.WriteOffs)
        {
            terminal.Line($"{off.Creditor} writes off {Figures.Exact(off.Amount, off.Currency)} lent to {off.Debtor}{(off.RevenueToReverse > 0 ? $", and reverses {Figures.Exact(off.RevenueToReverse, off.Currency)} of revenue that it had paid for" : "")}.");
        }

        var fallen = answer.Rounds.Where(round => round.Number > 0).Select(round => (round.Number, Failed: round.Failed.Except(cascade.Without).ToList())).Where(round => round.Failed.Count > 0).ToList();
        foreach (var round in fallen)
        {
            terminal.Line($"Round {round.Number}, all that is promised being due: {string.Join(", ", round.Failed)} cannot pay in full.");
        }

        if (answer.Rounds.Count > 0 && fallen.Count == 0)
        {
            terminal.Line("Nobody else fails because of it.");
        }

        var anyway = cascade.Without.Where(company => company != cascade.Default.Company).ToList();
        if (anyway.Count > 0)
        {
            terminal.Line($"With or without the default, all that is promised being due, these cannot pay in full: {string.Join(", ", anyway)}.");
        }
    }

    private static void PrintDifferences(Terminal terminal, IReadOnlyList<FigureDifference> differences)
    {
        var table = Tables.Create(("Figure", false), ("of", false), ("Base", true), ("What if", true), ("Difference", true), ("", true));
        var left = 0;
        foreach (var measure in differences.GroupBy(difference => difference.Key.Measure))
        {
            foreach (var difference in measure.Take(RowsOfAMeasure))
            {
                var unit = difference.Key.Unit;
                table.Row(
                    FigureText.TitleOf(measure.Key), difference.Key.Of, FigureText.Of(difference.Base, unit), FigureText.Of(difference.Branch, unit), FigureText.Difference(difference), FigureText.Relative(difference));
            }

            left += measure.Skip(RowsOfAMeasure).Count();
        }

        Tables.Write(terminal, table);
        More(terminal, left);
    }

    /// <summary>A figure that a branch leaves as it was stands there as it was.</summary>
    private static void PrintSideBySide(Terminal terminal, WhatIfReport report)
    {
        var (sides, isWeighted) = (report.Sides, report.Probabilities.Count > 0);
        string Title(int side) => isWeighted ? $"{sides[side].Name} ({Figures.Percent((double)report.Probabilities[side])})" : sides[side].Name;
        var table = Tables.Create([("Figure", false), ("of", false), ("Base", true), .. sides.SelectMany((_, i) => new[] { (Title(i), true), ("", true) }), .. isWeighted ? new[] { ("Expected", true) } : []]);
        var all = sides.SelectMany(side => side.Differences).GroupBy(difference => difference.Key).Where(figure => figure.Any(FigureText.IsSomething)).ToList();
        var left = 0;
        foreach (var measure in all.GroupBy(figure => figure.Key.Measure).OrderBy(group => BookFigures.Measures.ToList().IndexOf(group.Key)))
        {
            foreach (var figure in measure.Take(RowsOfAMeasure))
            {
                var before = figure.First().Base;
                var cells = sides.SelectMany(side =>
                {
                    var difference = side.Differences.FirstOrDefault(one => one.Key == figure.Key) ?? new(figure.Key, before, before);
                    return new[] { FigureText.Of(difference.Branch, figure.Key.Unit), difference.Base == difference.Branch ? "=" : FigureText.Difference(difference) };
                });
                string[] expected = isWeighted ? [FigureText.Of(report.Expected.FirstOrDefault(one => one.Key == figure.Key)?.Branch, figure.Key.Unit)] : [];
                table.Row([FigureText.TitleOf(measure.Key), figure.Key.Of, FigureText.Of(before, figure.Key.Unit), .. cells, .. expected]);
            }

            left += measure.Skip(RowsOfAMeasure).Count();
        }

        Tables.Write(terminal, table);
        More(terminal, left);
    }

    private static void PrintSeries(Terminal terminal, IReadOnlyList<BranchPoint> series, string title, string column)
    {
        var table = Tables.Create(("at", false), ("Figure", false), ("of", false), ("Base", true), (column, true), ("Difference", true), ("", true));
        var left = 0;
        foreach (var point in series)
        {
            var shown = point.Differences.Where(FigureText.IsSomething).ToList();
            foreach (var difference in shown.Take(RowsOfAMeasure))
            {
                var unit = difference.Key.Unit;
                table.Row(
                    point.At.ToDateText(), FigureText.TitleOf(difference.Key.Measure), difference.Key.Of, FigureText.Of(difference.Base, unit), FigureText.Of(difference.Branch, unit), FigureText.Difference(difference), FigureText.Relative(difference));
            }

            left += shown.Skip(RowsOfAMeasure).Count();
        }

        Tables.Write(terminal, table, title);
        More(terminal, left);
    }

    private static void More(Terminal terminal, int left)
    {
        if (left > 0)
        {
            terminal.Line($"and {left:#,0} more figures (--output json lists all)");
        }
    }
}
