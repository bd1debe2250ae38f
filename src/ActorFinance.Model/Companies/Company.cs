using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>
/// A company as a decider: commands in, events or a refusal out; events in, state out. No clock, no new ids, no I/O.
/// A decision only looks at this company's own facts, and at whether the others it names are registered.
/// </summary>
public static class Company
{
    /// <summary>
    /// Order of precedence: a repeated or reused id; an unregistered company; the guards of the command's family in the order they stand there;
    /// then the fold's rules at the fact's own time; then those at every later time.
    /// </summary>
    public static Decision Decide(CompanyState state, CommandEnvelope command, Digest digest, Counterparts others)
    {
        if (state.Commands.TryGetValue(command.Id, out var outcome))
        {
            return outcome.Digest == digest ? new Decision.Repeated(outcome) : new CommandIdReused(command.Id);
        }

        var order = new Order(state, EventParticulars.Of(command, digest), others);
        return Guards.Addressee(order, command.Command) is { } refusal ? refusal : Decide(order, command.Command);
    }

    /// <summary>A void that was ordered at the payer (<see cref="Decision.OpensAt"/>), at the company that must open it.</summary>
    public static Decision DecideVoidOf(CompanyState state, CommandEnvelope command, Digest digest, Decision.OpensAt opens, Counterparts others)
    {
        if (state.Commands.TryGetValue(command.Id, out var outcome))
        {
            return outcome.Digest == digest ? new Decision.Repeated(outcome) : new CommandIdReused(command.Id);
        }

        var order = new Order(state, EventParticulars.Of(command, digest), others);
        var reason = ((VoidEvent)command.Command).Reason;
        return opens.Step is { } step
            ? VoidDecisions.Step(order, step, reason)
            : VoidDecisions.Receipt(state, order.Particulars, command.Company, opens.Payment, reason);
    }

    /// <summary>The payer's side of a step. Nothing to do: it was decided before, see <see cref="CompanyState.Steps"/>.</summary>
    public static Decision DecidePayment(CompanyState state, StepOrder order)
    {
        if (state.Steps.ContainsKey(order.Step))
        {
            return new Decision.Accepted([]);
        }

        if (!state.IsRegistered)
        {
            return new UnknownCompany(state.Id);
        }

        if (order.Payment is EventVoided voided)
        {
            return VoidDecisions.Post(state, order, voided);
        }

        var posting = new EventDraft(order.Payment, order.Particulars, order.Step, StepRole.Posting);
        return Fit(state, posting);
    }

    /// <summary>For the payer of what a step voids: who must have written its side before the payer posts, beside the company that orders it.</summary>
    public static IEnumerable<CompanyId> Joining(CompanyState state, StepOrder order, Counterparts others) =>
        order.Payment is EventVoided { Voided: var payment } ? VoidDecisions.Receivers(state, payment, others).Where(receiver => receiver != order.Register) : [];

    /// <summary>A receiver's side of a void that another company opened and its payer asks it to join (see <see cref="StepOrder.ToJoin"/>). Nothing to do: it was decided before.</summary>
    public static Decision DecideJoin(CompanyState state, StepOrder order) =>
        state.Steps.ContainsKey(order.Step)
            ? new Decision.Accepted([])
            : order.Payment is EventVoided voided
                ? VoidDecisions.Receipt(state, order.Particulars, order.Poster, voided.Voided, voided.Reason)
                : throw new CorruptJournalException($"step {order.Step} is no void, nobody joins it");

    /// <summary>The payer's refusal of a step, so that it can never post it.</summary>
    public static EventDraft RefuseStep(StepOrder order, Refusal refusal) =>
        new(new StepRefused(order.Register, refusal.Code, refusal.Message), order.Particulars, order.Step, StepRole.Refusing);

    /// <summary>The register's last word on a step: posted, or its pending event voided. Null when it was said before.</summary>
    public static EventDraft? CloseStep(CompanyState state, StepId step, EventId? postingEvent, string refusal)
    {
        if (!state.Steps.TryGetValue(step, out var standing) || standing is not { State: StepState.Pending, Pending: { } pending })
        {
            return null;
        }

        var particulars = EventParticulars.Answering(pending.Header);
        return postingEvent is { } posting
            ? new(new StepPosted(posting), particulars, step, StepRole.Closing)
            : new(new EventVoided(pending.Header.Id, refusal, Counterparty: null, CounterpartEvent: null), particulars, step, StepRole.Closing);
    }

    /// <summary>Under <see cref="CashPolicy.RejectShortfall"/>: the event by which the company counts a payment that it received, or none when it did or must not.</summary>
    public static ImmutableArray<EventDraft> AcknowledgeReceipt(CompanyState state, EventEnvelope payment)
    {
        var header = payment.Header;
        if (!state.RejectsShortfall || state.Receipts.ContainsKey(header.Id) || (header.Step is { } step && state.Steps.ContainsKey(step)))
        {
            return [];
        }

        return Payments.ReceivedBy(state.Id, payment.Event) is { } received
            ? [new(new ReceiptAcknowledged(header.Emitter, header.Id, received), EventParticulars.Answering(header))]
            : [];
    }

    public static CompanyState Evolve(CompanyState state, EventEnvelope envelope) => CompanyEvolution.Evolve(state, envelope);

    /// <summary>Accepts the draft when the timeline holds with it.</summary>
    internal static Decision Fit(CompanyState state, EventDraft draft) =>
        Misfit(state, draft) is { } refusal ? refusal : Decision.Accept(draft);

    internal static Refusal? Misfit(CompanyState state, EventDraft draft)
    {
        if (Turnovers.Exceeds(state, draft.Event) is { } exceeded)
        {
            return exceeded;
        }

        if (!StandingFold.Checks(draft.Event, state.RejectsShortfall))
        {
            return null;
        }

        if (state.OpenVoid is { } open)
        {
            return new VoidInProgress(open);
        }

        var key = new FactKey(draft.Particulars.EffectiveAt, draft.Particulars.Rank, state.LastSequenceNumber + 1);
        return state.Ledger.Insert(new(key, default, draft.Particulars.Deal, draft.Event, draft.Role == StepRole.Pending)).Refusal;
    }

    private static Decision Decide(Order order, CompanyCommand command) => command switch
    {
        RegisterCompany register => CompanyDecisions.Register(order, register),
        RenameCompany rename => CompanyDecisions.Rename(order, rename),
        ReachMilestone reach => CompanyDecisions.Reach(order, reach),
        RecordFxRate record => CompanyDecisions.RecordRate(order, record),
        VoidEvent cancel => VoidDecisions.Void(order, cancel),
        ReceiveExternalCash receive => CashDecisions.Receive(order, receive),
        PayExternalCash pay => CashDecisions.Pay(order, pay),
        Invest invest => CashDecisions.Invest(order, invest),
        PayPurchase pay => CashDecisions.Purchase(order, pay),
        RefundPurchase refund => CashDecisions.Refund(order, refund),
        PayTransfer pay => CashDecisions.Transfer(order, pay),
        DeliverPurchase deliver => CashDecisions.Deliver(order, deliver),
        AnnounceDeal announce => DealDecisions.Announce(order, announce),
        ContractDeal contract => DealDecisions.Contract(order, contract),
        SupersedeDeal supersede => DealDecisions.Supersede(order, supersede),
        CancelDeal cancel => DealDecisions.Cancel(order, cancel),
        CompleteDeal => DealDecisions.Complete(order),
        CommitInvestment commit => CommitmentDecisions.Commit(order, commit.Terms, new InvestmentCommitted(commit.Terms)),
        CommitPurchase commit => CommitmentDecisions.Commit(order, commit.Terms, new PurchaseCommitted(commit.Terms)),
        CommitLoan commit => CommitmentDecisions.Commit(order, commit.Terms, new LoanCommitted(commit.Terms)),
        ReleaseCommitment release => CommitmentDecisions.Release(order, release),
        CreateShareClass create => ShareDecisions.Create(order, create),
        IssueShares issue => ShareDecisions.Issue(order, issue),
        SellShares sell => ShareDecisions.Sell(order, sell),
        ReservePool reserve => ShareDecisions.Reserve(order, reserve),
        TransferShares transfer => ShareDecisions.Transfer(order, transfer),
        RepurchaseShares repurchase => ShareDecisions.Repurchase(order, repurchase),
        SplitShares split => ShareDecisions.Split(order, split),
        RecordValuation record => ShareDecisions.RecordValuation(order, record),
        DeclareDividend declare => DividendDecisions.Declare(order, declare),
        GrantWarrant grant => WarrantDecisions.Grant(order, grant),
        VestWarrant vest => WarrantDecisions.Vest(order, vest),
        ExerciseWarrant exercise => WarrantDecisions.Exercise(order, exercise),
        LapseWarrant lapse => WarrantDecisions.Lapse(order, lapse),
        SellConvertible sell => WarrantDecisions.SellConvertible(order, sell),
        ConvertConvertible convert => WarrantDecisions.Convert(order, convert),
        DrawLoan draw => LoanDecisions.Draw(order, draw),
        RepayLoan repay => LoanDecisions.Repay(order, repay),
        PayInterest pay => LoanDecisions.PayInterest(order, pay),
        GiveGuarantee give => LoanDecisions.Give(order, give),
        CallGuarantee call => LoanDecisions.Call(order, call),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "no decision for this command"),
    };
}
