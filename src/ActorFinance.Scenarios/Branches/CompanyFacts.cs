namespace ActorFinance.Scenarios.Branches;

/// <summary>A company as facts make it that count somewhere, and that no journal holds in this order.</summary>
internal static class CompanyFacts
{
    /// <summary>
    /// In the order in which a company can have them: it is registered before all else, since a later registration holds for earlier facts too; then fold
    /// order, in which each prefix of a timeline holds.
    /// </summary>
    public static IEnumerable<RecordedEvent> InOrder(IEnumerable<RecordedEvent> facts) => facts.OrderBy(recorded => recorded.Event is not CompanyRegistered).ThenBy(recorded => recorded.Key);

    /// <summary>The state after these facts.</summary>
    /// <param name="company">The emitter of all.</param>
    /// <param name="inOrder">See <see cref="InOrder"/>.</param>
    /// <param name="postingOf">The event that posts a step: all that count are posted.</param>
    public static CompanyState StateOf(CompanyId company, IEnumerable<EventEnvelope> inOrder, Func<StepId, EventId> postingOf)
    {
        var state = inOrder.Aggregate(CompanyState.Empty(company), Next);

        // Where the cut lies between a step's commit point and the register's note of it, the note follows from the rest.
        foreach (var pending in state.PendingSteps().OrderBy(pending => pending.Header.SequenceNumber).ToList())
        {
            if (Company.CloseStep(state, pending.Header.Step!.Value, postingOf(pending.Header.Step.Value), "") is { } note)
            {
                state = Company.Evolve(state, Enveloping.Envelop(company, note, state.LastSequenceNumber + 1, new(new Guid((int)state.LastSequenceNumber, 0, 0, new byte[8])), pending.Header.Step.Value, state.LastRecordedAt, default));
            }
        }

        return state;
    }

    /// <summary>The state after one more fact. A step that was voided later has left its note behind, which says nothing any more.</summary>
    public static CompanyState Next(CompanyState state, EventEnvelope fact) =>
        fact.Event is StepPosted && state.Steps.GetValueOrDefault(fact.Header.Step!.Value) is not { State: StepState.Pending }
            ? state
            : Company.Evolve(state, fact with { Header = fact.Header with { SequenceNumber = state.LastSequenceNumber + 1 } });
}
