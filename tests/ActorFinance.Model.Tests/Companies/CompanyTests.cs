using ActorFinance.Model.Tests.Commands;
using CsCheck;

namespace ActorFinance.Model.Tests.Companies;

public sealed class CompanyTests
{
    /// <summary>A company that has one of everything, and each kind of event at least once.</summary>
    private static readonly GivenFact[] Everything =
    [
        new CompanyRenamed("Acme Inc."),
        new MilestoneReached("1 GW deployed"),
        new ExternalCashReceived(Usd("5"), ExternalCategory.Opening),
        new ExternalCashPaid(Usd("5"), ExternalCategory.Opex),
        Given.Under(Deal, new DealAnnounced(Terms(Acme, Nvidia))),
        Given.Under(Deal, new DealContracted(Terms(Acme, Nvidia))),
        Given.Under(Deal, new InvestmentCommitted(Committed("100", Acme, Nvidia))),
        Given.Under(Deal, new PurchaseCommitted(Committed("100", Acme, Nvidia) with { Commitment = Value.Parse<CommitmentId>("p2") })),
        Given.Under(Deal, new LoanCommitted(Committed("100", Acme, Nvidia) with { Commitment = Value.Parse<CommitmentId>("p3") })),
        new CommitmentReleased(Promise, Usd("10"), null),
        Paid(Nvidia, "20", Promise),
        new PurchasePaid(Nvidia, Usd("1"), Value.Parse<CommitmentId>("p2"), null, null, null, false),
        new PurchaseRefunded(Nvidia, Usd("1"), null, null, null, false),
        new TransferPaid(Nvidia, Usd("1"), TransferPurpose.Fee),
        new PurchaseDelivered(Nvidia, "GPU", Quantity.Of(4), "GPU"),
        new LoanDrawn(Loan, Nvidia, Usd("1"), Value.Parse<CommitmentId>("p3"), null, null, null),
        new LoanRepaid(Loan, Nvidia, Usd("1")),
        new InterestPaid(Loan, Nvidia, Usd("1")),
        new GuaranteeGiven(Guarantee, Nvidia, null, Usd("10")),
        new GuaranteeCalled(Guarantee, null, Usd("3")),
        Given.Under(Deal, new DealCompleted()),
        Given.Under(OtherDeal, new DealContracted(Terms(Acme, null))),
        Given.Under(OtherDeal, new DealSuperseded(Deal)),
        Given.Under(Value.Parse<DealId>("deal-3"), new DealAnnounced(Terms(null, Acme))),
        Given.Under(Value.Parse<DealId>("deal-3"), new DealCancelled("no")),
        Class(authorised: 1_000),
        Issued(100),
        new PoolReserved(Common, Shares(10)),
        new ValuationRecorded(Round, null, null, Usd("100"), null),
        Granted(),
        new WarrantVested(Warrant, "first"),
        new WarrantExercised(Warrant, Shares(1), null, null),
        new SharesTransferred(Founder, HolderOf(Nvidia), Common, Shares(10), null, null, false, true),
        new SharesRepurchased(Founder, Common, Shares(1), Usd("1")),
        new SharesSplit(Common, 2, 1),
        new DividendDeclared(Common, [new(Founder, Usd("1"))]),
        new WarrantLapsed(Warrant),
        Given.InStep(1, StepRole.Pending, new ConvertibleRegistered(Note, HolderOf(Nvidia), Nvidia, Usd("10"), Common, Usd("2"), null)),
        Given.InStep(1, StepRole.Closing, new StepPosted(Id(900))),
        new ConvertibleConverted(Note, Common, Shares(5)),
        Given.InStep(2, StepRole.Posting, new StepPaid(Nvidia, Nvidia, Usd("1"))),
        Given.InStep(3, StepRole.Refusing, new StepRefused(Nvidia, "shortfall", "no")),
        new EventVoided(Id(1), "a mistake", null, null),
    ];

    public static TheoryData<string> Commands => [.. AnyCommand.CommandTypes.Select(type => type.Name)];

    [Fact]
    public void Every_event_type_evolves_a_company()
    {
        var state = Given.Company(Everything).State;
        state.LastSequenceNumber.ShouldBe(Everything.Length + 1);

        // These three have a company of their own kind as emitter.
        var types = Everything.Select(fact => fact.Event.GetType())
            .Append(typeof(CompanyRegistered))
            .Append(typeof(ReceiptAcknowledged))
            .Append(typeof(FxRateRecorded));
        types.Distinct().ShouldBe(AnyCommand.EventTypes, ignoreOrder: true);

        var guarded = Given.GuardedCompany(new ReceiptAcknowledged(Nvidia, Id(900), Usd("5")));
        guarded.State.Ledger.End.Cash[Dollar].ShouldBe(5);
        guarded.State.Receipts[Id(900)].ShouldBe(new ReceiptStanding(Id(1)));
        Given.Unregistered(CompanyId.Market)
            .When(Given.Order(new RecordFxRate(Dollar, Euro, Quantity.Of(0.9m)), company: CompanyId.Market))
            .ThenAccepted(new FxRateRecorded(Dollar, Euro, Quantity.Of(0.9m)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_decided_whatever_it_says(string name)
    {
        var type = AnyCommand.CommandTypes.Single(command => command.Name == name);
        CompanyState[] states = [Given.Company(Everything).State, Given.GuardedCompany(Class(decimals: 10), Issued(0.5m)).State, Given.Unregistered().State, CompanyState.Empty(CompanyId.Market)];
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var state = states[random.Next(states.Length)];
                var envelope = AnyCommand.Envelope(random, type) with { Company = state.Id };
                var decision = Company.Decide(state, envelope, CommandJson.DigestOf(envelope), Given.Others);
                decision.ShouldNotBeNull();

                // What is accepted can be written down and applied.
                if (decision is Decision.Accepted accepted)
                {
                    foreach (var draft in accepted.Events)
                    {
                        state = Company.Evolve(state, Enveloping.Envelop(state.Id, draft, state.LastSequenceNumber + 1, Id(5_000 + (int)state.LastSequenceNumber), Step(9), Now, default));
                    }
                }
                else if (decision is Decision.OpensStep opens)
                {
                    Company.Evolve(state, Enveloping.Envelop(state.Id, opens.Pending, state.LastSequenceNumber + 1, Id(5_000), Step(9), Now, default));
                }
            },
            iter: Effort.Samples(200),
            threads: 1);
    }

    [Fact]
    public void A_command_sent_again_is_repeated_and_with_another_content_refused()
    {
        var order = Given.Order(new RenameCompany("Acme Inc."), id: "rename-1");
        var draft = Given.Company().When(order).Drafts().ShouldHaveSingleItem();
        var state = Company.Evolve(Given.Company().State, Enveloping.Envelop(Acme, draft, 2, Id(2), null, Now, default));

        Company.Decide(state, order with { Rank = 7, IssuedBy = "somebody else" }, CommandJson.DigestOf(order), Given.Others)
            .ShouldBe(new Decision.Repeated(new(CommandJson.DigestOf(order), 2, 2, null)));
        var other = order with { Command = new RenameCompany("Other") };
        Company.Decide(state, other, CommandJson.DigestOf(other), Given.Others)
            .ShouldBe(new Decision.Refused(new CommandIdReused(order.Id)));
    }

    [Fact]
    public void An_event_out_of_order_or_of_another_company_is_a_corrupt_journal()
    {
        var draft = new EventDraft(new CompanyRenamed("x"), EventParticulars.Of(Given.Order(new RenameCompany("x")), default));
        var state = Given.Company().State;
        Should.Throw<CorruptJournalException>(() => Company.Evolve(state, Enveloping.Envelop(Acme, draft, 3, Id(2), null, Now, default)));
        Should.Throw<CorruptJournalException>(() => Company.Evolve(state, Enveloping.Envelop(Nvidia, draft, 2, Id(2), null, Now, default)));
        Should.Throw<CorruptJournalException>(() => Given.Company(new SharesIssued(Founder, Common, Shares(1), null, Consideration.None, null, null, null, null, null)));
        Should.Throw<CorruptJournalException>(() => Given.Company(Given.InStep(1, StepRole.Closing, new StepPosted(Id(9)))));
    }

    [Fact]
    public void Text_that_cannot_be_stored_or_shown_is_refused()
    {
        foreach (var text in new[] { "tab\there", "half a pair \ud83d", "\udc00", "", new string('a', 201) })
        {
            Given.Company().When(new RenameCompany(text)).Refusal().ShouldBeOfType<InvalidField>().Given.ShouldNotContain("\t");
        }
    }

    [Fact]
    public void Text_beyond_the_basic_plane_is_taken() =>
        Given.Company().When(new RenameCompany("Zürich \ud83d\ude00")).ThenAccepted(new CompanyRenamed("Zürich \ud83d\ude00"));

    [Fact]
    public void A_stated_known_time_after_the_record_is_refused_also_for_a_step_with_a_cause()
    {
        var particulars = EventParticulars.Of(Given.Order(new RenameCompany("x")) with { KnownAt = Day3, Causation = Id(1) }, default);
        var recorded = Enveloping.RecordedAt(CompanyState.Empty(Acme), Day2, particulars);
        recorded.ShouldBe(Day2);
        Enveloping.Check(particulars, recorded).ShouldBe(new KnownAfterRecorded(Day3, Day2));
    }

    [Fact]
    public void A_record_never_runs_back_within_a_company() =>
        Enveloping.RecordedAt(Given.Company().State, Day1, EventParticulars.Of(Given.Order(new RenameCompany("x")), default)).ShouldBe(Now);
}
