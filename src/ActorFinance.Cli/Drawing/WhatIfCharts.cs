using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Pictures.Charts;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Drawing;

/// <summary>Base and branches side by side: the cash paths that part, and a bar for each of the other figures that differ.</summary>
internal static class WhatIfCharts
{
    private static readonly (string Measure, string Title)[] s_bars =
    [
        ("stake", "Stakes"), ("roundTripDirect", "Came back, direct"), ("roundTripAny", "Came back, any path"), ("financedRevenueShare", "Financed revenue"), ("finnCyclingIndex", "Cycling index (Finn)"),
    ];

    public static DrawnCharts Of(Book book, WhatIfReport report)
    {
        var charts = new List<Chart>();
        var note = string.Join("; ", report.Sides.Select(side => $"{side.Name}: {string.Join(", ", side.Edits.Select(EditText.Of))}"));
        var parted = report.Sides.SelectMany(side => side.Differences).Where(difference => difference.Key.Measure is "cash" or "lowestCash").Select(difference => difference.Key).ToList();
        foreach (var currency in parted.Select(key => key.Unit!).Distinct().Order(StringComparer.Ordinal))
        {
            var companies = parted.Where(key => key.Unit == currency).Select(key => key.Of).ToHashSet(StringComparer.Ordinal);
            var paths = Paths(book, report.View.Cut, companies, currency, 0, "base");
            for (var i = 0; i < report.Sides.Count; i++)
            {
                paths.AddRange(Paths(report.Sides[i].Branch.Book, new(report.View.Cut.AsOf, AsKnown.All), companies, currency, i + 1, report.Sides[i].Name));
            }

            charts.Add(new StepChart($"Cash in {currency}", note, Scale.Of(currency), paths));
        }

        charts.AddRange(s_bars.Select(bar => Bars(report, bar.Measure, bar.Title)).OfType<Chart>());
        return new(charts.Count > 0 ? charts : [new StepChart("Cash", note, Scale.Of(""), []) { WhenEmpty = "No figure differs." }]);
    }

    private static List<StepPath> Paths(Book book, Cut cut, HashSet<string> companies, string currency, int scenario, string name)
    {
        var index = new CashIndex(book);
        return
        [
            .. index.At(cut).Balances
                .Where(balance => balance.Currency.Code == currency && companies.Contains(balance.Company.Value))
                .Select(balance => CashCharts.Path(balance, CashSeries.Of(index, cut, balance.Company, balance.Currency, SeriesStep.Change)) with { Scenario = scenario, ScenarioName = name }),
        ];
    }

    /// <summary>Null where no branch changes the measure. A branch that leaves a figure alone has that of the base.</summary>
    private static SideBySideChart? Bars(WhatIfReport report, string measure, string title)
    {
        var keys = report.Sides.SelectMany(side => side.Differences).Where(difference => difference.Key.Measure == measure).GroupBy(difference => difference.Key).ToList();
        return keys.Count == 0
            ? null
            : new(
                title,
                report.View.Cut.AsOf == Instant.Maximum ? null : $"as of {Figures.End(report.View.Cut.AsOf)}",
                Scale.Ratio,
                ["base", .. report.Sides.Select(side => side.Name)],
                [.. keys.Select(key => new BarGroup(key.Key.Of, [Ratio(key.First().Base), .. report.Sides.Select(side => Ratio(side.Differences.FirstOrDefault(difference => difference.Key == key.Key) is { } own ? own.Branch : key.First().Base))]))]);
    }

    private static double? Ratio(FigureValue? value) => (value as FigureValue.Ratio)?.Value;
}
