using System.Globalization;
using ActorFinance.Analysis.Cash;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Tests.Scenarios;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>The letter of intent as terms, against what hledger and a hand calculation say of it, and with other parameters of what they say of the what-ifs.</summary>
public sealed class SeedAgreementTests
{
    private static readonly Simulation Seed = Simulating.Bundled("agreements/nvidia-openai.yaml");

    [Fact]
    public void Each_tranche_buys_the_shares_of_the_table_at_the_price_of_the_table()
    {
        var run = Seed.Run();
        var rows = CsvFile.Read("seed-scenario-dilution.csv");

        // The table is printed to a millionth of a dollar.
        run.Events.Select(each => each.Envelope.Event).OfType<ValuationRecorded>().Zip(rows, (valuation, row) => Math.Abs(valuation.PricePerShare!.Value.Amount - (Number(row["price_bn_per_M_share"]) * 1_000)))
            .ShouldAllBe(difference => difference <= 0.000_000_5m);
        run.Events.Where(each => each.Envelope.Event is SharesIssued { Payer: not null }).Select(each => (each.Envelope.Header.EffectiveAt.ToDateText(), ((SharesIssued)each.Envelope.Event).Quantity!.Value.Value))
            .ShouldBe(rows.Select(row => (row["date"], Number(row["new_shares_M"]) * 1e6m)));
        run.Readings.Take(10).Select(reading => decimal.Round(reading.Values[2]!.Value.Number, 9)).ShouldBe(rows.Select(row => Number(row["nvidia_stake"])));
    }

    [Theory]
    [InlineData("base-seed")]
    [InlineData("gw35", "systems-per-gigawatt", "35bn USD")]
    [InlineData("delay-2", "late-from", "4", "late-by", "12 months")]
    [InlineData("default-6", "gigawatts", "6")]
    public void Every_figure_is_that_of_the_oracle(string scenario, params string[] settings)
    {
        var expected = CsvFile.Read("whatif-expected.csv").Single(row => row["scenario"] == scenario);
        var parameters = Seed.Parameters;
        foreach (var pair in settings.Chunk(2))
        {
            parameters = parameters.With(pair[0], pair[1], out var rule).ShouldNotBeNull(rule);
        }

        var run = Seed.Run(parameters, Instant.Of(2033, 12, 31));
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        var end = run.Readings[^1].Values.Select(value => value!.Value.Number).ToList();
        (end[0] / 1e9m, end[1] / 1e9m).ShouldBe((Number(expected["nvidia_cash_end_bn"]), Number(expected["openai_cash_end_bn"])));
        decimal.Round(end[2], 9).ShouldBe(Number(expected["nvidia_stake_end"]));
        (end[3] / 1e9m, end[4] / 1e9m).ShouldBe((Number(expected["invested_bn"]), Number(expected["nvidia_revenue_from_openai_bn"])));
        var openai = CashFold.Of(run.BookAfter(History.Empty).At(Cut.Everything)).Balances.Single(balance => balance.Company.Value == "openai");
        (openai.Lowest!.Amount / 1e9m, openai.Lowest.At.ToDateText(), openai.FirstShortfall?.At.ToDateText() ?? "")
            .ShouldBe((Number(expected["openai_min_cash_bn"]), expected["min_cash_date"], expected["first_negative"]));
    }

    [Fact]
    public void Who_waits_for_the_cash_never_falls_short_and_says_what_is_still_owed()
    {
        var parameters = Seed.Parameters.With("systems-per-gigawatt", 35e9m).With("waits-for-cash", ExpressionValue.True);
        var run = Seed.Run(parameters);
        var book = CashFold.Of(run.BookAfter(History.Empty).At(Cut.Everything));
        book.Balances.ShouldAllBe(balance => balance.FirstShortfall == null);

        // 40 bn and ten tranches of 10 bn pay for four gigawatts of 35 bn USD.
        var end = run.Readings[^1].Values.Select(value => value!.Value.Number / 1e9m).ToList();
        (end[1], end[4], end[5]).ShouldBe((0m, 140m, 210m));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
