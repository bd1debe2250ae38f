namespace ActorFinance.Model;

/// <summary>
/// A mistake is voided and recorded again. What companies did together, and what a company under <see cref="CashPolicy.RejectShortfall"/>
/// received, is voided as a step: the others first, pending; the payer's void posts it. One of them opens it; the rest join when the payer, who
/// knows whom it paid, asks them to (decision 0026).
/// </summary>
internal static class VoidDecisions
{
    public static Decision Void(Order order, VoidEvent command)
    {
        if ((Guards.Text("reason", command.Reason, Guards.TextLimit) ?? Voidable(order.State, command.Event, order.Particulars.KnownAt)) is { } refusal)
        {
            return refusal;
        }

        var slot = order.State.Events[command.Event];
        if (slot.Step is not { } step)
        {
            return Payment(order, command);
        }

        // Pending or posting: the step is known here. Opened here, it is voided from here; else from where it was opened.
        if (order.State.Steps[step].IsRegister)
        {
            return Step(order, step, command.Reason);
        }

        return slot.Register is { } register
            ? new Decision.OpensAt(register, command.Event, step)
            : new NotVoidable(command.Event, "it posted a step of a share register; order the void at the issuer");
    }

    /// <summary>The register's side, whoever was ordered first: the events of a posted step go together.</summary>
    public static Decision Step(Order order, StepId step, string reason)
    {
        if (!order.State.Steps.TryGetValue(step, out var standing) || !standing.IsRegister)
        {
            return new InvalidField("step", step.ToString(), "a step that this company opened");
        }

        if (standing is not { State: StepState.Posted, PostingEvent: { } posting })
        {
            return standing.State == StepState.Pending
                ? new NotVoidable(standing.Event, "its step is pending and ends by itself")
                : new AlreadyVoided(standing.Event);
        }

        if (Without(order.State, standing.Event) is { } refusal)
        {
            return refusal;
        }

        if (standing.Poster is { } poster)
        {
            return Open(order.Company, order.Particulars, new(standing.Event, reason, poster, posting));
        }

        // The posting event first: a pending event counts only with it, so no offset between the two voids sees half a step.
        return Without(order.State, posting) is { } unfit
            ? unfit
            : new Decision.Accepted([Draft(order, posting, reason), Draft(order, standing.Event, reason)]);
    }

    /// <summary>The receiver's side of voiding a payment to it: its acknowledgement, or the promise never to write one.</summary>
    public static Decision Receipt(CompanyState state, EventParticulars particulars, CompanyId payer, EventId payment, string reason)
    {
        if (state.OpenVoid is { } open)
        {
            return new VoidInProgress(open);
        }

        var receipt = state.Receipts.GetValueOrDefault(payment);
        if (receipt is { Acknowledgement: null })
        {
            return new AlreadyVoided(payment);
        }

        return receipt?.Acknowledgement is { } acknowledgement && Without(state, acknowledgement) is { } refusal
            ? refusal
            : Open(state.Id, particulars, new(receipt?.Acknowledgement ?? payment, reason, payer, payment));
    }

    /// <summary>Who counts that payment: those it paid under <see cref="CashPolicy.RejectShortfall"/>, save the register of its step, whose own event goes with it.</summary>
    public static IEnumerable<CompanyId> Receivers(CompanyState state, EventId payment, Counterparts others)
    {
        var slot = state.Events[payment];
        return slot.Payees().Where(payee => payee != slot.Register && others(payee) == CashPolicy.RejectShortfall);
    }

    /// <summary>The payer's void, which posts the step.</summary>
    public static Decision Post(CompanyState state, StepOrder order, EventVoided voided) =>
        (Voidable(state, voided.Voided, order.Particulars.KnownAt) ?? Without(state, voided.Voided)) is { } refusal
            ? refusal
            : Decision.Accept(new(voided, order.Particulars, order.Step, StepRole.Posting));

    /// <summary>Of several receivers the first opens the void.</summary>
    private static Decision Payment(Order order, VoidEvent command)
    {
        foreach (var receiver in Receivers(order.State, command.Event, order.Others))
        {
            return new Decision.OpensAt(receiver, command.Event, Step: null);
        }

        return Without(order.State, command.Event) is { } refusal ? refusal : Decision.Accept(Draft(order, command.Event, command.Reason));
    }

    private static EventDraft Draft(Order order, EventId voided, string reason) =>
        new(new EventVoided(voided, reason, Counterparty: null, CounterpartEvent: null), order.Particulars);

    private static Decision.OpensStep Open(CompanyId company, EventParticulars particulars, EventVoided pending)
    {
        var (poster, payment) = StepPayments.Of(company, pending);
        return new(new(pending, particulars, Step: null, StepRole.Pending), poster, payment);
    }

    private static Refusal? Voidable(CompanyState state, EventId id, Instant? knownAt)
    {
        if (!state.Events.TryGetValue(id, out var slot))
        {
            return new UnknownEvent(id);
        }

        if (slot.IsVoided)
        {
            return new AlreadyVoided(id);
        }

        if (slot.Kind == typeof(CompanyRegistered))
        {
            return new NotVoidable(id, "a registration holds for ever; rename the company instead");
        }

        if (slot.Role is StepRole.Refusing or StepRole.Closing || slot.Kind == typeof(EventVoided) || slot.Kind == typeof(ReceiptAcknowledged))
        {
            return new NotVoidable(id, $"{slot.Kind.Name} is the answer to another event; record the fact again");
        }

        return knownAt is { } known && known < slot.KnownAt
            ? new InvalidField("known", known.ToString(), $"not before the known time {slot.KnownAt} of the event it voids")
            : null;
    }

    /// <summary>The rule that breaks when the event is left out, if any.</summary>
    private static Refusal? Without(CompanyState state, EventId id)
    {
        if (state.OpenVoid is { } open)
        {
            return new VoidInProgress(open);
        }

        return CompanyEvolution.LedgerWithout(state, id).Refusal;
    }
}
