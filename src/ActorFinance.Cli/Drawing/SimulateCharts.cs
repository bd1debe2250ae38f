using ActorFinance.Pictures.Charts;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Cli.Drawing;

/// <summary>One run: cash, facts and what was generated, and the scenario's figures over time, together where they have one unit.</summary>
internal static class SimulateCharts
{
    public static DrawnCharts Of(SimulateReport report)
    {
        var figures = report.Run.Readings
            .SelectMany(reading => reading.Values.Select((value, i) => (reading.At, Name: report.Simulation.Figures[i], Value: value)))
            .Where(point => point.Value is { Kind: ValueKind.Money or ValueKind.Shares or ValueKind.Ratio })
            .GroupBy(point => point.Value!.Value switch { { Kind: ValueKind.Money } money => money.Currency.Code, { Kind: ValueKind.Shares } => "shares", _ => "" })
            .Select(unit => (Chart)new LineChart(
                unit.Key.Length == 0 ? "Figures" : $"Figures in {unit.Key}",
                "as the scenario reads them",
                Scale.Of(unit.Key),
                [.. unit.GroupBy(point => point.Name).Select(line => new ChartLine(line.Key, [.. line.Select(point => new ChartPoint(point.At.ToDateTime(), (double)point.Value!.Value.Number))]))]));
        return new([.. CashCharts.Of(report.Book, report.Run.End, report.Company).Charts, .. figures]);
    }
}
