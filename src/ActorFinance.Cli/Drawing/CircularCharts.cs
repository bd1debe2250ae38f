using ActorFinance.Analysis.Circularity;
using ActorFinance.Cli.Commands;
using ActorFinance.Cli.Output;
using ActorFinance.Pictures.Charts;

namespace ActorFinance.Cli.Drawing;

/// <summary>The circular measures over time: of the network, and of one company where one was asked for.</summary>
internal static class CircularCharts
{
    public static DrawnCharts Of(CircularQuestionAsked question, CircularSeries series)
    {
        var note = $"{(series.Rolling is { } rolling ? $"windows of {rolling}" : "from the beginning to the end of each period")}; {Tables.ScopeOf(question.Book.Resolve(question.Cut))}";
        var charts = new List<Chart>
        {
            new LineChart("How much of the money goes round", note, Scale.Ratio,
            [
                Line("cycling index (Finn)", series, point => point.FinnCyclingIndex),
                Line("circulation share", series, point => point.CirculationShare),
                Line("netting share", series, point => point.NettingShare),
            ]) { WhenEmpty = CircularOutput.NothingFlowed },
        };
        if (question.Options.Company is { } company)
        {
            charts.Add(new LineChart($"Of what {company} invested, what came back", note, Scale.Ratio,
            [
                Line("direct", series, point => Of(point)?.RoundTrip.Direct),
                Line("any path", series, point => Of(point)?.RoundTrip.Any),
                Line("any path, any payment", series, point => Of(point)?.RoundTrip.AnyViaAll),
                Line($"traced ({CircularReport.NameOf(question.Options.Trace)})", series, point => Of(point)?.Traced.Ratio),
            ]) { WhenEmpty = $"{company} invested nothing." });
            charts.Add(new LineChart($"Of what companies bought from {company}, what it had financed", note, Scale.Ratio,
            [
                Line("own money last", series, point => Of(point)?.FinancedRevenueShare),
                Line("pro rata", series, point => Of(point)?.FinancedRevenueShareProRata),
            ]) { WhenEmpty = $"{company} sold nothing to companies." });
        }

        return new(charts);
    }

    private static CompanyCircularity? Of(CircularAnswer point) => point.Companies.FirstOrDefault();

    private static ChartLine Line(string name, CircularSeries series, Func<CircularAnswer, double?> figure) =>
        new(name, [.. series.Points.Select(point => new ChartPoint(point.To.ToDateTime(), figure(point)))]);
}
