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

    /// <summary>
    /// Steady state: saving is nothing, so C = YD, and the budget is balanced, so Y* = G / theta. C = alpha1 YD + alpha2 H then gives H* = (1 - alpha1) / alpha2 x YD*
    /// with YD* = (1 - theta) Y*. It is the same of SIM and SIMEX, since expectations are right where nothing changes.
    /// </summary>
    [Theory]
    [InlineData("models/sim.yaml", 20, 0.6)]
    [InlineData("models/sim.yaml", 25, 0.6)]
    [InlineData("models/sim.yaml", 20, 0.7)]
    [InlineData("models/simex.yaml", 20, 0.6)]
    [InlineData("models/simex.yaml", 25, 0.6)]
    [InlineData("models/simex.yaml", 20, 0.7)]
    public void A_shock_ends_in_the_steady_state_of_the_closed_form(string model, double government, double alpha1)
    {
        var simulation = Simulating.Bundled(model);
        var (spending, consumed) = ((decimal)government, (decimal)alpha1);

        // From the old steady state on: the shock comes in 1961, a century before the end.
        var parameters = simulation.Parameters
            .With("spending", $"1902-12-31: 20 USD; 1961-12-31: {spending} USD", out _)!
            .With("alpha1", $"1901-12-31: 0.6; 1961-12-31: {consumed}", out _)!;
        parameters = model.Contains("simex", StringComparison.Ordinal) ? parameters : parameters.With("spending", $"1901-12-31: 0 USD; 1902-12-31: 20 USD; 1961-12-31: {spending} USD", out _)!;
        var run = simulation.Run(parameters, Instant.Of(2200, 12, 31));
        run.Fault.ShouldBeNull();
        var end = simulation.Figures.Zip(run.Readings[^1].Values, (name, value) => (name, value!.Value.Number)).ToDictionary(figure => figure.name, figure => figure.Number);
        var income = spending / 0.2m;
        Near(end["Y"], income);
        Near(end["YD"], 0.8m * income);
        Near(end["C"], 0.8m * income);
        Near(end["H"], (1 - consumed) / 0.4m * 0.8m * income);
    }

    [Fact]
    public void SIMEX_is_the_published_table()
    {
        // Table 3.6, periods 2 and 3, to the one decimal that is printed.
        var simex = Simulating.Bundled("models/simex.yaml");
        var run = simex.Run();
        var published = new Dictionary<string, decimal[]>
        {
            ["Y"] = [29.6m, 39.8m], ["T"] = [5.9m, 8.0m], ["YD"] = [23.7m, 31.9m], ["YDe"] = [16m, 23.7m], ["C"] = [9.6m, 19.8m], ["H"] = [14.1m, 26.1m],
        };
        foreach (var (name, values) in published)
        {
            var figure = simex.Figures.ToList().IndexOf(name);
            run.Readings.Take(2).Select(reading => decimal.Round(reading.Values[figure]!.Value.Number, 1)).ShouldBe(values, name);
        }
    }

    /// <summary>
    /// Steady state of PC: C = YD, so V* = alpha3 YD* with alpha3 = (1 - alpha1) / alpha2, and Bh* = (lambda0 + lambda1 r) V* - lambda2 YD* = beta YD*.
    /// YD = (1 - theta)(Y + r Bh) and Y = YD + G give YD* = (1 - theta) G / (theta - (1 - theta) r beta). At r = 2.5 % the book starts from Bh = 64.865 and V = 86.485.
    /// </summary>
    [Theory]
    [InlineData(0.025, 20)]
    [InlineData(0.035, 20)]
    [InlineData(0.025, 25)]
    public void PC_ends_in_the_steady_state_of_the_closed_form(double rate, double government)
    {
        var pc = Simulating.Bundled("models/pc.yaml");
        var (r, spending) = ((decimal)rate, (decimal)government);
        var parameters = pc.Parameters.With("rate", $"1901-12-31: 2.5%; 1961-12-31: {r}", out _)!.With("spending", $"1901-12-31: 20 USD; 1961-12-31: {spending} USD", out _)!;
        var run = pc.Run(parameters, Instant.Of(2200, 12, 31));
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        var beta = 0.635m + (5 * r) - 0.01m;
        var income = 0.8m * spending / (0.2m - (0.8m * r * beta));
        var end = pc.Figures.Zip(run.Readings[^1].Values, (name, value) => (name, value!.Value.Number)).ToDictionary(figure => figure.name, figure => figure.Number);
        Near(end["YD"], income);
        Near(end["V"], income);
        Near(end["Bh"], beta * income);
        Near(end["Hh"], (1 - beta) * income);
        if (r == 0.025m && spending == 20)
        {
            (decimal.Round(end["Bh"], 3), decimal.Round(end["V"], 2)).ShouldBe((64.865m, 86.49m));
        }
    }

    /// <summary>
    /// Figures 4.3 and 4.4: the rate rises by 100 points. Households hold (lambda0 + lambda1 r) V - lambda2 YD in bills, so in the year of the rise the
    /// part of wealth in bills goes from 75 to 80 % while income, which comes of the rate of the year before, does not move; then income and consumption rise
    /// to the new steady state and never fall.
    /// </summary>
    [Fact]
    public void A_higher_rate_moves_the_portfolio_at_once_and_income_ever_after()
    {
        var pc = Simulating.Bundled("models/pc.yaml");
        var run = pc.Run(pc.Parameters.With("rate", "1901-12-31: 2.5%; 2061-12-31: 3.5%", out _)!, Instant.Of(2200, 12, 31));
        run.Fault.ShouldBeNull();
        decimal[] Series(string name) => [.. run.Readings.Select(reading => reading.Values[pc.Figures.ToList().IndexOf(name)]!.Value.Number)];
        var (bills, wealth, income, consumption) = (Series("Bh"), Series("V"), Series("YD"), Series("C"));
        var rise = 2061 - 1901;
        Near(bills[rise - 1] / wealth[rise - 1], 0.75m);
        Near(bills[rise] / wealth[rise], 0.80m);
        Near(income[rise], income[rise - 1]);
        Near(income[^1], 0.8m * 20 / (0.2m - (0.8m * 0.035m * 0.80m)));
        Near(consumption[^1], income[^1]);
        for (var year = rise; year < income.Length - 1; year++)
        {
            (income[year + 1] - income[year]).ShouldBeGreaterThan(-1e-10m);
            (consumption[year + 1] - consumption[year]).ShouldBeGreaterThan(-1e-10m);
        }
    }

    /// <summary>
    /// Steady state of PCEX: expectations are right, so it is that of PC with alpha1 = alpha10 - iota r: V* = alpha3 YD*, alpha3 = (1 - alpha1) / alpha2, and
    /// Bh* = beta YD* with beta = (lambda0 + lambda1 r) alpha3 - lambda2. On the way money is what the surprise left: Hh - Hd = YD - YDe.
    /// </summary>
    [Theory]
    [InlineData(0.6, 0, 0.025)]
    [InlineData(0.6, 0, 0.035)]
    [InlineData(0.7, 4, 0.025)]
    [InlineData(0.7, 4, 0.035)]
    public void PCEX_ends_in_the_steady_state_of_the_closed_form(double alpha10, double iota, double rate)
    {
        var pcex = Simulating.Bundled("models/pcex.yaml");
        var r = (decimal)rate;
        var parameters = pcex.Parameters.With("alpha10", (decimal)alpha10).With("iota", (decimal)iota).With("rate", $"1901-12-31: 2.5%; 1961-12-31: {r}", out _)!;
        var run = pcex.Run(parameters, Instant.Of(2200, 12, 31));
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        var (alpha3, figures) = ((1 - ((decimal)alpha10 - ((decimal)iota * r))) / 0.4m, pcex.Figures.ToList());
        var beta = ((0.635m + (5 * r)) * alpha3) - 0.01m;
        var income = 0.8m * 20 / (0.2m - (0.8m * r * beta));
        decimal Of(FigureReading reading, string name) => reading.Values[figures.IndexOf(name)]!.Value.Number;
        var end = run.Readings[^1];
        Near(Of(end, "YD"), income);
        Near(Of(end, "C"), income);
        Near(Of(end, "V"), alpha3 * income);
        Near(Of(end, "Bh"), beta * income);
        foreach (var (before, now) in run.Readings.Zip(run.Readings.Skip(1)).SkipLast(1))
        {
            Near(Of(now, "Hh") - Of(now, "Hd"), Of(now, "YD") - Of(before, "YD"));
            Near(Of(now, "Hh"), Of(now, "Hs"));
            Near(Of(now, "government's cash"), 0);
        }
    }

    /// <summary>
    /// Model PC as a reader of the book types it: the book's symbols, plain numbers, no money between companies, a circle that is solved. It must give what
    /// the bundled model gives, which moves real cash.
    /// </summary>
    [Fact]
    public void PC_typed_from_the_book_in_plain_numbers_is_the_bundled_PC()
    {
        var typed = Simulating.Run("""
            scenario: pc-typed
            title: Model PC, equations 4.1 to 4.11
            clock: {from: 1901-12-31, until: 1961-12-31}
            companies: [{id: nobody, name: Nobody, currency: USD}]
            parameters:
              alpha1: 0.6
              alpha2: 0.4
              lambda0: 0.635
              lambda1: 5
              lambda2: 0.01
              theta: 0.2
              G: 20
              r_bar: {path: {1901-12-31: 0.025, 1931-12-31: 0.035}}
            values:
              - every: year
                simultaneous: {tolerance: 1e-14}
                define:
                  Y: C + G
                  YD: Y - T + previous(r) * previous(B_h)
                  T: theta * (Y + previous(r) * previous(B_h))
                  V: {is: previous(V) + (YD - C), start: 0}
                  C: alpha1 * YD + alpha2 * previous(V)
                  B_h: {is: V * (lambda0 + lambda1 * r) - lambda2 * YD, start: 0}
                  H_h: V - B_h
                  B_s: {is: previous(B_s) + (G + previous(r) * previous(B_s)) - (T + previous(r) * previous(B_cb)), start: 0}
                  H_s: {is: previous(H_s) + B_cb - previous(B_cb), start: 0}
                  B_cb: {is: B_s - B_h, start: 0}
                  r: {is: r_bar, start: 0.025}
            figures:
              every: year
              define: {Y: Y, YD: YD, V: V, Bh: B_h, Hh: H_h, Hs: H_s}
            """);
        var pc = Simulating.Bundled("models/pc.yaml");
        var bundled = pc.Run(pc.Parameters.With("rate", "1901-12-31: 2.5%; 1931-12-31: 3.5%", out _));
        typed.Readings.Count.ShouldBe(bundled.Readings.Count);
        string[] names = ["Y", "YD", "V", "Bh", "Hh", "Hs"];
        foreach (var (mine, theirs) in typed.Readings.Zip(bundled.Readings))
        {
            for (var i = 0; i < names.Length; i++)
            {
                Near(mine.Values[i]!.Value.Number, theirs.Values[pc.Figures.ToList().IndexOf(names[i])]!.Value.Number);
            }
        }
    }

    /// <summary>The equation that the model leaves out because it follows from the others: what households hold as money is what the central bank owes.</summary>
    [Fact]
    public void The_redundant_equation_of_PC_holds_in_every_period()
    {
        var pc = Simulating.Bundled("models/pc.yaml");
        var (held, owed, budget) = (pc.Figures.ToList().IndexOf("Hh"), pc.Figures.ToList().IndexOf("Hs"), pc.Figures.ToList().IndexOf("government's cash"));
        foreach (var reading in pc.Run().Readings)
        {
            Near(reading.Values[held]!.Value.Number, reading.Values[owed]!.Value.Number);
            Near(reading.Values[budget]!.Value.Number, 0);
        }
    }

    [Theory]
    [InlineData("models/sim.yaml")]
    [InlineData("models/simex.yaml")]
    [InlineData("models/pc.yaml")]
    [InlineData("models/pcex.yaml")]
    public void Every_row_and_column_sums_to_zero(string model)
    {
        var run = Simulating.Bundled(model).Run();
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        StockFlowMatrix.Of(run.BookAfter(History.Empty).At(Cut.Everything)).ShouldHaveSingleItem().Check().ShouldBeEmpty();
    }

    private static void Near(decimal actual, decimal expected) => Math.Abs(actual - expected).ShouldBeLessThan(1e-8m, $"{actual} against {expected}");
}
