using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Tests.Scenarios;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>The bundled deals as terms, against figures that can be worked out by hand from their parameters.</summary>
public sealed class DealAgreementTests
{
    [Fact]
    public void A_tranche_of_AMD_vests_when_its_gigawatt_is_delivered_and_the_price_is_reached()
    {
        var amd = Simulating.Bundled("agreements/amd-warrant.yaml");
        var run = Sound(amd.Run());
        Vested(run).ShouldBe(["2026-12-31 1", "2027-06-30 2", "2027-12-31 3", "2028-07-01 4", "2029-04-01 5", "2030-01-01 6"]);
        Figure(amd, run, "OpenAI's shares").ShouldBe(160_000_000m);
        Figure(amd, run, "OpenAI's part").ShouldBe(160m / 1_760m, 1e-15m);
        Figure(amd, run, "worth").ShouldBe(96e9m);

        // 160,000,000 shares at a cent, paid by the one who exercises: in the book the payments of six steps.
        run.Events.Select(each => each.Envelope.Event).OfType<StepPaid>().Sum(paid => paid.Amount.Amount).ShouldBe(1_600_000m);
    }

    [Fact]
    public void At_a_flat_price_only_the_first_tranche_vests() =>
        Vested(Sound(Run("agreements/amd-warrant.yaml", "amd-price", "200 USD"))).ShouldBe(["2026-12-31 1"]);

    [Fact]
    public void A_price_that_is_there_before_the_gigawatts_waits_for_them() =>
        Vested(Sound(Run("agreements/amd-warrant.yaml", "amd-price", "600 USD"))).ShouldBe(["2026-12-31 1", "2027-06-30 2", "2027-12-31 3", "2028-06-30 4", "2028-12-31 5", "2029-06-30 6"]);

    [Fact]
    public void Three_gigawatts_vest_three_tranches() =>
        Vested(Sound(Run("agreements/amd-warrant.yaml", "gigawatts", "3"))).Count.ShouldBe(3);

    [Theory]
    [InlineData("false", 20e9, 12_525_000, 750)]
    [InlineData("true", 53.3333333333e9, 33_400_000, 2_000)]
    public void OpenAI_buys_lends_and_is_given_a_part_of_Cerebras(string option, double paid, double shares, double megawatts)
    {
        var cerebras = Simulating.Bundled("agreements/openai-cerebras.yaml");
        var run = Sound(cerebras.Run(cerebras.Parameters.With("takes-option", option, out _)));
        Figure(cerebras, run, "paid").ShouldBe((decimal)paid, 1m);
        Figure(cerebras, run, "OpenAI's shares").ShouldBe((decimal)shares);
        Figure(cerebras, run, "bought MW").ShouldBe((decimal)megawatts);

        // Twelve quarters of 15 m USD, and the principal back.
        Figure(cerebras, run, "interest").ShouldBe(180e6m);
        Figure(cerebras, run, "owed").ShouldBe(0);
        (Figure(cerebras, run, "OpenAI's part") is var part && option == "true" ? part : 0.1m).ShouldBe(0.1m, 1e-15m);
    }

    [Theory]
    [InlineData("100%", 0)]
    [InlineData("80%", 6.3)]
    [InlineData("0%", 6.3)]
    [InlineData("90%", 3.925)]
    public void The_backstop_is_called_for_what_is_not_sold_up_to_its_ceiling(string sold, double called)
    {
        // 25 quarters to the end of March 2032, each of 1.57 bn x what is not sold.
        var coreweave = Simulating.Bundled("agreements/coreweave-backstop.yaml");
        var run = Sound(coreweave.Run(coreweave.Parameters.With("sold", sold, out _)));
        Figure(coreweave, run, "called").ShouldBe((decimal)called * 1e9m);
        Figure(coreweave, run, "still available").ShouldBe((6.3m - (decimal)called) * 1e9m);
    }

    [Fact]
    public void The_book_of_the_AI_deals_goes_on_to_2030_with_what_is_contracted()
    {
        var book = Rehearsed("ai-deals.yaml");
        var history = History.Of(book, new Cut(Instant.Of(2026, 4, 30).EndOfDay(), AsKnown.All));
        var deals = Simulating.Bundled("agreements/ai-deals-2030.yaml", history);
        deals.Start.ShouldBe(Instant.Of(2026, 4, 30).EndOfDay());
        var run = Sound(deals.Run());
        Figure(deals, run, "oracle").ShouldBe(240e9m);
        Figure(deals, run, "microsoft").ShouldBe((19 * (250e9m / 28)) + (19 * (30e9m / 20)), 1m);

        // 730.4 bn USD were promised by OpenAI; what is open at the end and what was paid are all of it.
        var paid = run.Events.Where(each => each.Envelope is { Event: PurchasePaid, Header.Emitter.Value: "openai" }).Sum(each => ((PurchasePaid)each.Envelope.Event).Amount.Amount);
        (paid + Figure(deals, run, "openai owes")).ShouldBe(730.4e9m);
        var recorded = book.Recorded[^1].Header.RecordedAt;
        run.Events.ShouldAllBe(each => each.Envelope.Header.EffectiveAt > deals.Start && each.Envelope.Header.RecordedAt >= recorded);

        // History stays as it is: the book up to the start is the journal's.
        var after = run.BookAfter(history).At(new Cut(deals.Start, AsKnown.All));
        after.Events.Select(each => each.Envelope).ShouldBe(book.At(new Cut(deals.Start, AsKnown.All)).Events.Where(each => each.Event is not (EventVoided or StepRefused)).Select(each => each.Envelope));
    }

    [Fact]
    public void OpenAI_pays_60_per_cent_of_its_instalments()
    {
        var history = History.Of(Rehearsed("ai-deals.yaml"), new Cut(Instant.Of(2026, 4, 30).EndOfDay(), AsKnown.All));
        var deals = Simulating.Bundled("agreements/ai-deals-2030.yaml", history);
        Figure(deals, Sound(deals.Run(deals.Parameters.With("paid-part", "60%", out _))), "oracle").ShouldBe(144e9m);
    }

    private static Book Rehearsed(string scenario)
    {
        var companies = new Rehearsal(CompanyState.Empty, () => Instant.Of(2026, 11, 25), Guid.CreateVersion7);
        var offset = 0L;
        return new(Deciding.Bundled(scenario).Commands.SelectMany(sourced => companies.Submit(sourced.Envelope).Events).Select(envelope => new RecordedEvent(new(++offset), envelope)));
    }

    private static SimulationRun Run(string scenario, string parameter, string value)
    {
        var simulation = Simulating.Bundled(scenario);
        return simulation.Run(simulation.Parameters.With(parameter, value, out _));
    }

    private static SimulationRun Sound(SimulationRun run)
    {
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        return run;
    }

    private static List<string> Vested(SimulationRun run) =>
        [.. run.Events.Where(each => each.Envelope.Event is WarrantVested).Select(each => $"{each.Envelope.Header.EffectiveAt.ToDateText()} {((WarrantVested)each.Envelope.Event).TrancheName}")];

    private static decimal Figure(Simulation simulation, SimulationRun run, string name) =>
        run.Readings[^1].Values[simulation.Figures.ToList().IndexOf(name)]!.Value.Number;

    /// <summary>Quarter by quarter, apart from the clock: twelve loans of 12.5 bn, twenty payments of 15 bn, a quarter of these for costs, interest, and an equal part of what is still owed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.8)]
    [InlineData(0.6)]
    public void Oracles_cash_covers_its_debt_service_as_worked_out_by_hand(double paid)
    {
        var (part, owed, cash, cover, lowest) = ((decimal)paid, 0m, 0m, 0m, decimal.MaxValue);
        for (var year = 2026; year <= 2031; year++)
        {
            var (earned, served) = (0m, 0m);
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                var share = year < 2028 ? 1 : part;
                owed += year <= 2028 ? 12.5m * share : 0;
                if (year >= 2027)
                {
                    var left = 20 - (((year - 2027) * 4) + quarter - 1);
                    var (interest, repaid) = (owed * 0.064m / 4, owed / left);
                    owed -= repaid;
                    earned += 15 * share * 0.75m;
                    served += interest + repaid;
                }
            }

            cash += earned - served;
            if (year is >= 2027 and < 2031)
            {
                cover = earned / served;
                lowest = Math.Min(lowest, cover);
            }
        }

        var oracle = Simulating.Bundled("agreements/oracle-debt-cover.yaml");
        var run = oracle.Run(oracle.Parameters.With("paid-part", part));
        run.Fault.ShouldBeNull();
        run.Refusals.ShouldBeEmpty();
        decimal Of(string figure) => run.Readings[^1].Values[oracle.Figures.ToList().IndexOf(figure)]!.Value.Number;
        Math.Abs((Of("oracle cash") / 1e9m) - cash).ShouldBeLessThan(1e-9m);
        Math.Abs(Of("debt")).ShouldBeLessThan(1e-6m);
        Math.Abs(Of("cover of the last year") - cover).ShouldBeLessThan(1e-9m);
        Math.Abs(Of("lowest cover") - lowest).ShouldBeLessThan(1e-9m);
        Of("nvidia sold").ShouldBe((8 + (4 * part)) * 12.5e9m);
    }

    /// <summary>10 bn at more than 2.5 bn / 3 is 8.33 %: a third of the way from 7 to 11 % in 730 days, passed on day 244.</summary>
    [Fact]
    public void Interest_takes_a_third_on_the_day_on_which_the_rate_passes_it()
    {
        var run = Simulating.Bundled("agreements/loan-rates.yaml").Run();
        run.Events.Single(each => each.Envelope.Event is MilestoneReached).Envelope.Header.EffectiveAt.ShouldBe(Instant.Of(2026, 9, 2));
        run.Readings[^1].Values[1]!.Value.Number.ShouldBe(10e9m * 0.11m);
    }
}
