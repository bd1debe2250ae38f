using ActorFinance.Actors.Companies;
using ActorFinance.Model;

namespace ActorFinance.Actors.Projections;

/// <summary>
/// What of a journal is half done: steps that are neither posted nor voided, and payments that a receiver has not counted yet. Takes the events in the order
/// of their offsets; those that are open (<see cref="Events"/>), taken alone, leave the same open.
/// </summary>
internal sealed class OpenWork(CompanyDirectory directory)
{
    /// <summary>Pending events and who is to post them: a void of what several companies count has one of each.</summary>
    private readonly Dictionary<(StepId Step, CompanyId Register), (CompanyId Poster, RecordedEvent Pending)> _steps = [];
    private readonly Dictionary<(CompanyId Payee, EventId Payment), RecordedEvent> _receipts = [];
    private readonly Dictionary<(CompanyId Payee, EventId Payment), RecordedEvent> _asked = [];

    /// <summary>Payments that wait for an acknowledgement no more because a pending void names them; if it is refused, they wait again.</summary>
    private readonly Dictionary<(StepId Step, CompanyId Payee), RecordedEvent> _voiding = [];

    public bool IsEmpty => _steps.Count == 0 && _receipts.Count == 0 && _asked.Count == 0;

    /// <summary>Who has a step to finish.</summary>
    public IEnumerable<CompanyId> Registers => _steps.Keys.Select(parties => parties.Register).Distinct();

    /// <summary>Receipts that were asked for and have not come.</summary>
    public IEnumerable<(CompanyId Payee, EventEnvelope Payment)> Asked => _asked.Select(asked => (asked.Key.Payee, asked.Value.Envelope));

    /// <summary>All that is open stands on, in the order of their offsets.</summary>
    public IReadOnlyList<RecordedEvent> Events =>
    [
        .. _steps.Values.Select(step => step.Pending).Concat(_receipts.Values).Concat(_asked.Values).Concat(_voiding.Values)
            .DistinctBy(recorded => recorded.Offset)
            .OrderBy(recorded => recorded.Offset.Value),
    ];

    /// <summary>Who was registered and what was half done at a point; of nothing that was noted before.</summary>
    public void Resume(ResumePoint point)
    {
        foreach (var (company, policy) in point.Companies)
        {
            directory.Note(company, policy);
        }

        foreach (var recorded in point.Open)
        {
            Note(recorded);
        }
    }

    public void Note(RecordedEvent recorded)
    {
        var envelope = recorded.Envelope;
        directory.Note(envelope);
        var header = envelope.Header;
        switch (envelope.Event)
        {
            case ReceiptAcknowledged acknowledged:
                Forget((header.Emitter, acknowledged.Payment));
                return;
            case EventVoided { Counterparty: not null, CounterpartEvent: { } payment } when header.Step is { } voidStep:
                if (Forget((header.Emitter, payment)) is { } unacknowledged)
                {
                    _voiding[(voidStep, header.Emitter)] = unacknowledged;
                }

                break;
        }

        switch (header)
        {
            case { Role: StepRole.Pending, Step: { } step } when StepPayments.OrderFor(envelope) is { } order:
                _steps[(step, header.Emitter)] = (order.Poster, recorded);
                break;
            case { Role: StepRole.Closing, Step: { } step }:
                _steps.Remove((step, header.Emitter));
                if (_voiding.Remove((step, header.Emitter), out var spared) && envelope.Event is EventVoided)
                {
                    _receipts[(header.Emitter, spared.Header.Id)] = spared;
                }

                return;
        }

        foreach (var (payee, _) in Payments.Of(envelope.Event))
        {
            // The register of a step counts its receipt by closing the step.
            if (payee?.AsCompany() is { } company
                && directory.PolicyOf(company) == CashPolicy.RejectShortfall
                && !(header.Step is { } step && _steps.ContainsKey((step, company))))
            {
                _receipts[(company, header.Id)] = recorded;
            }
        }
    }

    /// <summary>The receipts that were not asked for yet: whoever takes them asks.</summary>
    public IReadOnlyList<(CompanyId Payee, EventEnvelope Payment)> TakeReceipts()
    {
        var receipts = _receipts.Select(receipt => (receipt.Key.Payee, receipt.Value.Envelope)).ToList();
        foreach (var (key, payment) in _receipts)
        {
            _asked[key] = payment;
        }

        _receipts.Clear();
        return receipts;
    }

    public bool IsFor(CompanyId company) =>
        _asked.Keys.Any(key => key.Payee == company) || _steps.Any(step => step.Key.Register == company || step.Value.Poster == company);

    private RecordedEvent? Forget((CompanyId Payee, EventId Payment) key) =>
        _receipts.Remove(key, out var payment) | _asked.Remove(key, out var asked) ? payment ?? asked : null;
}
