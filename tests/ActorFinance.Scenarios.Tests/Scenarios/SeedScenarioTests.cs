using System.Globalization;
using ActorFinance.Scenarios.Files;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Scenarios;

/// <summary>The letter of intent as if signed, against what hledger and a hand calculation say of it.</summary>
public sealed class SeedScenarioTests
{
    private static readonly CompanyId Nvidia = Id<CompanyId>("nvidia");
    private static readonly CompanyId Openai = Id<CompanyId>("openai");
    private static readonly CommandBook Book = Deciding.Bundled("nvidia-openai.yaml");
    private static readonly IReadOnlyList<EventEnvelope> Events = Deciding.All(Book).Events;

    [Fact]
    public void It_says_what_it_assumes() => Book.Assumptions.Count.ShouldBeGreaterThan(5);

    [Fact]
    public void Each_tranche_buys_the_shares_of_the_table()
    {
        var expected = CsvFile.Read("seed-scenario-dilution.csv").Select(row => (row["date"], Millions(row["new_shares_M"]), Millions(row["nvidia_shares_M"]), Millions(row["shares_after_M"])));
        var (total, stake) = (0m, 0m);
        var actual = new List<(string, decimal, decimal, decimal)>();
        foreach (var envelope in Events)
        {
            if (envelope.Event is SharesIssued issued)
            {
                total += issued.Quantity!.Value.Value;
                if (issued.Holder.Value == "nvidia")
                {
                    stake += issued.Quantity.Value.Value;
                    actual.Add((Day(envelope), issued.Quantity.Value.Value, stake, total));
                }
            }
        }

        actual.ShouldBe(expected);
    }

    [Fact]
    public void The_valuations_are_those_of_the_table() =>
        Events.Select(envelope => envelope.Event).OfType<ValuationRecorded>().Select(valuation => valuation.PreMoney!.Value.Amount)
            .ShouldBe(CsvFile.Read("seed-scenario-dilution.csv").Select(row => decimal.Parse(row["pre_money_bn"], CultureInfo.InvariantCulture) * 1e9m));

    [Theory]
    [InlineData("2028-12-31", "seed-balances-2028-12-31.hledger.csv")]
    [InlineData("2031-12-31", "seed-balances-end.hledger.csv")]
    public void Cash_investments_and_purchases_are_those_of_the_ledger(string until, string file)
    {
        var expected = CsvFile.Read(file).ToDictionary(row => row["account"], row => decimal.Parse(row["balance"].Split(' ')[0], CultureInfo.InvariantCulture) * 1e9m);
        var invested = Sum<InvestmentMade>(until, made => made.Amount);
        var bought = Sum<PurchasePaid>(until, paid => paid.Amount);
        var opening = Events.Where(envelope => envelope.Event is ExternalCashReceived).ToDictionary(envelope => envelope.Header.Emitter, envelope => ((ExternalCashReceived)envelope.Event).Amount.Amount);
        (opening[Nvidia] - invested + bought).ShouldBe(expected["nvidia:cash"]);
        (opening[Openai] + invested - bought).ShouldBe(expected["openai:cash"]);
        invested.ShouldBe(expected["nvidia:stake:openai"]);
        bought.ShouldBe(-expected["nvidia:revenue"]);
    }

    [Fact]
    public void On_each_date_come_the_gigawatt_the_valuation_the_tranche_and_the_systems_it_pays_for()
    {
        foreach (var day in Events.Where(envelope => envelope.Header.EffectiveAt > Instant.Of(2026, 1, 1)).GroupBy(Day))
        {
            day.Select(envelope => envelope.Event.GetType().Name).Where(name => name is not (nameof(DealCompleted) or nameof(StepPosted) or nameof(SharesIssued)))
                .ShouldBe([nameof(MilestoneReached), nameof(ValuationRecorded), nameof(InvestmentMade), nameof(PurchasePaid)]);
        }
    }

    [Fact]
    public void Ten_gigawatts_are_bought_for_what_was_promised()
    {
        Events.Select(envelope => envelope.Event).OfType<PurchasePaid>().Sum(paid => paid.Quantity!.Value.Value).ShouldBe(10);
        Sum<InvestmentCommitted>("2031-12-31", committed => committed.Terms.Amount).ShouldBe(Sum<InvestmentMade>("2031-12-31", made => made.Amount));
        Sum<PurchaseCommitted>("2031-12-31", committed => committed.Terms.Amount).ShouldBe(Sum<PurchasePaid>("2031-12-31", paid => paid.Amount));
    }

    private static decimal Sum<T>(string until, Func<T, Money> amount)
        where T : CompanyEvent =>
        Events.Where(envelope => envelope.Header.EffectiveAt <= Id<Instant>(until)).Select(envelope => envelope.Event).OfType<T>().Sum(fact => amount(fact).Amount);

    private static decimal Millions(string text) => decimal.Parse(text, CultureInfo.InvariantCulture) * 1e6m;

    private static string Day(EventEnvelope envelope) => envelope.Header.EffectiveAt.ToString()[..10];
}
