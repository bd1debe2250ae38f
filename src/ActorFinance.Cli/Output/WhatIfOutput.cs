using System.Globalization;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>A branch beside its base.</summary>
internal sealed record WhatIfReport(WhatIf? File, IReadOnlyList<Edit> Edits, Cut Cut, BranchResult.Applied Branch, BranchComparison Comparison, CompanyId? Company)
{
    /// <summary>Of one company only, where one was asked for.</summary>
    public IReadOnlyList<FigureDifference> Differences { get; } = Company is { } company
        ? [.. Comparison.Differences.Where(difference => difference.Key.Of.Split(" in ").Contains(company.Value))]
        : Comparison.Differences;
}

internal static class WhatIfOutput
{
    private const int RowsOfAMeasure = 12;
    private const int MisfitsShown = 10;

    public static void Print(Terminal terminal, OutputForm form, WhatIfReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, ToJson(report));
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["measure", "of", "unit", "base", "whatIf", "difference"],
                    report.Differences.Select(difference => (IEnumerable<string?>)
                        [difference.Key.Measure, difference.Key.Of, difference.Key.Unit, Plain(difference.Base), Plain(difference.Branch), PlainDifference(difference)]));
                break;
            default:
                PrintTable(terminal, report);
                break;
        }
    }

    private static void PrintTable(Terminal terminal, WhatIfReport report)
    {
        if (report.File is { } file)
        {
            terminal.Out.MarkupLine($"[bold]{Markup.Escape(file.Title ?? file.Name)}[/]");
        }

        for (var i = 0; i < report.Edits.Count; i++)
        {
            terminal.Line($"{i + 1}. {EditText.Of(report.Edits[i])}");
        }

        var changes = report.Branch.Changes;
        terminal.Line($"Events added {changes.Count(change => change.Before is null):#,0}, dropped {changes.Count(change => change.After is null):#,0}, changed {changes.Count(change => change is { Before: not null, After: not null }):#,0}.");
        if (report.Comparison.FirstDivergence is { } first)
        {
            var (what, how) = first switch
            {
                { Before: null, After: { } added } => (added, "is added"),
                { Before: { } dropped, After: null } => (dropped, "is left out"),
                { Before: { } before, After: { } after } when before.Header.EffectiveAt != after.Header.EffectiveAt => (before, $"moves to {Figures.Moment(after.Header.EffectiveAt)}"),
                { Before: { } before } => (before, "changes"),
                _ => throw new InvalidOperationException("a change has a side"),
            };
            terminal.Line($"They part on {Figures.Moment(what.Header.EffectiveAt)}: {EventText.TypeOf(what.Event)} of {what.Header.Emitter} {how} ({EventText.Summary(what)}).");
        }

        PrintMisfits(terminal, report);
        terminal.Line();
        if (report.Differences.Count == 0)
        {
            terminal.Line("No figure differs.");
        }
        else
        {
            PrintDifferences(terminal, report);
        }

        if (report.Comparison.Missing is { } missing)
        {
            terminal.Out.MarkupLine($"[yellow]{Markup.Escape($"No circular measures: {missing}")}[/]");
        }

        Tables.Scope(terminal, report.Branch.Base with { Cut = report.Cut }, incomplete: 0);
    }

    private static void PrintMisfits(Terminal terminal, WhatIfReport report)
    {
        foreach (var misfit in report.Branch.Misfits.Take(MisfitsShown))
        {
            terminal.Out.MarkupLine($"[yellow]{Markup.Escape($"left out, its ground is gone: {misfit.Event} of {misfit.Company}: {misfit.Refusal.Message}")}[/]");
        }

        if (report.Branch.Misfits.Count > MisfitsShown)
        {
            terminal.Line($"and {report.Branch.Misfits.Count - MisfitsShown:#,0} more that lost their ground (--output json lists all)");
        }
    }

    private static void PrintDifferences(Terminal terminal, WhatIfReport report)
    {
        var table = Tables.Create(("Figure", false), ("of", false), ("Base", true), ("What if", true), ("Difference", true), ("", true));
        var left = 0;
        foreach (var measure in report.Differences.GroupBy(difference => difference.Key.Measure))
        {
            foreach (var difference in measure.Take(RowsOfAMeasure))
            {
                table.Row(
                    TitleOf(measure.Key), difference.Key.Of, Text(difference.Base, difference.Key.Unit), Text(difference.Branch, difference.Key.Unit), DifferenceText(difference), Relative(difference));
            }

            left += measure.Skip(RowsOfAMeasure).Count();
        }

        Tables.Write(terminal, table);
        if (left > 0)
        {
            terminal.Line($"and {left:#,0} more figures (--output json lists all)");
        }
    }

    private static JsonObject ToJson(WhatIfReport report)
    {
        var json = JsonAnswer.Head(report.Branch.Base with { Cut = report.Cut }, []);
        json["whatIf"] = report.File?.Name;
        json["edits"] = JsonAnswer.List(report.Edits, edit => new JsonObject { ["operation"] = EditText.NameOf(edit), ["text"] = EditText.Of(edit), ["reason"] = edit.Reason ?? report.File?.Reason, ["source"] = edit.Source ?? report.File?.Source });
        json["changes"] = JsonAnswer.List(report.Branch.Changes, change => new JsonObject
        {
            ["edit"] = change.Edit < 0 ? null : change.Edit + 1,
            ["change"] = change.Before is null ? "added" : change.After is null ? "dropped" : "changed",
            ["eventId"] = (change.Before ?? change.After)!.Header.Id.ToString(),
            ["type"] = EventText.TypeOf((change.Before ?? change.After)!.Event),
            ["company"] = (change.Before ?? change.After)!.Header.Emitter.Value,
            ["before"] = Event(change.Before),
            ["after"] = Event(change.After),
        });
        json["misfits"] = JsonAnswer.List(report.Branch.Misfits, misfit => new JsonObject
        {
            ["eventId"] = misfit.Event.ToString(), ["company"] = misfit.Company.Value, ["code"] = misfit.Refusal.Code, ["message"] = misfit.Refusal.Message,
        });
        json["differences"] = JsonAnswer.List(report.Differences, difference => new JsonObject
        {
            ["measure"] = difference.Key.Measure,
            ["of"] = difference.Key.Of,
            ["unit"] = difference.Key.Unit,
            ["base"] = Node(difference.Base),
            ["whatIf"] = Node(difference.Branch),
            ["difference"] = BranchComparison.AmountOf(difference) is { } amount ? JsonAnswer.Amount(amount) : JsonAnswer.Ratio(BranchComparison.RatioOf(difference)),
        });
        return json;
    }

    private static JsonObject? Event(RecordedEvent? recorded) =>
        recorded is null ? null : new JsonObject { ["effective"] = recorded.Header.EffectiveAt.ToString(), ["fields"] = EventText.FieldsOf(recorded.Event) };

    private static JsonNode? Node(FigureValue? value) => value switch
    {
        FigureValue.Amount amount => JsonAnswer.Amount(amount.Value),
        FigureValue.Ratio ratio => JsonAnswer.Ratio(ratio.Value),
        FigureValue.Time time => time.Value?.ToString(),
        _ => null,
    };

    private static string? Plain(FigureValue? value) => value switch
    {
        FigureValue.Amount amount => JsonAnswer.Amount(amount.Value),
        FigureValue.Ratio ratio => ratio.Value?.ToString(CultureInfo.InvariantCulture),
        FigureValue.Time time => time.Value?.ToString(),
        _ => null,
    };

    private static string? PlainDifference(FigureDifference difference) =>
        BranchComparison.AmountOf(difference) is { } amount ? JsonAnswer.Amount(amount) : BranchComparison.RatioOf(difference)?.ToString(CultureInfo.InvariantCulture);

    private static string Text(FigureValue? value, string? unit) => value switch
    {
        FigureValue.Amount amount => $"{Figures.Exact(amount.Value)}{(unit is null ? "" : $" {unit}")}",
        FigureValue.Ratio { Value: { } ratio } => (ratio * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        FigureValue.Time { Value: { } time } => Figures.Moment(time),
        _ => Figures.None,
    };

    private static string DifferenceText(FigureDifference difference) =>
        BranchComparison.AmountOf(difference) is { } amount ? (amount > 0 ? "+" : "") + Figures.Exact(amount)
        : BranchComparison.RatioOf(difference) is { } ratio ? (ratio * 100).ToString("+0.00;-0.00", CultureInfo.InvariantCulture) + " points"
        : "";

    private static string Relative(FigureDifference difference) =>
        difference is { Base: FigureValue.Amount { Value: not 0 and var before }, Branch: FigureValue.Amount { Value: var after } }
            ? ((double)((after - before) / Math.Abs(before)) * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %"
            : "";

    private static string TitleOf(string measure) => measure switch
    {
        "cash" => "Cash",
        "lowestCash" => "Lowest cash",
        "firstShortfall" => "First shortfall",
        "stake" => "Stake",
        "sharesOutstanding" => "Shares outstanding",
        "invested" => "Invested",
        "roundTripDirect" => "Came back, direct",
        "roundTripAny" => "Came back, any path",
        "financedRevenueShare" => "Financed revenue",
        "finnCyclingIndex" => "Cycling index (Finn)",
        _ => measure,
    };
}
