using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>Applies facts. Never judges and never guesses: what does not fit is a corrupt journal.</summary>
internal static class CompanyEvolution
{
    public static CompanyState Evolve(CompanyState state, EventEnvelope envelope)
    {
        var header = envelope.Header;
        if (header.Emitter != state.Id || header.SequenceNumber != state.LastSequenceNumber + 1)
        {
            throw new CorruptJournalException(
                $"event {header.Id} is number {header.SequenceNumber} of '{header.Emitter}'; '{state.Id}' is at {state.LastSequenceNumber}");
        }

        var next = Stamp(state, envelope);
        return envelope.Event switch
        {
            CompanyRegistered registered => Register(next, registered),
            EventVoided voided => Void(next, header, voided),
            StepPosted posted => ClosePosted(next, header, posted),
            StepRefused refused => Refuse(next, header, refused),
            ReceiptAcknowledged acknowledged => next with { Receipts = next.Receipts.SetItem(acknowledged.Payment, new(header.Id)) },
            _ => header.Role switch
            {
                StepRole.Pending => OpenStep(next, envelope),
                StepRole.Posting => Post(next, envelope),
                _ => next,
            },
        };
    }

    /// <summary>Numbers, ids and the timeline: what every event does.</summary>
    private static CompanyState Stamp(CompanyState state, EventEnvelope envelope)
    {
        var header = envelope.Header;
        var key = new FactKey(header.EffectiveAt, header.Rank, header.SequenceNumber);
        var inLedger = StandingFold.Checks(envelope.Event, state.RejectsShortfall);
        var ledger = state.Ledger;
        if (inLedger)
        {
            ledger = Held(state.Ledger.Insert(new(key, header.Id, header.Deal, envelope.Event, header.Role == StepRole.Pending)), header.Id);
        }

        var (payee, otherPayees) = PayeesOf(envelope.Event);
        var slot = new EventSlot(
            key, header.KnownAt, envelope.Event.GetType(), header.Step, header.Role, RegisterOf(envelope), payee, otherPayees, inLedger, IsVoided: false);
        return state with
        {
            LastSequenceNumber = header.SequenceNumber,
            LastRecordedAt = header.RecordedAt,
            Ledger = ledger,
            Events = state.Events.Add(header.Id, slot),
            Turnover = Turnovers.With(state.Turnover, envelope.Event),
            Commands = Answers(envelope) ? Answer(state.Commands, header) : state.Commands,
        };
    }

    private static CompanyState Register(CompanyState state, CompanyRegistered registered) => state with
    {
        Profile = new(registered.Name, registered.Currency, registered.Kind, registered.CashPolicy),
        Ledger = Ledger.Empty(state.Id, registered.CashPolicy == CashPolicy.RejectShortfall),
    };

    private static CompanyState OpenStep(CompanyState state, EventEnvelope envelope)
    {
        var header = envelope.Header;
        var step = Step(header);
        var poster = StepPayments.Of(state.Id, envelope.Event).Poster;
        var standing = new StepStanding(
            StepState.Pending, IsRegister: true, header.Id, envelope, PostingEvent: null, poster == state.Id ? null : poster, header.Command, Refused: null);
        return state with { Steps = state.Steps.Add(step, standing), OpenSteps = state.OpenSteps.Add(step) };
    }

    /// <summary>A payment that posts a step: of another register, or of this one when the payer is outside.</summary>
    private static CompanyState Post(CompanyState state, EventEnvelope envelope)
    {
        var header = envelope.Header;
        var step = Step(header);
        if (state.Steps.TryGetValue(step, out var own))
        {
            return Posted(state, step, own, header.Id);
        }

        var standing = new StepStanding(
            StepState.Posted, IsRegister: false, header.Id, Pending: null, header.Id, Poster: null, header.Command, Refused: null);
        return state with { Steps = state.Steps.Add(step, standing) };
    }

    private static CompanyState Refuse(CompanyState state, EventHeader header, StepRefused refused) => state with
    {
        Steps = state.Steps.Add(Step(header), new(
            StepState.Refused, IsRegister: false, header.Id, Pending: null, PostingEvent: null, Poster: null, header.Command, (refused.Code, refused.Message))),
    };

    private static CompanyState ClosePosted(CompanyState state, EventHeader header, StepPosted posted)
    {
        var step = Step(header);
        if (!state.Steps.TryGetValue(step, out var own) || own.State != StepState.Pending)
        {
            throw new CorruptJournalException($"event {header.Id} closes step {step}, which is not pending");
        }

        var next = Posted(state, step, own, posted.PostingEvent);
        return state.RejectsShortfall ? CountReceipt(next, header, step, own, posted) : next;
    }

    /// <summary>
    /// The money of the company's own step counts from this note on, as a payment does from its acknowledgement: never earlier in fold order than
    /// the payment itself, which lies between the pending event and the note.
    /// </summary>
    private static CompanyState CountReceipt(CompanyState state, EventHeader header, StepId step, StepStanding own, StepPosted posted)
    {
        var (poster, payment) = StepPayments.Of(state.Id, own.Pending!.Event);
        if (Payments.ReceivedBy(state.Id, payment) is not { } received)
        {
            return state;
        }

        var slot = state.Events[header.Id];
        var receipt = new LedgerFact(slot.Key, header.Id, header.Deal, new ReceiptAcknowledged(poster, posted.PostingEvent, received), IsPending: false);
        return state with
        {
            Ledger = Held(state.Ledger.Insert(receipt), header.Id),
            Steps = state.Steps.SetItem(step, state.Steps[step] with { Receipt = header.Id }),
        };
    }

    private static CompanyState Posted(CompanyState state, StepId step, StepStanding own, EventId postingEvent)
    {
        var next = state with
        {
            Steps = state.Steps.SetItem(step, own with { State = StepState.Posted, Pending = null, PostingEvent = postingEvent }),
            OpenSteps = state.OpenSteps.Remove(step),
        };
        if (own.Pending!.Event is EventVoided voided)
        {
            return Leave(next with { OpenVoid = null }, voided);
        }

        return next with { Ledger = Held(next.Ledger.Post(next.Events[own.Event].Key, own.Event), own.Event) };
    }

    private static CompanyState Void(CompanyState state, EventHeader header, EventVoided voided)
    {
        switch (header.Role)
        {
            case StepRole.Pending:
                var step = Step(header);
                var pending = new StepStanding(
                    StepState.Pending, IsRegister: true, header.Id, new(header, voided), PostingEvent: null, voided.Counterparty, header.Command, Refused: null);
                return state with
                {
                    Steps = state.Steps.Add(step, pending),
                    OpenSteps = state.OpenSteps.Add(step),
                    OpenVoid = voided.Voided,

                    // From here on no acknowledgement of that payment may be written.
                    Receipts = voided.CounterpartEvent is { } payment && !state.Events.ContainsKey(voided.Voided)
                        ? state.Receipts.SetItem(payment, new(Acknowledgement: null))
                        : state.Receipts,
                };

            case StepRole.Posting:
                var posting = new StepStanding(
                    StepState.Posted, IsRegister: false, header.Id, Pending: null, header.Id, Poster: null, header.Command, Refused: null);
                return Leave(state with { Steps = state.Steps.Add(Step(header), posting) }, voided);

            case StepRole.Closing:
                return CloseRefused(state, Step(header), voided.Reason);

            default:
                return Leave(state, voided);
        }
    }

    /// <summary>The payer refused: the pending event is left out, and its command id is free again, unless a command of this company's own has the same.</summary>
    private static CompanyState CloseRefused(CompanyState state, StepId step, string reason)
    {
        var own = state.Steps[step];
        var next = state with
        {
            Steps = state.Steps.SetItem(step, own with { State = StepState.Voided, Pending = null, Refused = ("payer-refused", reason) }),
            OpenSteps = state.OpenSteps.Remove(step),
            Commands = state.Commands.TryGetValue(own.Command, out var answer) && answer.Step == step ? state.Commands.Remove(own.Command) : state.Commands,
            Events = state.Events.SetItem(own.Event, state.Events[own.Event] with { IsVoided = true }),
        };
        if (own.Pending!.Event is EventVoided voided)
        {
            // The event that was to be voided stands; a payment not yet acknowledged may be acknowledged after all.
            return next with
            {
                OpenVoid = null,
                Receipts = voided.CounterpartEvent is { } payment && !next.Events.ContainsKey(voided.Voided) ? next.Receipts.Remove(payment) : next.Receipts,
            };
        }

        return next with { Ledger = Held(next.Ledger.Remove(next.Events[own.Event].Key, own.Event), own.Event) };
    }

    /// <summary>The named event counts no more. One of another company's is that company's business.</summary>
    private static CompanyState Leave(CompanyState state, EventVoided voided)
    {
        if (!state.Events.TryGetValue(voided.Voided, out var slot))
        {
            return state;
        }

        var next = state with
        {
            Events = state.Events.SetItem(voided.Voided, slot with { IsVoided = true }),
            Ledger = Held(LedgerWithout(state, voided.Voided), voided.Voided),
        };
        if (voided.CounterpartEvent is { } payment && next.Receipts.ContainsKey(payment))
        {
            next = next with { Receipts = next.Receipts.SetItem(payment, new(Acknowledgement: null)) };
        }

        return slot.Step is { } step && next.Steps.TryGetValue(step, out var standing)
            ? next with { Steps = next.Steps.SetItem(step, standing with { State = StepState.Voided }) }
            : next;
    }

    /// <summary>The timeline without the event and, for a posted step of this register, without the money that came with it; or the rule that then breaks.</summary>
    public static (Ledger? Ledger, Refusal? Refusal) LedgerWithout(CompanyState state, EventId id)
    {
        var slot = state.Events[id];
        if (!slot.InLedger)
        {
            return (state.Ledger, null);
        }

        var without = state.Ledger.Remove(slot.Key, id);
        return without.Ledger is { } ledger && slot is { Role: StepRole.Pending, Step: { } step } && state.Steps[step].Receipt is { } receipt
            ? ledger.Remove(state.Events[receipt].Key, receipt)
            : without;
    }

    private static StepId Step(EventHeader header) =>
        header.Step ?? throw new CorruptJournalException($"event {header.Id} has role {header.Role} and names no step");

    private static Ledger Held((Ledger? Ledger, Refusal? Refusal) change, EventId id) =>
        change.Ledger ?? throw new CorruptJournalException($"event {id} does not fit its own timeline: {change.Refusal!.Message}");

    /// <summary>Whether the event is (part of) the answer to its command; what the protocol adds later is not.</summary>
    private static bool Answers(EventEnvelope envelope) =>
        envelope.Header.Role is StepRole.None or StepRole.Pending or StepRole.Posting && envelope.Event is not ReceiptAcknowledged;

    private static GrowingMap<CommandId, CommandOutcome> Answer(GrowingMap<CommandId, CommandOutcome> commands, EventHeader header)
    {
        if (commands.TryAdd(header.Command, new(header.CommandDigest, header.SequenceNumber, header.SequenceNumber, header.Step)) is { } added)
        {
            return added;
        }

        var before = commands[header.Command];

        // Another company's command may have the id of one of ours: its step is posted here, but our own command keeps its answer.
        return before.Digest == header.CommandDigest
            ? commands.SetItem(header.Command, before with { LastSequenceNumber = header.SequenceNumber })
            : commands;
    }

    private static CompanyId? RegisterOf(EventEnvelope envelope) => envelope switch
    {
        { Header.Role: StepRole.Posting, Event: InvestmentMade made } => made.Investee,
        { Event: StepPaid paid } => paid.Register,
        _ => null,
    };

    private static (CompanyId? First, ImmutableArray<CompanyId> Others) PayeesOf(CompanyEvent fact)
    {
        CompanyId? first = null;
        List<CompanyId>? others = null;
        foreach (var (payee, _) in Payments.Of(fact))
        {
            if (payee?.AsCompany() is not { } company)
            {
                continue;
            }

            if (first is null)
            {
                first = company;
            }
            else
            {
                (others ??= []).Add(company);
            }
        }

        return (first, others is null ? [] : [.. others]);
    }
}
