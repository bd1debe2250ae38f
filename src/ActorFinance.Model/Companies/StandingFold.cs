namespace ActorFinance.Model;

/// <summary>
/// One step of a company's fold: the same function judges a new fact at its own time and every later fact after it.
/// Each rule of writing stands once, in the file of its family.
/// </summary>
internal static class StandingFold
{
    /// <summary>Whether any decision ever looks at this fact; the others need no place in the timeline.</summary>
    public static bool Checks(CompanyEvent fact, bool keepsCash) => fact switch
    {
        ShareClassCreated or SharesIssued or PoolReserved or SharesTransferred or SharesRepurchased or SharesSplit or ValuationRecorded => true,
        WarrantGranted or WarrantVested or WarrantExercised or WarrantLapsed or ConvertibleRegistered or ConvertibleConverted => true,
        InvestmentCommitted or PurchaseCommitted or LoanCommitted or CommitmentReleased => true,
        DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted => true,
        GuaranteeGiven or GuaranteeCalled => true,
        _ => Payments.DrawOf(fact) is not null || (keepsCash && CashRules.Moves(fact)),
    };

    public static Applied Apply(Standing standing, LedgerFact fact)
    {
        var applied = fact.Event switch
        {
            ShareClassCreated created => ShareRules.Create(standing, created),
            SharesIssued issued => ShareRules.Issue(standing, issued, fact.IsPending),
            PoolReserved reserved => ShareRules.Reserve(standing, reserved),
            SharesTransferred transferred => ShareRules.Transfer(standing, transferred, fact.IsPending),
            SharesRepurchased repurchased => ShareRules.Repurchase(standing, repurchased),
            SharesSplit split => SplitRules.Split(standing, split),
            ValuationRecorded recorded => ShareRules.Value(standing, recorded),
            WarrantGranted granted => WarrantRules.Grant(standing, granted),
            WarrantVested vested => WarrantRules.Vest(standing, vested, fact.Key.EffectiveAt),
            WarrantExercised exercised => WarrantRules.Exercise(standing, exercised, fact.Key.EffectiveAt, fact.IsPending),
            WarrantLapsed lapsed => WarrantRules.Lapse(standing, lapsed, fact.Key.EffectiveAt),
            ConvertibleRegistered registered => WarrantRules.Register(standing, registered, fact.IsPending),
            ConvertibleConverted converted => WarrantRules.Convert(standing, converted),
            InvestmentCommitted committed => CommitmentRules.Commit(standing, committed.Terms, fact.Deal),
            PurchaseCommitted committed => CommitmentRules.Commit(standing, committed.Terms, fact.Deal),
            LoanCommitted committed => CommitmentRules.Commit(standing, committed.Terms, fact.Deal),
            CommitmentReleased released => CommitmentRules.Reduce(standing, released.Commitment, released.Amount),
            DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted => CommitmentRules.Move(standing, fact),
            GuaranteeGiven given => CommitmentRules.Give(standing, given),
            GuaranteeCalled called => CommitmentRules.Call(standing, called),
            _ => standing,
        };

        if (applied.Standing is { } drawing && Payments.DrawOf(fact.Event) is { } draw)
        {
            applied = CommitmentRules.Reduce(drawing, draw.Commitment, draw.Amount);
        }

        return applied.Standing is { KeepsCash: true } paying ? CashRules.Apply(paying, fact) : applied;
    }
}
