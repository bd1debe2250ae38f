namespace ActorFinance.Model;

/// <summary>What an event makes its emitter pay, and to whom: the one place that says so.</summary>
public static class Payments
{
    /// <summary>The cash that leaves the emitter; a null payee is outside or a holder that may be no company. In kind moves none.</summary>
    public static IEnumerable<(HolderId? Payee, Money Amount)> Of(CompanyEvent fact) => fact switch
    {
        ExternalCashPaid paid => [(null, paid.Amount)],
        InvestmentMade { InKind: false } made => [(HolderId.Of(made.Investee), made.Amount)],
        PurchasePaid { InKind: false } paid => [(HolderId.Of(paid.Seller), paid.Amount)],
        PurchaseRefunded { InKind: false } refunded => [(HolderId.Of(refunded.Buyer), refunded.Amount)],
        TransferPaid paid => [(HolderId.Of(paid.Payee), paid.Amount)],
        SharesRepurchased { Amount: { } amount } bought => [(bought.Holder, amount)],
        DividendDeclared dividend => dividend.Shares.Select(share => ((HolderId?)share.Holder, share.Amount)),
        LoanDrawn drawn => [(HolderId.Of(drawn.Borrower), drawn.Amount)],
        LoanRepaid repaid => [(HolderId.Of(repaid.Lender), repaid.Amount)],
        InterestPaid paid => [(HolderId.Of(paid.Lender), paid.Amount)],
        GuaranteeCalled called => [(called.Beneficiary is { } company ? HolderId.Of(company) : null, called.Amount)],
        StepPaid paid => [(paid.Payee is { } company ? HolderId.Of(company) : null, paid.Amount)],
        _ => [],
    };

    /// <summary>What an event of another company brings to this one, or null.</summary>
    public static Money? ReceivedBy(CompanyId company, CompanyEvent fact)
    {
        var self = HolderId.Of(company);
        Money? received = null;
        foreach (var (payee, amount) in Of(fact))
        {
            if (payee == self)
            {
                received = received is { } before ? before + amount : amount;
            }
        }

        return received;
    }

    /// <summary>The commitment of the emitter that an event draws, and by how much. For a payer outside the receiver committed, so it draws.</summary>
    public static (CommitmentId Commitment, Money Amount)? DrawOf(CompanyEvent fact) => fact switch
    {
        InvestmentMade { Draws: { } commitment } made => (commitment, made.Amount),
        PurchasePaid { Draws: { } commitment } paid => (commitment, paid.Amount),
        LoanDrawn { Draws: { } commitment } drawn => (commitment, drawn.Amount),
        SharesIssued { Draws: { } commitment, Payer: null, Amount: { } amount } => (commitment, amount),
        ConvertibleRegistered { Draws: { } commitment, Payer: null } registered => (commitment, registered.Principal),
        _ => null,
    };
}
