using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>What a command came to in a rehearsal: its events in the order in which they would be written, or a refusal.</summary>
public sealed record RehearsalOutcome(ImmutableArray<EventEnvelope> Events, Refusal? Refusal, bool Repeated);

/// <summary>
/// All companies of a book in one place, deciding as their actors would and writing nothing: an import tries itself on it before the first write.
/// Every step runs to its end before the next command, and every receipt is acknowledged at once.
/// </summary>
public sealed class Rehearsal(Func<CompanyId, CompanyState> load, Func<Instant> clock, Func<Guid> newId)
{
    private readonly Dictionary<CompanyId, CompanyState> _states = [];

    public CompanyState StateOf(CompanyId company)
    {
        if (!_states.TryGetValue(company, out var state))
        {
            state = load(company);
            _states.Add(company, state);
        }

        return state;
    }

    public CashPolicy? PolicyOf(CompanyId company) => StateOf(company).Profile?.CashPolicy;

    public RehearsalOutcome Submit(CommandEnvelope command) => Submit(DigestedCommand.Of(command));

    public RehearsalOutcome Submit(DigestedCommand digested) => Submit(digested.Command, digested.Digest);

    /// <summary>
    /// The same with a digest that is at hand, or with none: a simulation gives each command an id of its own and sends it once, and a digest costs as
    /// much as the rest of a decision.
    /// </summary>
    public RehearsalOutcome Submit(CommandEnvelope command, Digest digest)
    {
        var written = ImmutableArray.CreateBuilder<EventEnvelope>(1);
        var decision = Company.Decide(StateOf(command.Company), command, digest, PolicyOf);
        var company = command.Company;
        if (decision is Decision.OpensAt opens)
        {
            company = opens.Register;
            decision = Company.DecideVoidOf(StateOf(company), command, digest, opens, PolicyOf);
        }

        var refusal = decision switch
        {
            Decision.Accepted accepted => Write(company, accepted.Events, NewStep(), written),
            Decision.OpensStep step => RunStep(company, step, written),
            Decision.Refused refused => refused.Refusal,
            Decision.Repeated => null,
            _ => throw new InvalidOperationException($"{decision.GetType().Name} cannot follow here"),
        };
        if (refusal is null)
        {
            Acknowledge(written);
        }

        return new(written.ToImmutable(), refusal, decision is Decision.Repeated);
    }

    private Refusal? RunStep(CompanyId register, Decision.OpensStep opens, ImmutableArray<EventEnvelope>.Builder written)
    {
        var step = NewStep();
        var dryOrder = new StepOrder(step, register, opens.Poster, opens.Payment, opens.Pending.Particulars);
        var dry = Company.DecidePayment(StateOf(opens.Poster), dryOrder);
        if (dry is Decision.Refused refused)
        {
            return new PayerRefused(opens.Poster, refused.Refusal.Code, refused.Refusal.Message);
        }

        var joining = Company.Joining(StateOf(opens.Poster), dryOrder, PolicyOf).Select(dryOrder.ToJoin).ToList();
        foreach (var join in joining)
        {
            if (Company.DecideJoin(StateOf(join.Register), join) is Decision.Refused unwilling)
            {
                return new PayerRefused(join.Register, unwilling.Refusal.Code, unwilling.Refusal.Message);
            }
        }

        if (Write(register, [opens.Pending], step, written) is { } refusal)
        {
            return refusal;
        }

        var order = StepPayments.OrderFor(written[^1])!;
        foreach (var join in joining.Select(join => order.ToJoin(join.Register)))
        {
            Answer(join.Register, ((Decision.OpensStep)Company.DecideJoin(StateOf(join.Register), join)).Pending, step, written);
        }

        CompanyId[] registers = [register, .. joining.Select(join => join.Register)];
        if (Company.DecidePayment(StateOf(order.Poster), order) is Decision.Accepted payment)
        {
            Answer(order.Poster, payment.Events[0], step, written);
            Close(registers, step, written[^1].Header.Id, "", written);
            return null;
        }

        // The dry decision was about a time not yet fixed; the real one is about the pending event's, so it may differ.
        var late = ((Decision.Refused)Company.DecidePayment(StateOf(order.Poster), order)).Refusal;
        Answer(order.Poster, Company.RefuseStep(order, late), step, written);
        Close(registers, step, postingEvent: null, late.ToString(), written);
        return new PayerRefused(order.Poster, late.Code, late.Message);
    }

    private void Close(CompanyId[] registers, StepId step, EventId? postingEvent, string refusal, ImmutableArray<EventEnvelope>.Builder written)
    {
        foreach (var register in registers)
        {
            Answer(register, Company.CloseStep(StateOf(register), step, postingEvent, refusal)!, step, written);
        }
    }

    /// <summary>An answer is never known before it is recorded, so that its time cannot be refused.</summary>
    private void Answer(CompanyId company, EventDraft draft, StepId step, ImmutableArray<EventEnvelope>.Builder written)
    {
        if (Write(company, [draft], step, written) is { } refusal)
        {
            throw new InvalidOperationException($"'{company}' could not answer step {step}: {refusal}");
        }
    }

    private void Acknowledge(ImmutableArray<EventEnvelope>.Builder written)
    {
        for (var i = 0; i < written.Count; i++)
        {
            var payment = written[i];
            foreach (var payee in Payments.Of(payment.Event).Select(paid => paid.Payee?.AsCompany()).OfType<CompanyId>().Distinct().ToList())
            {
                if (PolicyOf(payee) == CashPolicy.RejectShortfall)
                {
                    Write(payee, Company.AcknowledgeReceipt(StateOf(payee), payment), default, written);
                }
            }
        }
    }

    private Refusal? Write(CompanyId company, ImmutableArray<EventDraft> drafts, StepId step, ImmutableArray<EventEnvelope>.Builder written)
    {
        var state = StateOf(company);
        foreach (var draft in drafts)
        {
            var recorded = Enveloping.RecordedAt(state, clock(), draft.Particulars);
            if (Enveloping.Check(draft.Particulars, recorded) is { } refusal)
            {
                return refusal;
            }

            var envelope = Enveloping.Envelop(company, draft, state.LastSequenceNumber + 1, new(newId()), step, recorded, previousHash: default);
            state = Company.Evolve(state, envelope);
            written.Add(envelope);
        }

        _states[company] = state;
        return null;
    }

    private StepId NewStep() => new(newId());
}
