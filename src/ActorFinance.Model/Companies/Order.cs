namespace ActorFinance.Model;

/// <summary>A command on its way through a decision: the company's state, what its events will carry, and who else is registered.</summary>
internal sealed record Order(CompanyState State, EventParticulars Particulars, Counterparts Others)
{
    public CompanyId Company => State.Id;

    /// <summary>The standing just before the fact would hold.</summary>
    public Standing Before() => State.Ledger.Before(new(Particulars.EffectiveAt, Particulars.Rank, State.LastSequenceNumber + 1));

    public Decision Fit(CompanyEvent fact) => Model.Company.Fit(State, new(fact, Particulars));

    public Decision FitUnless(Refusal? refusal, CompanyEvent fact) => refusal is null ? Fit(fact) : refusal;

    /// <summary>A step whose other side is another company's; one whose payer is outside posts itself, both events in one write.</summary>
    public Decision OpenStep(CompanyEvent pending)
    {
        var draft = new EventDraft(pending, Particulars, Step: null, StepRole.Pending);
        if (Model.Company.Misfit(State, draft) is { } refusal)
        {
            return refusal;
        }

        var (poster, payment) = StepPayments.Of(Company, pending);
        if (poster == Company && Turnovers.Exceeds(State, payment) is { } exceeded)
        {
            return exceeded;
        }

        return poster == Company
            ? new Decision.Accepted([draft, new(payment, Particulars, Step: null, StepRole.Posting)])
            : new Decision.OpensStep(draft, poster, payment);
    }
}
