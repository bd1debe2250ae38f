namespace ActorFinance.Model.Tests.Companies;

public sealed class CashDecisionsTests
{
    [Fact]
    public void A_payment_is_one_event_of_the_payer() =>
        Given.Company().When(new PayPurchase(Nvidia, Usd("10bn"), Item: "GPU", Quantity: Quantity.Of(400_000), Unit: "GPU"))
            .ThenAccepted(new PurchasePaid(Nvidia, Usd("10bn"), null, "GPU", Quantity.Of(400_000), "GPU", InKind: false));

    [Fact]
    public void Under_allow_shortfall_a_company_pays_what_it_does_not_have() =>
        Given.Company().When(new PayExternalCash(Usd("1bn"), ExternalCategory.Opex)).ThenAccepted(new ExternalCashPaid(Usd("1bn"), ExternalCategory.Opex));

    [Fact]
    public void Under_reject_shortfall_a_backdated_payment_is_refused_for_a_later_one_that_then_fails() =>
        Given.GuardedCompany(new ExternalCashReceived(Usd("10"), ExternalCategory.Opening), Given.At(Day3, new ExternalCashPaid(Usd("8"), ExternalCategory.Opex)))
            .When(new PayExternalCash(Usd("3"), ExternalCategory.Opex))
            .ThenRefused(new LaterStateInvalid(Day3, Id(2), new Shortfall(Prudent, Usd("7"), Usd("8"))));

    [Fact]
    public void At_one_instant_the_rank_says_which_comes_first()
    {
        var received = Given.At(Day2, new ExternalCashReceived(Usd("10"), ExternalCategory.Opening), rank: 1);
        Given.GuardedCompany(received).When(new PayExternalCash(Usd("10"), ExternalCategory.Opex), Day2, rank: 0)
            .ThenRefused(new Shortfall(Prudent, Usd("0"), Usd("10")));
        Given.GuardedCompany(received).When(new PayExternalCash(Usd("10"), ExternalCategory.Opex), Day2, rank: 1)
            .ThenAccepted(new ExternalCashPaid(Usd("10"), ExternalCategory.Opex));
    }

    [Fact]
    public void One_currency_does_not_pay_for_another() =>
        Given.GuardedCompany(new ExternalCashReceived(Usd("10"), ExternalCategory.Opening))
            .When(new PayTransfer(Nvidia, Eur("1"), TransferPurpose.Fee))
            .ThenRefused(new Shortfall(Prudent, Eur("0"), Eur("1")));

    [Fact]
    public void In_kind_moves_no_cash_and_draws_all_the_same() =>
        Given.GuardedCompany(new PurchaseCommitted(Committed("5", Prudent, Nvidia))).When(new PayPurchase(Nvidia, Usd("6"), Promise, InKind: true))
            .ThenRefused(new DrawAboveCommitment(Promise, Usd("5"), Usd("6")));

    [Fact]
    public void A_payment_is_acknowledged_once_by_a_receiver_that_rejects_a_shortfall()
    {
        var payment = Payment(Day3);
        var draft = Company.AcknowledgeReceipt(Given.GuardedCompany().State, payment).ShouldHaveSingleItem();
        draft.Event.ShouldBe(new ReceiptAcknowledged(Nvidia, Id(50), Usd("5")));
        Company.AcknowledgeReceipt(Given.GuardedCompany(draft.Event).State, payment).ShouldBeEmpty();
        Company.AcknowledgeReceipt(Given.Company().State, payment).ShouldBeEmpty();
        Company.AcknowledgeReceipt(Given.GuardedCompany().State, payment with { Event = new TransferPaid(Thrifty, Usd("5"), TransferPurpose.Fee) }).ShouldBeEmpty();
    }

    [Fact]
    public void An_acknowledgement_can_always_be_written_whatever_the_clocks_say()
    {
        var payment = Payment(Now with { });
        var later = payment with { Header = payment.Header with { KnownAt = Instant.Of(2026, 7, 1) } };
        var state = CompanyState.Empty(Prudent) with { Profile = new("Prudent", Dollar, CompanyKind.Company, CashPolicy.RejectShortfall) };
        var draft = Company.AcknowledgeReceipt(state, later).ShouldHaveSingleItem();
        var recorded = Enveloping.RecordedAt(state, Day1, draft.Particulars);
        Enveloping.Check(draft.Particulars, recorded).ShouldBeNull();
    }

    [Fact]
    public void What_others_pay_never_stops_a_company_however_much_it_is()
    {
        var huge = Usd("9999999999999999");
        var facts = Enumerable.Range(0, 101).Select(i => (GivenFact)new ReceiptAcknowledged(Nvidia, Id(100 + i), huge)).ToArray();
        var given = Given.GuardedCompany(facts);
        given.When(new ReceiveExternalCash(Usd("1"), ExternalCategory.Revenue)).Refusal().ShouldBeOfType<TotalTooLarge>();
        given.When(new PayExternalCash(Usd("1"), ExternalCategory.Opex)).ThenAccepted(new ExternalCashPaid(Usd("1"), ExternalCategory.Opex));
    }

    [Fact]
    public void What_a_company_takes_in_itself_stays_below_the_limit_of_a_total_whatever_it_pays_and_voids()
    {
        var given = Given.Company([.. Most.Select(amount => (GivenFact)new ExternalCashReceived(amount, ExternalCategory.Revenue)), new ExternalCashPaid(Usd("5"), ExternalCategory.Opex)]);
        given.When(new ReceiveExternalCash(Usd("100"), ExternalCategory.Revenue))
            .ThenRefused(new TotalTooLarge("what 'acme' takes in, in all, in USD", "1000000000000000000"));
        given.When(new ReceiveExternalCash(Usd("99"), ExternalCategory.Revenue)).ThenAccepted(new ExternalCashReceived(Usd("99"), ExternalCategory.Revenue));
        given.When(new ReceiveExternalCash(Eur("100"), ExternalCategory.Revenue)).ThenAccepted(new ExternalCashReceived(Eur("100"), ExternalCategory.Revenue));
    }

    [Fact]
    public void What_a_company_pays_stays_below_the_limit_of_a_total_whoever_it_pays()
    {
        var given = Given.Company([.. Most.Select(amount => (GivenFact)new TransferPaid(Nvidia, amount, TransferPurpose.Fee))]);
        var tooLarge = new TotalTooLarge("what 'acme' pays, in all, in USD", "1000000000000000000");
        given.When(new PayExternalCash(Usd("100"), ExternalCategory.Opex)).ThenRefused(tooLarge);
        given.When(new PayPurchase(Prudent, Usd("100"))).ThenRefused(tooLarge);
        given.When(new DeclareDividend(Shares: [new(HolderOf(Nvidia), Usd("60")), new(Founder, Usd("40"))])).ThenRefused(tooLarge);
        given.WhenAskedToPost(new(Step(1), Openai, Acme, new StepPaid(Openai, Openai, Usd("100")), EventParticulars.Of(Given.Order(new RenameCompany("x")), default))).ThenRefused(tooLarge);
        given.When(new PayPurchase(Prudent, Usd("100"), InKind: true)).ThenAccepted(new PurchasePaid(Prudent, Usd("100"), null, null, null, null, true));
    }

    [Fact]
    public void A_sale_to_a_payer_outside_is_refused_where_its_money_would_pass_the_limit()
    {
        var given = Given.Company([Class(), .. Most.Select(amount => (GivenFact)new ExternalCashReceived(amount, ExternalCategory.Revenue))]);
        given.When(new SellShares(Founder, Common, Usd("100"), Usd("1"))).Refusal().ShouldBeOfType<TotalTooLarge>();
    }

    /// <summary>100 short of 1e18.</summary>
    private static IEnumerable<Money> Most => Enumerable.Repeat(Usd("9999999999999999"), 100);

    private static EventEnvelope Payment(Instant recorded) => Enveloping.Envelop(
        Nvidia,
        new(new TransferPaid(Prudent, Usd("5"), TransferPurpose.Fee), EventParticulars.Of(Given.Order(new RenameCompany("x")), default)),
        9,
        Id(50),
        null,
        recorded,
        default);
}
