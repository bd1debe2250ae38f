using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Tests.Branches.Editing;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>What a what-if gets wrong when nobody looks: each trap once, on a book as small as it can be.</summary>
public sealed class EditTrapTests
{
    private const string Letter =
        """
          - {company: a, effective: 2026-01-01, receive-external-cash: {amount: 100 USD, category: opening}}
          - {company: a, effective: 2026-01-01, deal: LOI, announce-deal: {terms: {kind: investment, from: a, to: b, headline: 30 USD, maximum: 90 USD}}}
          - {company: a, effective: 2026-01-01, deal: SUM, announce-deal: {terms: {kind: investment, from: a, to: b, headline: 30 USD, sums: [LOI]}}}
        """;

    private const string Warrant =
        """
          - {company: a, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
          - {company: a, effective: 2026-01-01, issue-shares: {holder: others, class: common, quantity: 900}}
          - company: a
            effective: 2026-01-01
            grant-warrant:
              warrant: W
              holder: b
              class: common
              strike: 0.01 USD
              tranches:
                - name: one
                  quantity: 100
                  conditions: {conditions: [{kind: milestone, company: b, milestone: 1 GW}, {kind: price, company: a, class: common, pricePerShare: 600 USD}]}
        """;

    private const string Promise =
        """
          - {company: a, effective: 2026-01-01, receive-external-cash: {amount: 100 USD, category: opening}}
          - company: a
            effective: 2026-01-01
            deal: D
            commit-investment:
              terms: {commitment: C, from: a, to: b, amount: 35 USD, conditions: {conditions: [{kind: milestone, company: b, milestone: IPO}], deadline: 2028-12-31}}
        """;

    [Fact]
    public void A_letter_of_intent_a_maximum_and_a_summary_are_no_cash_and_are_counted_once()
    {
        var book = Applied(DecidedBook.Of("a b", Letter), Parsed("scale", "deal=LOI|SUM", "by=2")).Book;
        CashOf(book, "a").ShouldBe(100m);
        CircularFlow.FirmFlowsOf(book.At(Cut.Everything), Firmness.Announced).Where(flow => flow.Movement.From is not null).Select(flow => flow.Movement.Amount).ShouldBe([Usd("60")]);
    }

    [Fact]
    public void A_superseded_deal_takes_no_draw_and_without_its_end_it_does()
    {
        const string ended =
            """
              - {company: a, effective: 2026-01-01, deal: D, contract-deal: {terms: {kind: investment, from: a, to: b, headline: 30 USD}}}
              - {company: a, effective: 2026-01-01, deal: D, commit-investment: {terms: {commitment: C, from: a, to: b, amount: 30 USD}}}
              - {company: a, effective: 2026-06-01, deal: D, supersede-deal: {by: E}}
            """;
        var book = DecidedBook.Of("a b", ended);
        var pay = Inserted("  - {company: a, effective: 2027-01-01, deal: D, invest: {investee: b, amount: 30 USD, draws: C}}");
        RuleOf(book, pay).ShouldContain("'a' refuses the inserted order");
        CashOf(Applied(book, Parsed("drop", "type=deal-superseded"), pay).Book, "b").ShouldBe(30m);
    }

    [Fact]
    public void A_warrant_is_owned_only_once_all_its_conditions_hold()
    {
        var book = DecidedBook.Of("a b", Warrant);
        var (reached, dear) = (Parsed("set-condition", "company=b", "milestone=1 GW", "at=2027-01-01"), Parsed("set-price", "company=a", "path=2026-06-01=500 USD|2028-01-01=600 USD"));
        VestedOn(Applied(book, reached).Book).ShouldBeEmpty();
        VestedOn(Applied(book, dear).Book).ShouldBeEmpty();
        VestedOn(Applied(book, reached, dear).Book).ShouldBe(["2028-01-01"]);
        VestedOn(Applied(book, dear, reached).Book).ShouldBe(["2028-01-01"]);
        VestedOn(Applied(book, reached, dear, Parsed("delay", "company=b", "milestone=1 GW", "by=2Y")).Book).ShouldBe(["2029-01-01"]);
        VestedOn(Applied(book, reached, dear, Parsed("set-condition", "company=b", "milestone=1 GW", "never=yes")).Book).ShouldBeEmpty();
        var vested = Applied(book, reached, dear).Book;
        OwnershipTable.Of(new OwnershipIndex(vested).At(Cut.Everything, Id<CompanyId>("a")), OwnershipBasis.Outstanding).Outstanding.ShouldBe(900m);
    }

    [Fact]
    public void A_promise_on_a_condition_is_paid_when_it_is_met_and_lapses_at_its_deadline_when_it_is_not()
    {
        var book = DecidedBook.Of("a b", Promise);
        var met = Applied(book, Parsed("set-condition", "company=b", "milestone=IPO", "at=2026-12-31"));
        CashOf(met.Book, "b").ShouldBe(35m);
        met.Changes.Single(change => change.After!.Event is InvestmentMade).After!.Header.EffectiveAt.ShouldBe(Id<Instant>("2026-12-31"));
        var never = Applied(book, Parsed("set-condition", "company=b", "milestone=IPO", "never=yes"));
        never.Changes.ShouldHaveSingleItem().After!.ShouldSatisfyAllConditions(
            released => ((CommitmentReleased)released.Event).Amount.ShouldBe(Usd("35")),
            released => released.Header.EffectiveAt.ShouldBe(Id<Instant>("2028-12-31")));
        var late = Applied(book, Parsed("set-condition", "company=b", "milestone=IPO", "at=2029-01-01"));
        CashOf(late.Book, "b").ShouldBe(0m);
        CommitmentFold.Of(late.Book.At(Cut.Everything)).All.ShouldHaveSingleItem().Outstanding.ShouldBe(0m);
    }

    [Fact]
    public void A_guarantee_pays_no_more_than_its_ceiling_and_what_its_beneficiary_lost()
    {
        const string guaranteed =
            """
              - {company: c, effective: 2026-01-01, receive-external-cash: {amount: 100 USD, category: opening}}
              - {company: b, effective: 2026-01-01, deal: D, commit-purchase: {terms: {commitment: C, from: b, to: a, amount: 80 USD}}}
              - {company: c, effective: 2026-01-01, deal: G, give-guarantee: {guarantee: G, obligor: b, beneficiary: a, ceiling: 50 USD}}
            """;
        var book = DecidedBook.Of("a b c", guaranteed);
        decimal Called(string recovery) => Applied(book, Parsed("default", "company=b", "at=2027-01-01", $"recovery={recovery}")).Changes
            .Select(change => change.After?.Event).OfType<GuaranteeCalled>().Sum(called => called.Amount.Amount);
        Called("0").ShouldBe(50m);
        Called("50%").ShouldBe(40m);
        Called("100%").ShouldBe(0m);
        CashOf(Applied(book, Parsed("default", "company=b", "at=2027-01-01", "recovery=50%")).Book, "a").ShouldBe(80m);
        var twice = Applied(book, Inserted("  - {company: c, effective: 2026-05-01, call-guarantee: {guarantee: G, amount: 20 USD}}"), Parsed("default", "company=b", "at=2027-01-01"));
        CashOf(twice.Book, "a").ShouldBe(50m);
        var cascade = BranchCascade.Of(new(book, AsKnown.All), [Parsed("default", "company=b", "at=2027-01-01", "recovery=50%")], FlowOptions.Default).ShouldHaveSingleItem();
        cascade.Answer.ShouldNotBeNull().Creditors.ShouldHaveSingleItem().ShouldBe(new CascadeCreditor(Id<CompanyId>("b"), Id<CompanyId>("a"), 80m, 40m));
    }

    [Fact]
    public void A_cascade_tells_who_falls_by_the_default_from_who_could_not_pay_without_it()
    {
        // b owes a 80, a owes c 70 and has nothing else, d owes c 10 and has nothing at all.
        const string chain =
            """
              - {company: b, effective: 2026-01-01, receive-external-cash: {amount: 100 USD, category: opening}}
              - {company: b, effective: 2026-01-01, deal: D1, commit-purchase: {terms: {commitment: C1, from: b, to: a, amount: 80 USD}}}
              - {company: a, effective: 2026-01-01, deal: D2, commit-purchase: {terms: {commitment: C2, from: a, to: c, amount: 70 USD}}}
              - {company: d, effective: 2026-01-01, deal: D3, commit-purchase: {terms: {commitment: C3, from: d, to: c, amount: 10 USD}}}
            """;
        var cascade = BranchCascade.Of(new(DecidedBook.Of("a b c d", chain), AsKnown.All), [Parsed("default", "company=b", "at=2027-01-01")], FlowOptions.Default).ShouldHaveSingleItem();
        cascade.Answer.ShouldNotBeNull().Rounds.SelectMany(round => round.Failed).Select(company => company.Value).Order().ShouldBe(["a", "b", "d"]);
        cascade.Without.Select(company => company.Value).ShouldBe(["d"]);
    }

    [Fact]
    public void A_company_that_guarantees_for_itself_pays_nothing_once_it_defaults()
    {
        // No company would decide it: a branch of events from elsewhere may hold it all the same.
        var book = DecidedBook.Of("a b", "  - {company: b, effective: 2026-01-01, deal: D, commit-purchase: {terms: {commitment: C, from: b, to: a, amount: 80 USD}}}");
        var last = book.Recorded[^1];
        var given = last.Envelope with
        {
            Header = last.Header with { Id = new(new Guid(99, 0, 0, new byte[8])) },
            Event = new GuaranteeGiven(Id<GuaranteeId>("G"), Id<CompanyId>("b"), Id<CompanyId>("a"), Usd("50")),
        };
        var branch = Applied(new Book([.. book.Recorded, new(new(last.Offset.Value + 1), given)]), Parsed("default", "company=b", "at=2027-01-01"));
        CashOf(branch.Book, "a").ShouldBe(0m);
        CommitmentFold.Of(branch.Book.At(Cut.Everything)).All.ShouldHaveSingleItem().Outstanding.ShouldBe(0m);
    }

    [Fact]
    public void A_call_on_a_guarantee_pays_what_cash_lacks_up_to_the_ceiling_and_nothing_where_none_lacks()
    {
        const string backstop = "  - {company: a, effective: 2026-01-01, deal: G, give-guarantee: {guarantee: G, beneficiary: b, ceiling: 6.3 USD}}";
        var book = DecidedBook.Of("a b", backstop);
        Edit call = Parsed("call", "guarantee=G", "at=2027-01-01");
        Applied(book, call).Changes.ShouldBeEmpty();
        CashOf(Applied(book, Inserted("  - {company: b, effective: 2026-06-01, pay-external-cash: {amount: 2 USD, category: opex}}"), call).Book, "b").ShouldBe(0m);
        CashOf(Applied(book, Inserted("  - {company: b, effective: 2026-06-01, pay-external-cash: {amount: 9 USD, category: opex}}"), call, call).Book, "b").ShouldBe(-2.7m);
        RuleOf(book, Parsed("call", "guarantee=GG", "at=2027-01-01")).ShouldBe("matches nothing: the book has no guarantee 'GG' (did you mean 'G'?)");
    }

    [Fact]
    public void What_is_paid_in_kind_is_no_cash()
    {
        var book = DecidedBook.Of("a b", "  - {company: a, effective: 2026-01-01, invest: {investee: b, amount: 10 USD}}");
        var split = Applied(book, Parsed("split", "payer=a", "in-kind=100%"));
        CashOf(split.Book, "b").ShouldBe(0m);
        CashOf(Applied(book, Parsed("split", "payer=a", "in-kind=100%"), Parsed("substitute", "payer=a", "by=cash")).Book, "b").ShouldBe(10m);
    }

    [Fact]
    public void Facts_of_one_day_keep_their_order_when_they_move()
    {
        const string day =
            """
              - {company: a, effective: 2026-01-01, rank: 1, receive-external-cash: {amount: 10 USD, category: opening}}
              - {company: a, effective: 2026-01-01, rank: 2, pay-external-cash: {amount: 10 USD, category: opex}}
            """;
        var moved = Applied(DecidedBook.Of("a", day), Parsed("shift", "company=a", "by=1M", "type=external-cash-received|external-cash-paid"));
        new CashIndex(moved.Book).At(Cut.Everything).Balances.ShouldHaveSingleItem().FirstShortfall.ShouldBeNull();
    }

    [Theory]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2027-02-28", 12, "2028-02-29")]
    [InlineData("2026-12-31", 6, "2027-06-30")]
    [InlineData("2027-06-30", 6, "2027-12-31")]
    [InlineData("2028-02-28", 12, "2029-02-28")]
    public void A_last_day_of_a_month_stays_one_and_leap_days_do_not_get_lost(string from, int months, string to) =>
        EventChange.Moved(Id<Instant>(from), months, 0).ToDateText().ShouldBe(to);

    [Fact]
    public void Stakes_add_up_to_one_whatever_shares_round_to()
    {
        const string thirds =
            """
              - {company: a, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
              - {company: a, effective: 2026-01-01, issue-shares: {holder: x, class: common, quantity: 10}}
              - {company: a, effective: 2026-01-01, issue-shares: {holder: y, class: common, quantity: 10}}
              - {company: a, effective: 2026-01-01, issue-shares: {holder: z, class: common, quantity: 10}}
            """;
        var branch = Applied(DecidedBook.Of("a", thirds), Parsed("scale", "company=a", "type=shares-issued", "by=0.3333"));
        OwnershipTable.Of(new OwnershipIndex(branch.Book).At(Cut.Everything, Id<CompanyId>("a")), OwnershipBasis.Outstanding).Holders.Sum(holder => holder.Direct!.Value).ShouldBe(1m);
    }

    [Fact]
    public void A_circle_of_owners_without_an_owner_is_an_error_with_their_names()
    {
        const string each =
            """
              - {company: a, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
              - {company: b, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
              - {company: a, effective: 2026-01-01, issue-shares: {holder: b, class: common, quantity: 10}}
              - {company: b, effective: 2026-01-01, issue-shares: {holder: a, class: common, quantity: 10}}
              - {company: b, effective: 2026-01-01, issue-shares: {holder: x, class: common, quantity: 1}}
            """;
        var branch = Applied(DecidedBook.Of("a b", each), Parsed("drop", "company=b", "from=2026-01-01", "event=" + LastEventOf(DecidedBook.Of("a b", each))));
        var walk = OwnershipWalk.Of(OwnershipTable.Of(new OwnershipIndex(branch.Book).At(Cut.Everything), OwnershipBasis.Outstanding), holder => branch.Book.IsCompany(holder, AsKnown.All));
        UltimateOwnership.Of(walk, Id<CompanyId>("a")).Error.ShouldNotBeNull().Message.ShouldContain("a, b");
    }

    [Fact]
    public void A_rate_that_is_not_there_is_named_and_one_that_is_set_converts()
    {
        var book = DecidedBook.Of("a b", "  - {company: a, effective: 2026-01-01, invest: {investee: b, amount: 100 USD}}");
        RuleOf(book, Parsed("set-rate", "pair=USD/KRW", "by=1.1")).ShouldBe(
            "the book has no rate of USD/KRW to multiply (it has none at all): say the rate and from when, such as path=2026-01-01=1300");
        string? Missing(string from) => Compared(book, Parsed("set-rate", "pair=USD/KRW", $"path={from}=1390")).Missing;
        Missing("2026-01-02").ShouldNotBeNull().ShouldContain("2026-01-01");
        var known = DecidedBook.Of("a b", "  - {company: $market, effective: 2025-01-01, record-fx-rate: {base: USD, quote: KRW, rate: 1390}}\n  - {company: a, effective: 2026-01-01, invest: {investee: b, amount: 100 USD}}");
        Compared(known, Parsed("set-rate", "pair=USD/KRW", "by=1.1")).Differences.Single(difference => difference.Key.Measure == "invested" && difference.Key.Of == "a")
            .ShouldBe(new(new("invested", "a", "KRW"), new FigureValue.Amount(139_000m), new FigureValue.Amount(152_900m)));
    }

    [Fact]
    public void A_correction_that_is_told_later_is_in_a_branch_of_the_later_knowledge_only()
    {
        const string corrected =
            """
              - {company: a, effective: 2026-01-01, receive-external-cash: {amount: 100 USD, category: opening}}
              - {company: a, effective: 2026-06-01, pay-external-cash: {amount: 10 USD, category: opex}}
              - {company: a, effective: 2026-03-01, pay-external-cash: {amount: 95 USD, category: opex}}
            """;
        var book = DecidedBook.Of("a", corrected);
        decimal Lowest(AsKnown known) => new CashIndex(Branch.Apply(book, known, [Parsed("scale", "type=external-cash-received", "by=0.5")]).ShouldBeOfType<BranchResult.Applied>().Book)
            .At(Cut.Everything).Balances.ShouldHaveSingleItem().Lowest!.Amount;
        Lowest(new AsKnown.AtOffset(new(book.LastOffset.Value - 1))).ShouldBe(40m);
        Lowest(AsKnown.All).ShouldBe(-55m);
    }

    [Fact]
    public void A_milestone_that_nobody_waits_for_is_an_error_with_those_that_are_there() =>
        RuleOf(DecidedBook.Of("a b", Promise), Parsed("set-condition", "company=b", "milestone=IPA", "never=yes"))
            .ShouldBe("matches nothing: no milestone 'IPA' is reached or waited for; 'b' has 'IPO' (did you mean 'IPO'?)");

    [Theory]
    [InlineData("pre-money=-5 USD", "pre-money '-5 USD' must be")]
    [InlineData("pre-money=0 USD", "pre-money '0 USD' must be")]
    [InlineData("growth=-100%", "growth '-100%' must be")]
    [InlineData("growth=-150%", "growth '-150%' must be")]
    [InlineData("by=-1", "by '-1' must be")]
    public void A_valuation_of_nothing_or_less_is_bad_input(string term, string message)
    {
        var faults = new List<EditFault>();
        EditTerms.Parse("set-valuation", [new("company", "a"), .. new[] { term.Split('=', 2) }.Select(parts => new EditTerm(parts[0], parts[1]))], faults).ShouldBeNull();
        var fault = faults.ShouldHaveSingleItem();
        $"{fault.Name} '{fault.Value}' must be {fault.Rule}".ShouldStartWith(message);
    }

    private static string LastEventOf(Book book) => book.Recorded[^1].Header.Id.ToString();

    private static BranchComparison Compared(Book book, params Edit[] edits)
    {
        var based = new BaseFigures(new(book, AsKnown.All));
        var question = FigureQuestion.Everything with { Flows = FlowOptions.Default with { ReportingCurrency = Id<Currency>("KRW") } };
        return BranchComparison.Of(based, Branch.Apply(based.Base, edits).ShouldBeOfType<BranchResult.Applied>(), Instant.Maximum, question);
    }

    private static IEnumerable<string> VestedOn(Book book) =>
        book.At(Cut.Everything).Events.Where(recorded => recorded.Event is WarrantVested).Select(recorded => recorded.Header.EffectiveAt.ToDateText());
}
