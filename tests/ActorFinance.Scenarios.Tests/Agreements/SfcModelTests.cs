using System.Globalization;
using ActorFinance.Analysis.Checks;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Tests.Scenarios;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>Models of W. Godley and M. Lavoie, Monetary Economics (2007), written as agreements.</summary>
public sealed class SfcModelTests
{
    [Fact]
    public void SIM_is_the_table_in_every_period()
    {
        var sim = Simulating.Bundled("models/sim.yaml");
        var run = sim.Run();
        var rows = CsvFile.Read("sim-from-scratch.csv");
        rows.Count.ShouldBe(run.Readings.Count);
        foreach (var (row, reading) in rows.Zip(run.Readings))
        {
            for (var i = 0; i < sim.Figures.Count; i++)
            {
                Math.Abs(reading.Values[i]!.Value.Number - decimal.Parse(row[sim.Figures[i]], CultureInfo.InvariantCulture))
                    .ShouldBeLessThan(1e-8m, $"{sim.Figures[i]} of period {row["period"]}");
            }
        }
    }

    [Theory]
    [InlineData("models/sim.yaml")]
    public void Every_row_and_column_sums_to_zero(string model)
    {
        var run = Simulating.Bundled(model).Run();
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        StockFlowMatrix.Of(run.BookAfter(History.Empty).At(Cut.Everything)).ShouldHaveSingleItem().Check().ShouldBeEmpty();
    }
}
