using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>What money moved for. The rows of the stock-flow matrix.</summary>
public enum FlowKind
{
    Investment = 1,
    Purchase = 2,
    Refund = 3,
    Loan = 4,
    Repayment = 5,
    Interest = 6,
    Dividend = 7,
    Transfer = 8,

    /// <summary>For shares bought from a holder or a warrant exercised: neither investment nor purchase.</summary>
    StepPayment = 9,
    Repurchase = 10,
    GuaranteeCall = 11,

    /// <summary>With the outside; the category says for what.</summary>
    External = 12,
}

/// <summary>
/// Money that one event moves: from and to a company, null is the outside. <paramref name="Category"/> is there for
/// <see cref="FlowKind.External"/> only. In kind moves no cash.
/// </summary>
public sealed record CashMovement(CompanyId? From, CompanyId? To, Money Amount, FlowKind Kind, ExternalCategory? Category, bool InKind);

/// <summary>The same as a value, for those who ask about every event of a book.</summary>
internal readonly record struct Moved(CompanyId? From, CompanyId? To, Money Amount, FlowKind Kind, ExternalCategory? Category, bool InKind)
{
    public CashMovement ToMovement() => new(From, To, Amount, Kind, Category, InKind);
}

/// <summary>The one place that says which events move money, and from whom to whom.</summary>
public static class Movements
{
    /// <summary>The events that move money.</summary>
    public static IReadOnlyList<Type> Moving { get; } =
    [
        typeof(ExternalCashReceived), typeof(ExternalCashPaid), typeof(InvestmentMade), typeof(PurchasePaid), typeof(PurchaseRefunded),
        typeof(TransferPaid), typeof(LoanDrawn), typeof(LoanRepaid), typeof(InterestPaid), typeof(DividendDeclared), typeof(SharesRepurchased),
        typeof(GuaranteeCalled), typeof(StepPaid),
    ];

    /// <summary>The events that move none by themselves; what is paid for shares moves with the event that posts the step.</summary>
    public static IReadOnlyList<Type> Still { get; } =
    [
        typeof(CompanyRegistered), typeof(CompanyRenamed), typeof(MilestoneReached), typeof(FxRateRecorded), typeof(EventVoided),
        typeof(PurchaseDelivered), typeof(ReceiptAcknowledged), typeof(DealAnnounced), typeof(DealContracted), typeof(DealSuperseded),
        typeof(DealCancelled), typeof(DealCompleted), typeof(InvestmentCommitted), typeof(PurchaseCommitted), typeof(LoanCommitted),
        typeof(CommitmentReleased), typeof(ShareClassCreated), typeof(SharesIssued), typeof(PoolReserved), typeof(SharesTransferred),
        typeof(SharesSplit), typeof(ValuationRecorded), typeof(WarrantGranted), typeof(WarrantVested), typeof(WarrantExercised),
        typeof(WarrantLapsed), typeof(ConvertibleRegistered), typeof(ConvertibleConverted), typeof(GuaranteeGiven), typeof(StepRefused),
        typeof(StepPosted),
    ];

    /// <summary>What the event moves; nothing for most events.</summary>
    /// <param name="envelope">An event that counts.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut; any other is outside.</param>
    public static IReadOnlyList<CashMovement> Of(EventEnvelope envelope, Func<HolderId, bool> isCompany) =>
        Of(envelope.Header.Emitter, envelope.Event, isCompany);

    /// <inheritdoc cref="Of(EventEnvelope, Func{HolderId, bool})"/>
    public static IReadOnlyList<CashMovement> Of(CompanyId self, CompanyEvent fact, Func<HolderId, bool> isCompany) =>
        fact is DividendDeclared e
            ? [.. Shares(self, e, isCompany).Select(share => share.ToMovement())]
            : Single(self, fact, isCompany) is { } moved ? [moved.ToMovement()] : [];

    /// <summary>What a dividend moves, holder by holder.</summary>
    internal static IEnumerable<Moved> Shares(CompanyId self, DividendDeclared dividend, Func<HolderId, bool> isCompany) =>
        dividend.Shares.Select(share => new Moved(self, CompanyOf(share.Holder, isCompany), share.Amount, FlowKind.Dividend, null, false));

    /// <summary>The one movement of an event that is no dividend; null if it moves nothing.</summary>
    internal static Moved? Single(CompanyId self, CompanyEvent fact, Func<HolderId, bool> isCompany) =>
        fact switch
        {
            ExternalCashReceived e => new Moved(null, self, e.Amount, FlowKind.External, e.Category, false),
            ExternalCashPaid e => new Moved(self, null, e.Amount, FlowKind.External, e.Category, false),
            InvestmentMade e => new Moved(self, e.Investee, e.Amount, FlowKind.Investment, null, e.InKind),
            PurchasePaid e => new Moved(self, e.Seller, e.Amount, FlowKind.Purchase, null, e.InKind),
            PurchaseRefunded e => new Moved(self, e.Buyer, e.Amount, FlowKind.Refund, null, e.InKind),
            TransferPaid e => new Moved(self, e.Payee, e.Amount, FlowKind.Transfer, null, false),
            LoanDrawn e => new Moved(self, e.Borrower, e.Amount, FlowKind.Loan, null, false),
            LoanRepaid e => new Moved(self, e.Lender, e.Amount, FlowKind.Repayment, null, false),
            InterestPaid e => new Moved(self, e.Lender, e.Amount, FlowKind.Interest, null, false),
            SharesRepurchased { Amount: { } paid } e => new Moved(self, CompanyOf(e.Holder, isCompany), paid, FlowKind.Repurchase, null, false),
            GuaranteeCalled e => new Moved(self, e.Beneficiary, e.Amount, FlowKind.GuaranteeCall, null, false),
            StepPaid e => new Moved(self, e.Payee, e.Amount, FlowKind.StepPayment, null, false),
            _ => null,
        };

    /// <summary>Null for an event that moves no money.</summary>
    public static FlowKind? KindOf(CompanyEvent fact) => fact is DividendDeclared ? FlowKind.Dividend : Single(default, fact, _ => false)?.Kind;

    private static CompanyId? CompanyOf(HolderId holder, Func<HolderId, bool> isCompany) => isCompany(holder) ? holder.AsCompany() : null;
}
