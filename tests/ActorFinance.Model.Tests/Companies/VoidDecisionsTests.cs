namespace ActorFinance.Model.Tests.Companies;

public sealed class VoidDecisionsTests
{
    private static readonly SharesIssued Sold = new(HolderOf(Nvidia), Common, Shares(5), null, Consideration.Cash, Nvidia, Usd("10"), Usd("2"), null, null);

    [Fact]
    public void A_fact_of_one_company_is_voided_by_itself() =>
        Given.Company(new ExternalCashPaid(Usd("5"), ExternalCategory.Opex)).When(new VoidEvent(Id(1), "a mistake"))
            .ThenAccepted(new EventVoided(Id(1), "a mistake", null, null));

    [Fact]
    public void A_void_is_refused_when_a_later_fact_stands_on_the_event() =>
        Given.Company(Class(), Issued(10), Given.At(Day3, new SharesRepurchased(Founder, Common, Shares(4), null))).When(new VoidEvent(Id(2), "a mistake"))
            .ThenRefused(new LaterStateInvalid(Day3, Id(3), new NotEnoughShares(Founder, Common, Has: 0, Needs: 4)));

    [Fact]
    public void A_void_is_not_known_before_its_event() =>
        Given.Company(new ExternalCashPaid(Usd("5"), ExternalCategory.Opex))
            .When(Given.Order(new VoidEvent(Id(1), "a mistake")) with { KnownAt = Day1 })
            .Refusal().ShouldBeOfType<InvalidField>().Field.ShouldBe("known");

    [Fact]
    public void A_void_cannot_be_voided() =>
        Given.Company(new ExternalCashPaid(Usd("5"), ExternalCategory.Opex), new EventVoided(Id(1), "a mistake", null, null)).When(new VoidEvent(Id(2), "no"))
            .Refusal().ShouldBeOfType<NotVoidable>();

    [Fact]
    public void A_posted_step_is_voided_from_its_register_with_the_payer() =>
        Given.Company(Class(), Given.InStep(1, StepRole.Pending, Sold), Given.InStep(1, StepRole.Closing, new StepPosted(Id(50)))).When(new VoidEvent(Id(2), "a mistake"))
            .ThenOpensStep(new EventVoided(Id(2), "a mistake", Nvidia, Id(50)), Nvidia, new EventVoided(Id(50), "a mistake", null, null));

    [Fact]
    public void A_pending_step_ends_by_itself() =>
        Given.Company(Class(), Given.InStep(1, StepRole.Pending, Sold)).When(new VoidEvent(Id(2), "a mistake")).Refusal().ShouldBeOfType<NotVoidable>();

    [Fact]
    public void A_posting_payment_is_voided_from_its_register() =>
        Given.Company(Given.InStep(1, StepRole.Posting, Paid(Openai, "5"))).When(new VoidEvent(Id(1), "a mistake")).ThenOpensAt(Openai, Id(1), Step(1));

    [Fact]
    public void A_step_with_the_outside_is_voided_posting_event_first_so_that_no_offset_sees_half_of_it() =>
        Given.Company(
                Class(),
                Given.InStep(1, StepRole.Pending, Sold with { Payer = null, Holder = Founder }),
                Given.InStep(1, StepRole.Posting, new ExternalCashReceived(Usd("10"), ExternalCategory.Financing)))
            .When(new VoidEvent(Id(2), "a mistake"))
            .ThenAccepted(new EventVoided(Id(3), "a mistake", null, null), new EventVoided(Id(2), "a mistake", null, null));

    [Fact]
    public void A_payment_to_who_rejects_a_shortfall_is_voided_from_there() =>
        Given.Company(Paid(Prudent, "5")).When(new VoidEvent(Id(1), "a mistake")).ThenOpensAt(Prudent, Id(1), step: null);

    [Fact]
    public void A_payment_to_several_who_reject_a_shortfall_is_voided_from_the_first_and_the_others_must_join()
    {
        var dividend = Given.Company(new DividendDeclared(null, [new(HolderOf(Prudent), Usd("1")), new(HolderOf(Nvidia), Usd("1")), new(HolderOf(Thrifty), Usd("1"))]));
        dividend.When(new VoidEvent(Id(1), "a mistake")).ThenOpensAt(Prudent, Id(1), step: null);
        Company.Joining(dividend.State, VoidOf(Id(1), Prudent, Acme), Given.Others).ShouldBe([Thrifty]);
    }

    [Fact]
    public void A_transfer_that_paid_a_seller_who_rejects_a_shortfall_is_voided_from_its_register_and_the_seller_must_join()
    {
        Given.Company(
                Class(),
                Issued(10, HolderOf(Prudent)),
                Given.InStep(1, StepRole.Pending, new SharesTransferred(HolderOf(Prudent), HolderOf(Nvidia), Common, Shares(5), Usd("1"), Usd("5"), true, true)),
                Given.InStep(1, StepRole.Closing, new StepPosted(Id(50))))
            .When(new VoidEvent(Id(3), "a mistake"))
            .ThenOpensStep(new EventVoided(Id(3), "a mistake", Nvidia, Id(50)), Nvidia, new EventVoided(Id(50), "a mistake", null, null));
        var buyer = Given.Company(Given.InStep(1, StepRole.Posting, new StepPaid(Openai, Prudent, Usd("5")))).State;
        Company.Joining(buyer, VoidOf(Id(1), Openai, Acme), Given.Others).ShouldBe([Prudent]);
    }

    [Fact]
    public void A_register_that_is_paid_by_its_own_step_has_nothing_to_join()
    {
        var buyer = Given.Company(Given.InStep(1, StepRole.Posting, new StepPaid(Prudent, Prudent, Usd("5")))).State;
        Company.Joining(buyer, VoidOf(Id(1), Prudent, Acme), Given.Others).ShouldBeEmpty();
    }

    [Fact]
    public void A_receiver_joins_a_void_that_another_company_opened()
    {
        var seller = Given.GuardedCompany(new ReceiptAcknowledged(Nvidia, Id(70), Usd("5")));
        var opens = Company.DecideJoin(seller.State, VoidOf(Id(70), Prudent, Nvidia)).ShouldBeOfType<Decision.OpensStep>();
        opens.Pending.Event.ShouldBe(new EventVoided(Id(1), "a mistake", Nvidia, Id(70)));
        var joined = Company.Evolve(seller.State, Enveloping.Envelop(Prudent, opens.Pending, 3, Id(2), Step(9), Now, default));
        Company.DecideJoin(joined, VoidOf(Id(70), Prudent, Nvidia)).ShouldBeOfType<Decision.Accepted>().Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_receiver_that_has_spent_the_money_does_not_join()
    {
        var spent = Given.GuardedCompany(new ReceiptAcknowledged(Nvidia, Id(70), Usd("5")), Given.At(Day2, new ExternalCashPaid(Usd("4"), ExternalCategory.Opex))).State;
        Company.DecideJoin(spent, VoidOf(Id(70), Prudent, Nvidia))
            .ShouldBe(new Decision.Refused(new LaterStateInvalid(Day2, Id(2), new Shortfall(Prudent, Usd("0"), Usd("4")))));
    }

    [Fact]
    public void A_command_of_the_same_id_keeps_its_answer_when_a_void_that_the_company_joined_is_refused()
    {
        var seller = Given.GuardedCompany(new ReceiptAcknowledged(Nvidia, Id(70), Usd("5")));
        var own = seller.State.Commands[Value.Parse<CommandId>("given-0")];
        var order = VoidOf(Id(70), Prudent, Nvidia);
        order = order with { Particulars = order.Particulars with { Command = Value.Parse<CommandId>("given-0"), CommandDigest = CommandJson.DigestOf(Given.Order(new RenameCompany("x"))) } };
        var opens = (Decision.OpensStep)Company.DecideJoin(seller.State, order);
        var joined = Company.Evolve(seller.State, Enveloping.Envelop(Prudent, opens.Pending, 3, Id(2), Step(9), Now, default));
        var closing = Company.CloseStep(joined, Step(9), postingEvent: null, "no")!;
        var closed = Company.Evolve(joined, Enveloping.Envelop(Prudent, closing, 4, Id(3), Step(9), Now, default));
        closed.Commands[Value.Parse<CommandId>("given-0")].ShouldBe(own);
    }

    [Fact]
    public void An_unacknowledged_payment_is_promised_never_to_be_acknowledged()
    {
        var order = Given.Order(new VoidEvent(Id(70), "a mistake"), company: Nvidia);
        var opens = Receiver(Given.GuardedCompany().State, order).ShouldBeOfType<Decision.OpensStep>();
        opens.Pending.Event.ShouldBe(new EventVoided(Id(70), "a mistake", Nvidia, Id(70)));

        var pending = Company.Evolve(Given.GuardedCompany().State, Enveloping.Envelop(Prudent, opens.Pending, 2, Id(2), Step(1), Now, default));
        pending.Receipts[Id(70)].Acknowledgement.ShouldBeNull();
        pending.OpenVoid.ShouldBe(Id(70));
    }

    [Fact]
    public void Voids_that_need_another_company_wait_for_each_other()
    {
        var waiting = Given.GuardedCompany(Given.InStep(1, StepRole.Pending, new EventVoided(Id(70), "a mistake", Nvidia, Id(70)))).State;
        Receiver(waiting, Given.Order(new VoidEvent(Id(71), "another"), company: Nvidia)).ShouldBe(new Decision.Refused(new VoidInProgress(Id(70))));
    }

    [Fact]
    public void A_receiver_that_has_spent_the_money_refuses_its_void()
    {
        var spent = Given.GuardedCompany(new ReceiptAcknowledged(Nvidia, Id(70), Usd("5")), Given.At(Day2, new ExternalCashPaid(Usd("4"), ExternalCategory.Opex))).State;
        Receiver(spent, Given.Order(new VoidEvent(Id(70), "a mistake"), company: Nvidia))
            .ShouldBe(new Decision.Refused(new LaterStateInvalid(Day2, Id(2), new Shortfall(Prudent, Usd("0"), Usd("4")))));
    }

    [Fact]
    public void A_register_that_has_spent_the_money_of_its_step_refuses_the_void()
    {
        var given = Given.GuardedCompany(
            Class(),
            Given.InStep(1, StepRole.Pending, Sold),
            Given.InStep(1, StepRole.Closing, new StepPosted(Id(50))),
            Given.At(Day3, new ExternalCashPaid(Usd("9"), ExternalCategory.Opex)));
        given.When(new VoidEvent(Id(2), "a mistake")).ThenRefused(new LaterStateInvalid(Day3, Id(4), new Shortfall(Prudent, Usd("0"), Usd("9"))));
    }

    [Fact]
    public void A_command_id_is_free_again_when_its_step_was_refused()
    {
        var refused = Given.Company(Class(), Given.InStep(1, StepRole.Pending, Sold), Given.InStep(1, StepRole.Closing, new EventVoided(Id(2), "shortfall", null, null)));
        refused.State.Commands.ShouldNotContainKey(Value.Parse<CommandId>("given-2"));
        refused.State.Steps[Step(1)].State.ShouldBe(StepState.Voided);
        refused.State.Ledger.End.Classes[Common].PendingIssue.ShouldBe(0);
    }

    private static StepOrder VoidOf(EventId payment, CompanyId register, CompanyId payer) => new(
        Step(9), register, payer, new EventVoided(payment, "a mistake", null, null), EventParticulars.Of(Given.Order(new VoidEvent(payment, "a mistake")), default));

    private static Decision Receiver(CompanyState receiver, CommandEnvelope order) =>
        Company.DecideVoidOf(receiver, order, CommandJson.DigestOf(order), new(receiver.Id, ((VoidEvent)order.Command).Event, Step: null), Given.Others);
}
