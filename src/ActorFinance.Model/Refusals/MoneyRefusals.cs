namespace ActorFinance.Model;

public sealed record Shortfall(CompanyId Company, Money Has, Money Needs) : Refusal("shortfall")
{
    public override string Message => $"'{Company}' rejects a shortfall: it has {Has} and needs {Needs}";
}

public sealed record TotalTooLarge(string What, string Total) : Refusal("total-too-large")
{
    public override string Message => $"{What} would be {Total}; a total must stay below the limit that keeps it exact";
}

public sealed record DealRequired(string Command) : Refusal("deal-required")
{
    public override string Message => $"{Command} must name its deal";
}

public sealed record UnknownDeal(DealId Deal) : Refusal("unknown-deal")
{
    public override string Message => $"this company announced or contracted no deal '{Deal}' by then";
}

public sealed record DealInState(DealId Deal, string State, string Asked) : Refusal("deal-in-state")
{
    public override string Message => $"deal '{Deal}' is {State}; it cannot be {Asked}";
}

public sealed record NotAParty(CompanyId Company) : Refusal("not-a-party")
{
    public override string Message => $"'{Company}' neither pays nor receives here; the payer emits it, the receiver only when the payer is outside";
}

public sealed record CommitmentExists(CommitmentId Commitment) : Refusal("commitment-exists")
{
    public override string Message => $"commitment '{Commitment}' exists already";
}

public sealed record UnknownCommitment(CommitmentId Commitment) : Refusal("unknown-commitment")
{
    public override string Message => $"this company has no commitment '{Commitment}' by then";
}

public sealed record DrawAboveCommitment(CommitmentId Commitment, Money Outstanding, Money Asked) : Refusal("draw-above-commitment")
{
    public override string Message => $"commitment '{Commitment}' has {Outstanding} outstanding, asked {Asked}";
}

public sealed record DueAmountsDiffer(CommitmentId Commitment, Money Committed, Money Due) : Refusal("due-amounts-differ")
{
    public override string Message => $"commitment '{Commitment}' is {Committed}, its due amounts add up to {Due}";
}

public sealed record GuaranteeExists(GuaranteeId Guarantee) : Refusal("guarantee-exists")
{
    public override string Message => $"guarantee '{Guarantee}' exists already";
}

public sealed record UnknownGuarantee(GuaranteeId Guarantee) : Refusal("unknown-guarantee")
{
    public override string Message => $"this company gave no guarantee '{Guarantee}' by then";
}

public sealed record AboveCeiling(GuaranteeId Guarantee, Money Ceiling, Money Called, Money Asked) : Refusal("above-ceiling")
{
    public override string Message => $"guarantee '{Guarantee}' has a ceiling of {Ceiling}, called so far {Called}, asked {Asked}";
}
