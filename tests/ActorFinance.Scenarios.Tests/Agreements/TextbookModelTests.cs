using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Tests.Scenarios;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>
/// Models of later chapters of W. Godley and M. Lavoie, Monetary Economics (2007), typed from the book's equations in plain numbers, held to steady states worked out
/// by hand and to the equation that each model leaves out because it follows from the others.
/// </summary>
public sealed class TextbookModelTests
{
    /// <summary>
    /// LP: C = YDr and alpha1 + alpha2 = 1 give V* = YDr*. Then Bh* = beta YDr* with beta = lambda20 + lambda22 r - lambda23 rL - lambda24, BLh* = gamma YDr* with
    /// gamma = (lambda30 - lambda32 r + lambda33 rL - lambda34) / p, rL = 1 / p, and YDr* = (1 - theta) G / (1 - (1 - theta)(1 + r beta + gamma)). The book starts
    /// from 95.803, 37.839 and 1.892, whose last digits its rounded parameters do not give.
    /// </summary>
    [Theory]
    [InlineData(2144, 0.03, 20)]
    [InlineData(2343, 0.04, 15)]
    public void LP_with_bonds_whose_price_moves_ends_in_the_steady_state_of_the_closed_form(int year, double bills, int price)
    {
        var (r, p) = ((decimal)bills, (decimal)price);
        var beta = 0.44196m + (1.1m * r) - (1 / p) - 0.03m;
        var gamma = (0.3997m - r + (1.1m / p) - 0.03m) / p;
        var income = 0.8062m * 20 / (1 - (0.8062m * (1 + (r * beta) + gamma)));
        var (model, run) = RunOf("lp.yaml");
        Dictionary<string, decimal> end = At(model, run, year);
        Near(end["YDr"], income);
        Near(end["C"], income);
        Near(end["V"], income);
        Near(end["Bh"], beta * income);
        Near(end["BLh"], gamma * income);
        HoldsInEveryPeriod(model, run, "Hh", "Hs");
    }

    /// <summary>
    /// REG: where nothing changes, each region consumes what it earns, so what its government spends more in it than it takes there is its trade deficit. With the same
    /// propensity to import both regions are model PC: Y = 106.486. V* = (1 - alpha1) / alpha2 x YD* in both, which is YD*.
    /// </summary>
    [Fact]
    public void REG_of_two_regions_ends_with_the_deficit_of_a_region_in_its_trade()
    {
        var (model, run) = RunOf("reg.yaml");
        var before = At(model, run, 2144);
        (decimal.Round(before["YN"], 3), decimal.Round(before["YS"], 3), decimal.Round(before["VN"], 3)).ShouldBe((106.486m, 106.486m, 86.486m));
        Near(before["trade"], 0);
        var after = At(model, run, 2343);
        after["trade"].ShouldBeLessThan(-0.4m);
        Near(after["budget"], -after["trade"]);
        after["YN"].ShouldBeLessThan(before["YN"]);
        HoldsInEveryPeriod(model, run, "Hh", "Hs");
    }

    /// <summary>
    /// DIS: what is made is sold, c = alpha0 + alpha1 c + alpha2 m, and money is what banks lend on stocks, m = sigma c UC / p with p = (1 + phi)(1 + sigma rl) UC.
    /// </summary>
    [Fact]
    public void DIS_with_stocks_of_goods_on_credit_ends_in_the_steady_state_of_the_closed_form()
    {
        var (model, run) = RunOf("dis.yaml");
        var end = At(model, run, 2343);
        var margin = 1.25m * (1 + (0.15m * 0.025m));
        var sold = 15 / (1 - 0.8m - (0.1m * 0.15m / margin));
        Near(end["c"], sold);
        Near(end["y"], sold);
        Near(end["p"], margin * 0.86m);
        Near(end["M"], 0.15m * sold * 0.86m);
        HoldsInEveryPeriod(model, run, "M", "L");
    }

    private static (Simulation Model, SimulationRun Run) RunOf(string file)
    {
        var model = Simulating.Of(CsvFile.Text(file));
        var run = model.Run();
        run.Fault.ShouldBeNull();
        return (model, run);
    }

    private static Dictionary<string, decimal> At(Simulation model, SimulationRun run, int year) =>
        model.Figures.Zip(run.Readings.Single(reading => reading.At == Instant.Of(year, 12, 31)).Values, (name, value) => (name, value!.Value.Number)).ToDictionary(figure => figure.name, figure => figure.Number);

    private static void HoldsInEveryPeriod(Simulation model, SimulationRun run, string left, string right)
    {
        var (one, other) = (model.Figures.ToList().IndexOf(left), model.Figures.ToList().IndexOf(right));
        foreach (var reading in run.Readings)
        {
            Near(reading.Values[one]!.Value.Number, reading.Values[other]!.Value.Number);
        }
    }

    private static void Near(decimal actual, decimal expected) => Math.Abs(actual - expected).ShouldBeLessThan(1e-8m, $"{actual} against {expected}");
}
