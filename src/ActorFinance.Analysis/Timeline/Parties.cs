using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>The companies that an event names as companies, its emitter apart. Holder ids are not among them: a holder need not be a company.</summary>
public static class Parties
{
    /// <summary>The events that can name one.</summary>
    public static IReadOnlyList<Type> Naming { get; } =
    [
        typeof(InvestmentMade), typeof(PurchasePaid), typeof(PurchaseRefunded), typeof(PurchaseDelivered), typeof(TransferPaid),
        typeof(ReceiptAcknowledged), typeof(LoanDrawn), typeof(LoanRepaid), typeof(InterestPaid), typeof(GuaranteeGiven),
        typeof(GuaranteeCalled), typeof(StepPaid), typeof(StepRefused), typeof(SharesIssued), typeof(WarrantExercised),
        typeof(ConvertibleRegistered), typeof(DealAnnounced), typeof(DealContracted), typeof(InvestmentCommitted),
        typeof(PurchaseCommitted), typeof(LoanCommitted), typeof(EventVoided),
    ];

    public static IReadOnlyList<CompanyId> Of(CompanyEvent fact) =>
        fact switch
        {
            InvestmentMade e => [e.Investee],
            PurchasePaid e => [e.Seller],
            PurchaseRefunded e => [e.Buyer],
            PurchaseDelivered e => [e.Buyer],
            TransferPaid e => [e.Payee],
            ReceiptAcknowledged e => [e.Payer],
            LoanDrawn e => [e.Borrower],
            LoanRepaid e => [e.Lender],
            InterestPaid e => [e.Lender],
            GuaranteeGiven e => Named(e.Obligor, e.Beneficiary),
            GuaranteeCalled e => Named(e.Beneficiary, null),
            StepPaid e => Named(e.Register, e.Payee),
            StepRefused e => [e.Register],
            SharesIssued e => Named(e.Payer, null),
            WarrantExercised e => Named(e.Payer, null),
            ConvertibleRegistered e => Named(e.Payer, null),
            DealAnnounced e => Named(e.Terms.From, e.Terms.To),
            DealContracted e => Named(e.Terms.From, e.Terms.To),
            InvestmentCommitted e => Named(e.Terms.From, e.Terms.To),
            PurchaseCommitted e => Named(e.Terms.From, e.Terms.To),
            LoanCommitted e => Named(e.Terms.From, e.Terms.To),
            EventVoided e => Named(e.Counterparty, null),
            _ => [],
        };

    private static CompanyId[] Named(CompanyId? first, CompanyId? second) =>
        (first, second) switch
        {
            ({ } one, { } two) when one != two => [one, two],
            ({ } one, _) => [one],
            (null, { } two) => [two],
            _ => [],
        };
}
