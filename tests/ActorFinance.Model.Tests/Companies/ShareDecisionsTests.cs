namespace ActorFinance.Model.Tests.Companies;

public sealed class ShareDecisionsTests
{
    private static readonly HolderId Buyer = HolderOf(Nvidia);

    [Fact]
    public void Issue_above_authorised_is_refused_with_the_figures() =>
        Given.Company(Class(authorised: 1_000), Issued(900)).When(new IssueShares(Buyer, Common, Shares(200)))
            .ThenRefused(new AboveAuthorised(Common, Authorised: 1_000, Outstanding: 900, Pending: 0, Asked: 200));

    [Fact]
    public void A_pending_issue_counts_against_the_authorised_shares() =>
        Given.Company(Class(authorised: 10), Given.InStep(1, StepRole.Pending, Sold(8, "16"))).When(new IssueShares(Founder, Common, Shares(3)))
            .ThenRefused(new AboveAuthorised(Common, Authorised: 10, Outstanding: 0, Pending: 8, Asked: 3));

    [Fact]
    public void Shares_of_a_pending_transfer_are_nobodys_to_give() =>
        Given.Company(Class(), Issued(10), Given.InStep(1, StepRole.Pending, new SharesTransferred(Founder, Buyer, Common, Shares(8), Usd("1"), Usd("8"), false, true)))
            .When(new TransferShares(Founder, HolderOf(Openai), Common, Shares(3)))
            .ThenRefused(new NotEnoughShares(Founder, Common, Has: 2, Needs: 3));

    [Fact]
    public void A_sale_to_a_company_is_a_step_that_the_buyer_posts() =>
        Given.Company(Class()).When(new SellShares(Buyer, Common, Usd("10"), Usd("3")))
            .ThenOpensStep(
                new SharesIssued(Buyer, Common, Shares(3), null, Consideration.Cash, Nvidia, Usd("10"), Usd("3"), null, null),
                Nvidia,
                new InvestmentMade(Acme, Usd("10"), Instrument.Equity, Common, Usd("3"), null, null, null, InKind: false));

    [Fact]
    public void A_sale_to_the_outside_posts_itself() =>
        Given.Company(Class()).When(new SellShares(Founder, Common, Usd("10"), Usd("2")))
            .ThenPostsItself(
                new SharesIssued(Founder, Common, Shares(5), null, Consideration.Cash, null, Usd("10"), Usd("2"), null, null),
                new ExternalCashReceived(Usd("10"), ExternalCategory.Financing));

    [Theory]
    [InlineData("7", "2", 0, "4")]
    [InlineData("5", "2", 0, "2")]
    [InlineData("1", "3", 4, "0.3333")]
    public void Bought_shares_are_rounded_once_half_to_even(string amount, string price, int decimals, string bought)
    {
        var opens = Given.Company(Class(decimals: decimals)).When(new SellShares(Buyer, Common, Usd(amount), Usd(price))).Decision.ShouldBeOfType<Decision.OpensStep>();
        opens.Pending.Event.ShouldBeOfType<SharesIssued>().Quantity.ShouldBe(Value.Parse<ShareQuantity>(bought));
    }

    [Fact]
    public void A_pre_money_valuation_is_divided_by_all_shares_as_converted_to_common()
    {
        // 100 common + 50 preferred x 2 = 200 as converted: 2 USD a common share, 4 a preferred one.
        var given = Given.Company(Class(), Class(Preferred, ratio: 2), Issued(100), Issued(50, id: Preferred), new ValuationRecorded(Round, null, null, Usd("400"), null));
        Quantity(given.When(new SellShares(Buyer, Common, Usd("40"), Valuation: Round))).ShouldBe(Shares(20));
        Quantity(given.When(new SellShares(Buyer, Preferred, Usd("40"), Valuation: Round))).ShouldBe(Shares(10));
    }

    [Fact]
    public void A_valuation_of_one_class_prices_the_others_by_their_conversion_ratio()
    {
        var given = Given.Company(Class(), Class(Preferred, ratio: 2), Issued(100), new ValuationRecorded(Round, Preferred, Usd("10"), null, null));
        Quantity(given.When(new SellShares(Buyer, Preferred, Usd("40"), Valuation: Round))).ShouldBe(Shares(4));
        Quantity(given.When(new SellShares(Buyer, Common, Usd("40"), Valuation: Round))).ShouldBe(Shares(8));
    }

    [Fact]
    public void A_round_keeps_its_price_when_its_own_shares_are_out_and_splits_with_the_class()
    {
        GivenFact[] round = [Class(), Issued(100), new ValuationRecorded(Round, null, null, Usd("400"), null), Issued(100)];
        Quantity(Given.Company(round).When(new SellShares(Buyer, Common, Usd("40"), Valuation: Round))).ShouldBe(Shares(10));
        Quantity(Given.Company([.. round, new SharesSplit(Common, 10, 1)]).When(new SellShares(Buyer, Common, Usd("40"), Valuation: Round))).ShouldBe(Shares(100));
    }

    [Fact]
    public void A_priced_transfer_moves_the_price_from_buyer_to_seller() =>
        Given.Company(Class(), Issued(10, HolderOf(Openai))).When(new TransferShares(HolderOf(Openai), Buyer, Common, Shares(3), Usd("2")))
            .ThenOpensStep(
                new SharesTransferred(HolderOf(Openai), Buyer, Common, Shares(3), Usd("2"), Usd("6"), SellerIsCompany: true, BuyerIsCompany: true),
                Nvidia,
                new StepPaid(Acme, Openai, Usd("6")));

    [Fact]
    public void A_transfer_to_the_outside_is_posted_by_the_seller() =>
        Given.Company(Class(), Issued(10, Buyer)).When(new TransferShares(Buyer, Founder, Common, Shares(3), Usd("2")))
            .ThenOpensStep(
                new SharesTransferred(Buyer, Founder, Common, Shares(3), Usd("2"), Usd("6"), SellerIsCompany: true, BuyerIsCompany: false),
                Nvidia,
                new ExternalCashReceived(Usd("6"), ExternalCategory.Financing));

    [Fact]
    public void A_price_that_comes_to_nothing_is_refused() =>
        Given.Company(Class(decimals: 10), Issued(1)).When(new TransferShares(Founder, Buyer, Common, Shares(0.0000000001m), Usd("0.0000000001")))
            .ThenRefused(new AmountNotPositive("quantity x price", "0 USD"));

    [Fact]
    public void A_fraction_of_a_notional_class_is_what_is_held_afterwards()
    {
        var given = Given.Company(Class(notional: true), new SharesIssued(Buyer, Common, null, Fraction.Of(0.3m), Consideration.None, null, null, null, null, null));
        given.State.Ledger.End.Classes[Common].HeldBy(Buyer).ShouldBe(300_000);
        given.When(new IssueShares(HolderOf(Openai), Common, FractionHeld: Fraction.Of(0.8m)))
            .ThenRefused(new NotEnoughShares(HolderId.Outside, Common, Has: 700_000, Needs: 800_000));
        given.When(new IssueShares(Buyer, Common, FractionHeld: Fraction.Of(1))).Drafts().ShouldHaveSingleItem();
        given.When(new IssueShares(Buyer, Common, FractionHeld: Fraction.Of(0))).Drafts().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_split_rounds_each_holding_and_moves_prices_the_other_way()
    {
        var after = Given.Company(
            Class(authorised: 20), Issued(5), Issued(3, Buyer), Granted(6, 4), new WarrantVested(Warrant, "first"), new SharesSplit(Common, 1, 2)).State.Ledger.End;
        after.Classes[Common].HeldBy(Founder).ShouldBe(2);
        after.Classes[Common].HeldBy(Buyer).ShouldBe(2);
        after.Classes[Common].Outstanding.ShouldBe(4);
        after.Classes[Common].AuthorisedNow.ShouldBe(10);
        after.Warrants[Warrant].Vested.ShouldBe(3);
        after.Warrants[Warrant].Strike.ShouldBe(ExactRatio.Of(4));
    }

    [Fact]
    public void A_split_keeps_room_for_how_pending_shares_round_once_they_have_an_owner()
    {
        // 10 shares, 5 of them in transit: 2 + 2 counted after 1:2, but 5 if they stay with the founder.
        GivenFact[] facts =
        [
            Class(authorised: 12),
            Issued(10),
            Given.InStep(1, StepRole.Pending, new SharesTransferred(Founder, Buyer, Common, Shares(5), Usd("1"), Usd("5"), false, true)),
            new SharesSplit(Common, 1, 2),
        ];
        var given = Given.Company(facts);
        given.When(new IssueShares(Founder, Common, Shares(1))).ThenRefused(new AboveAuthorised(Common, Authorised: 6, Outstanding: 4, Pending: 2, Asked: 1));

        var refused = Given.Company([.. facts, Given.InStep(1, StepRole.Closing, new EventVoided(Id(3), "shortfall", null, null))]);
        refused.State.Ledger.End.Classes[Common].Outstanding.ShouldBe(5);
        refused.When(new IssueShares(Founder, Common, Shares(1))).Drafts().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_split_beyond_every_limit_is_refused_and_no_fault()
    {
        var given = Given.Company(Class(decimals: 10), Granted(9_000_000_000_000_000m, 1), new WarrantVested(Warrant, "first"));
        given.When(new SplitShares(Common, 1_000_000, 1)).Refusal().ShouldBeOfType<TotalTooLarge>();
        Given.Company(Class(decimals: 10), Issued(9_000_000_000_000_000m)).When(new SplitShares(Common, 1_000_000, 1)).Refusal().ShouldBeOfType<TotalTooLarge>();
    }

    [Fact]
    public void A_dividend_is_shared_out_by_holding_and_its_last_units_by_largest_remainder() =>
        Given.Company(Class(), Issued(1), Issued(1, Buyer), Issued(1, HolderOf(Openai))).When(new DeclareDividend(Common, Usd("1")))
            .ThenAccepted(new DividendDeclared(
                Common,
                [new(Founder, Usd("0.3333333334")), new(Buyer, Usd("0.3333333333")), new(HolderOf(Openai), Usd("0.3333333333"))]));

    [Fact]
    public void A_dividend_that_the_cash_does_not_cover_is_refused_with_its_sum() =>
        Given.GuardedCompany(new ExternalCashReceived(Usd("10"), ExternalCategory.Opening))
            .When(new DeclareDividend(Shares: [new(Founder, Usd("8")), new(Buyer, Usd("8"))]))
            .ThenRefused(new Shortfall(Prudent, Usd("10"), Usd("16")));

    [Fact]
    public void A_dividend_names_each_holder_once() =>
        Given.Company().When(new DeclareDividend(Shares: [new(Founder, Usd("8")), new(Founder, Usd("8"))])).Refusal().ShouldBeOfType<InvalidField>();

    [Fact]
    public void A_repurchase_cancels_shares_and_pays_the_holder() =>
        Given.Company(Class(), Issued(10)).When(new RepurchaseShares(Founder, Common, Shares(4), Usd("2.5")))
            .ThenAccepted(new SharesRepurchased(Founder, Common, Shares(4), Usd("10")));

    [Fact]
    public void A_warrant_for_nothing_is_exercised_without_a_step() =>
        Given.Company(Class(), Granted(strike: "0"), new WarrantVested(Warrant, "first")).When(new ExerciseWarrant(Warrant, Shares(100)))
            .ThenAccepted(new WarrantExercised(Warrant, Shares(100), Payer: null, Payment: null));

    [Fact]
    public void An_exercise_costs_quantity_times_the_strike_of_that_time() =>
        Given.Company(Class(), Granted(strike: "3", holder: Buyer), new WarrantVested(Warrant, "first"), new SharesSplit(Common, 3, 1))
            .When(new ExerciseWarrant(Warrant, Shares(300)))
            .ThenOpensStep(new WarrantExercised(Warrant, Shares(300), Nvidia, Usd("300")), Nvidia, new StepPaid(Acme, Acme, Usd("300")));

    [Fact]
    public void A_convertible_converts_at_its_price_once() =>
        Given.Company(
                Class(),
                Given.InStep(1, StepRole.Pending, new ConvertibleRegistered(Note, Buyer, Nvidia, Usd("10"), Common, Usd("3"), null)),
                Given.InStep(1, StepRole.Closing, new StepPosted(Id(50))))
            .When(new ConvertConvertible(Note, Common))
            .ThenAccepted(new ConvertibleConverted(Note, Common, Shares(3)));

    private static ShareQuantity? Quantity(When when) =>
        when.Decision.ShouldBeOfType<Decision.OpensStep>(when.Decision.ToString()).Pending.Event.ShouldBeOfType<SharesIssued>().Quantity;

    private static SharesIssued Sold(decimal quantity, string amount) =>
        new(Buyer, Common, Shares(quantity), null, Consideration.Cash, Nvidia, Usd(amount), Usd("2"), null, null);
}
