using ActorFinance.Cli.Commands;
using System.Globalization;
using ActorFinance.Scenarios.Sampling;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Many runs in a few tables: quantiles of figures and of lowest cash, the probability of a shortfall, and what moves each outcome most.</summary>
internal static class SampleOutput
{
    private const int DatesShown = 3;
    private const int MoversShown = 2;

    /// <param name="terminal">Where to.</param>
    /// <param name="form">Of the answer.</param>
    /// <param name="answer">The runs.</param>
    /// <param name="isFull">Every date and every parameter in the tables, not only a few.</param>
    public static void Print(Terminal terminal, OutputForm form, SampleAnswer answer, bool isFull)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, answer.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["measure", "name", "at", "unit", "count", "q5", "q25", "q50", "q75", "q95", "mean", "sd", "lowest", "highest", "belowZero", "worst5"],
                    Enumerable.Range(0, answer.Columns.Count)
                        .Where(place => answer.Columns[place].Measure is SampledMeasure.Figure or SampledMeasure.LowestCash or SampledMeasure.BookFigure)
                        .Select(place => Row(answer.Columns[place], answer.Summary(place))));
                break;
            default:
                PrintTables(terminal, answer, isFull);
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

    private static void PrintTables(Terminal terminal, SampleAnswer answer, bool isFull)
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
        Outcomes(terminal, answer, isFull);
        Shortfalls(terminal, answer);
        if (!isFull)
        {
            Movers(terminal, answer);
            return;
        }

        foreach (var place in answer.Moved)
        {
            var column = answer.Columns[place];
            var table = Tables.Create(("Parameter", false), ("low", true), ("", true), ("high", true), ("", true), ("rank correlation", true));
            foreach (var bar in answer.Tornado(place))
            {
                table.Row(Bar(answer, column, bar));
            }

            Tables.Write(terminal, table, $"What moves {TitleOf(column)} most (one at a time; with all as the file says {Shown(answer.Rows.Base[place], column)})");
        }
    }

    public static string TitleOf(SampledColumn column) => column.Measure == SampledMeasure.LowestCash ? $"the lowest cash of {column.Name}" : column.Name;

    /// <summary>The fan of each figure at a few dates, and figures of the book at the end.</summary>
    private static void Outcomes(Terminal terminal, SampleAnswer answer, bool isFull)
    {
        var table = Tables.Create([("Figure", false), ("at", false), .. Quantiles.Shown.Select(p => (Share(p), true)), ("worst 5 %", true), ("below 0", true)]);
        var last = "";
        foreach (var place in answer.Courses.SelectMany(course => isFull ? course : AFew(course, answer)).Concat(answer.Places(SampledMeasure.BookFigure)))
        {
            var (column, summary) = (answer.Columns[place], answer.Summary(place));
            table.Row([column.Name == last ? "" : column.Name, (column.At ?? answer.End).ToDateText(), .. Cells(summary, column), Shown(summary.WorstMean, column), Figures.Percent(summary.BelowZero)]);
            last = column.Name;
        }

        if (table.Rows.Count > 0)
        {
            Tables.Write(terminal, table, "How figures may turn out");
            terminal.Out.MarkupLine("[grey]5 %: one run in twenty ends there or below (value at risk); worst 5 %: the mean of these runs (expected shortfall).[/]");
            terminal.Line();
        }
    }

    /// <summary>Ends of years where there are some, evenly apart, the last among them.</summary>
    private static IEnumerable<int> AFew(IReadOnlyList<int> course, SampleAnswer answer)
    {
        var years = course.Where(place => answer.Columns[place].At is { } at && at.ToDateTime() is { Month: 12, Day: 31 }).ToList();
        var from = years.Count >= DatesShown && years[^1] == course[^1] ? years : course;
        return Enumerable.Range(1, DatesShown).Select(i => from[((from.Count * i) - 1) / DatesShown]).Distinct();
    }

    private static void Shortfalls(Terminal terminal, SampleAnswer answer)
    {
        var times = AFew([.. answer.Courses.FirstOrDefault() ?? []], answer).Select(place => answer.Columns[place].At ?? answer.End).DefaultIfEmpty(answer.End).ToList();
        var table = Tables.Create([("Company", false), .. times.Select(at => ($"short by {at.ToDateText()}", true)), ("lowest: 5 %", true), ("median", true), ("worst 5 %", true)]);
        foreach (var place in answer.Places(SampledMeasure.LowestCash))
        {
            var (column, summary) = (answer.Columns[place], answer.Summary(place));
            var cells = Cells(summary, column).ToList();
            table.Row([column.Name, .. times.Select(at => Figures.Percent(answer.ShortfallBy(place, at))), cells[0], cells[cells.Count / 2], Shown(summary.WorstMean, column)]);
        }

        Tables.Write(terminal, table, "How likely a shortfall has come by then, and how low cash gets");
    }

    /// <summary>The few parameters that move each outcome most.</summary>
    private static void Movers(Terminal terminal, SampleAnswer answer)
    {
        var table = Tables.Create(("Outcome", false), ("moved most by", false), ("low", true), ("", true), ("high", true), ("", true), ("rank correlation", true));
        foreach (var place in answer.Moved)
        {
            var column = answer.Columns[place];
            foreach (var (i, bar) in answer.Tornado(place).Where(bar => bar.Swing > 0).Take(MoversShown).Index())
            {
                table.Row([i == 0 ? TitleOf(column) : "", .. Bar(answer, column, bar)]);
            }
        }

        if (table.Rows.Count > 0)
        {
            Tables.Write(terminal, table, "What moves them: one parameter at its 5 and 95 %, all others as the file says (--full has all)");
        }
    }

    private static string[] Bar(SampleAnswer answer, SampledColumn column, Sensitivity bar) =>
    [
        bar.Parameter, Shown(answer.Setting(bar.Parameter, bar.LowSetting)), Shown(bar.Low, column), Shown(answer.Setting(bar.Parameter, bar.HighSetting)), Shown(bar.High, column),
        bar.RankCorrelation?.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? Figures.None,
    ];

    private static IEnumerable<string> Cells(SampleSummary summary, SampledColumn column) =>
        summary.Quantiles.Count == 0 ? Quantiles.Shown.Select(_ => Figures.None) : summary.Quantiles.Select(quantile => Shown(quantile, column));

    private static string Share(decimal p) => p == 0.5m ? "median" : $"{p * 100:0} %";

    private static IEnumerable<string?> Row(SampledColumn column, SampleSummary summary) =>
    [
        Word(column.Measure), column.Name, column.At?.ToString(), column.Unit, summary.Count.ToString(CultureInfo.InvariantCulture),
        .. Quantiles.Shown.Select((_, i) => summary.Quantiles.Count == 0 ? null : Plain(summary.Quantiles[i])),
        Plain(summary.Mean), Plain(summary.Sd), Plain(summary.Lowest), Plain(summary.Highest), summary.BelowZero?.ToString("R", CultureInfo.InvariantCulture), Plain(summary.WorstMean),
    ];

    private static string Word(SampledMeasure measure) => measure switch { SampledMeasure.Figure => "figure", SampledMeasure.LowestCash => "lowestCash", _ => "book" };

    private static string? Plain(decimal? value) => value is { } number ? JsonAnswer.Amount(Math.Round(number, 10)) : null;
}
