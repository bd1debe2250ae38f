using ActorFinance.Cli.Commands;
using System.Globalization;
using ActorFinance.Scenarios.Sampling;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Many runs in a few tables: quantiles of figures and of lowest cash, the probability of a shortfall, and what moves each outcome most.</summary>
internal static class SampleOutput
{
    public static void Print(Terminal terminal, OutputForm form, SampleAnswer answer)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, answer.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["measure", "name", "at", "unit", "count", "q5", "q25", "q50", "q75", "q95", "mean", "sd", "lowest", "highest", "belowZero"],
                    Enumerable.Range(0, answer.Columns.Count)
                        .Where(place => answer.Columns[place].Measure is SampledMeasure.Figure or SampledMeasure.LowestCash or SampledMeasure.BookFigure)
                        .Select(place => Row(answer.Columns[place], answer.Summary(place))));
                break;
            default:
                PrintTables(terminal, answer);
                break;
        }
    }

    /// <summary>An amount of a unit in a few digits: these are estimates, and further digits would only look exact.</summary>
    public static string Shown(decimal? value, SampledColumn column) => value switch
    {
        null => Figures.None,
        { } ratio when column.IsRatio => (ratio * 100).ToString("#,0.0", CultureInfo.InvariantCulture) + " %",
        { } amount => Math.Abs(amount) switch
        {
            >= 1e9m => $"{amount / 1e9m:#,0.00} bn",
            >= 1e6m => $"{amount / 1e6m:#,0.00} m",
            >= 1000 => amount.ToString("#,0", CultureInfo.InvariantCulture),
            _ => amount.ToString("0.####", CultureInfo.InvariantCulture),
        } + (column.Unit is { } unit ? $" {unit}" : ""),
    };

    /// <summary>A setting of a parameter in a few digits.</summary>
    public static string Shown(Scenarios.Agreements.Expressions.ExpressionValue value) => value.Kind switch
    {
        Scenarios.Agreements.Expressions.ValueKind.Money => Shown(value.Number, new(SampledMeasure.Figure, "", null, value.Currency.Code, IsRatio: false)),
        Scenarios.Agreements.Expressions.ValueKind.Ratio => value.Number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static void PrintTables(Terminal terminal, SampleAnswer answer)
    {
        terminal.Out.MarkupLine($"[bold]{Markup.Escape(answer.Simulation.Title ?? answer.Simulation.Name)}[/]");
        terminal.Line($"{Figures.Count(answer.Table.Runs, "run")} until {answer.End.ToDateText()}, seed {answer.Plan.Seed}.{(answer.Stopped > 0 ? $" {answer.Stopped:#,0} stopped early and are left out." : "")}");
        terminal.Line();
        var drawn = Tables.Create(("Parameter", false), ("the file says", true), ("5 %", true), ("median", true), ("95 %", true));
        foreach (var term in answer.Settings.Terms)
        {
            string At(double share) => Shown(term.Scale.Value(term.Distribution.Quantile(share)));
            drawn.Row(term.Scale.Parameter.Name, Shown(term.Scale.Parameter.Path[^1].Value), At(Sensitivity.LowShare), At(0.5), At(Sensitivity.HighShare));
        }

        Tables.Write(terminal, drawn, "What is drawn");
        Outcomes(terminal, answer, [.. answer.Courses.Select(course => course[^1]), .. answer.Places(SampledMeasure.BookFigure)], $"Figures on {answer.End.ToDateText()}", "Figure");
        Shortfalls(terminal, answer);
        foreach (var place in answer.Moved)
        {
            var column = answer.Columns[place];
            var table = Tables.Create(("Parameter", false), ("low", true), ("", true), ("high", true), ("", true), ("rank correlation", true));
            foreach (var bar in answer.Tornado(place))
            {
                table.Row(
                    bar.Parameter, Shown(answer.Setting(bar.Parameter, bar.LowSetting)), Shown(bar.Low, column), Shown(answer.Setting(bar.Parameter, bar.HighSetting)), Shown(bar.High, column),
                    bar.RankCorrelation?.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? Figures.None);
            }

            Tables.Write(terminal, table, $"What moves {TitleOf(column)} most (one at a time; with all as the file says {Shown(answer.Rows.Base[place], column)})");
        }
    }

    public static string TitleOf(SampledColumn column) => column.Measure == SampledMeasure.LowestCash ? $"the lowest cash of {column.Name}" : column.Name;

    private static void Outcomes(Terminal terminal, SampleAnswer answer, List<int> places, string title, string what)
    {
        if (places.Count == 0)
        {
            return;
        }

        var table = Tables.Create([(what, false), .. Quantiles.Shown.Select(p => (Share(p), true)), ("mean", true), ("below 0", true)]);
        foreach (var place in places)
        {
            var (column, summary) = (answer.Columns[place], answer.Summary(place));
            table.Row([column.Name, .. Cells(summary, column), Shown(summary.Mean, column), Figures.Percent(summary.BelowZero)]);
        }

        Tables.Write(terminal, table, title);
    }

    private static void Shortfalls(Terminal terminal, SampleAnswer answer)
    {
        var table = Tables.Create([("Company", false), ("P(shortfall)", true), .. Quantiles.Shown.Select(p => (Share(p), true)), ("mean", true)]);
        foreach (var place in answer.Places(SampledMeasure.LowestCash))
        {
            var (column, summary) = (answer.Columns[place], answer.Summary(place));
            table.Row([column.Name, Figures.Percent(answer.ShortfallBy(place, answer.End)), .. Cells(summary, column), Shown(summary.Mean, column)]);
        }

        Tables.Write(terminal, table, "Lowest cash, and how likely it is to fall below zero");
    }

    private static IEnumerable<string> Cells(SampleSummary summary, SampledColumn column) =>
        summary.Quantiles.Count == 0 ? Quantiles.Shown.Select(_ => Figures.None) : summary.Quantiles.Select(quantile => Shown(quantile, column));

    private static string Share(decimal p) => p == 0.5m ? "median" : $"{p * 100:0} %";

    private static IEnumerable<string?> Row(SampledColumn column, SampleSummary summary) =>
    [
        Word(column.Measure), column.Name, column.At?.ToString(), column.Unit, summary.Count.ToString(CultureInfo.InvariantCulture),
        .. Quantiles.Shown.Select((_, i) => summary.Quantiles.Count == 0 ? null : Plain(summary.Quantiles[i])),
        Plain(summary.Mean), Plain(summary.Sd), Plain(summary.Lowest), Plain(summary.Highest), summary.BelowZero?.ToString("R", CultureInfo.InvariantCulture),
    ];

    private static string Word(SampledMeasure measure) => measure switch { SampledMeasure.Figure => "figure", SampledMeasure.LowestCash => "lowestCash", _ => "book" };

    private static string? Plain(decimal? value) => value is { } number ? JsonAnswer.Amount(Math.Round(number, 10)) : null;
}
