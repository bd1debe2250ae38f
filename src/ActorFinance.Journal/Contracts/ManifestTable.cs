using System.Diagnostics.CodeAnalysis;
using ActorFinance.Journal.Upcasting;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>Every manifest that a journal may hold: each version ever written of each event type. Lines are added, never changed.</summary>
public static class ManifestTable
{
    // Manifest, number of the body's keys, writing, reading.
    private static readonly EventContract[] Contracts =
    [
        EventContract.Old("company-registered:1", 3, CompanyContracts.ReadCompanyRegisteredV1, CompanyRegisteredV1.Upcast),
        EventContract.Current<CompanyRegistered>("company-registered:2", 4, CompanyContracts.Write, CompanyContracts.ReadCompanyRegistered),
        EventContract.Current<CompanyRenamed>("company-renamed:1", 1, CompanyContracts.Write, CompanyContracts.ReadCompanyRenamed),
        EventContract.Current<MilestoneReached>("milestone-reached:1", 1, CompanyContracts.Write, CompanyContracts.ReadMilestoneReached),
        EventContract.Current<FxRateRecorded>("fx-rate-recorded:1", 3, CompanyContracts.Write, CompanyContracts.ReadFxRateRecorded),
        EventContract.Current<EventVoided>("event-voided:1", 4, CompanyContracts.Write, CompanyContracts.ReadEventVoided),

        EventContract.Current<ExternalCashReceived>("external-cash-received:1", 2, CashContracts.Write, CashContracts.ReadExternalCashReceived),
        EventContract.Current<ExternalCashPaid>("external-cash-paid:1", 2, CashContracts.Write, CashContracts.ReadExternalCashPaid),
        EventContract.Current<InvestmentMade>("investment-made:1", 9, CashContracts.Write, CashContracts.ReadInvestmentMade),
        EventContract.Current<PurchasePaid>("purchase-paid:1", 7, CashContracts.Write, CashContracts.ReadPurchasePaid),
        EventContract.Current<PurchaseRefunded>("purchase-refunded:1", 6, CashContracts.Write, CashContracts.ReadPurchaseRefunded),
        EventContract.Current<TransferPaid>("transfer-paid:1", 3, CashContracts.Write, CashContracts.ReadTransferPaid),
        EventContract.Current<PurchaseDelivered>("purchase-delivered:1", 4, CashContracts.Write, CashContracts.ReadPurchaseDelivered),
        EventContract.Current<ReceiptAcknowledged>("receipt-acknowledged:1", 3, CashContracts.Write, CashContracts.ReadReceiptAcknowledged),

        EventContract.Current<DealAnnounced>("deal-announced:1", 1, DealContracts.Write, DealContracts.ReadDealAnnounced),
        EventContract.Current<DealContracted>("deal-contracted:1", 1, DealContracts.Write, DealContracts.ReadDealContracted),
        EventContract.Current<DealSuperseded>("deal-superseded:1", 1, DealContracts.Write, DealContracts.ReadDealSuperseded),
        EventContract.Current<DealCancelled>("deal-cancelled:1", 1, DealContracts.Write, DealContracts.ReadDealCancelled),
        EventContract.Current<DealCompleted>("deal-completed:1", 0, DealContracts.Write, DealContracts.ReadDealCompleted),

        EventContract.Current<InvestmentCommitted>("investment-committed:1", 1, CommitmentContracts.Write, CommitmentContracts.ReadInvestmentCommitted),
        EventContract.Current<PurchaseCommitted>("purchase-committed:1", 1, CommitmentContracts.Write, CommitmentContracts.ReadPurchaseCommitted),
        EventContract.Current<LoanCommitted>("loan-committed:1", 1, CommitmentContracts.Write, CommitmentContracts.ReadLoanCommitted),
        EventContract.Current<CommitmentReleased>("commitment-released:1", 3, CommitmentContracts.Write, CommitmentContracts.ReadCommitmentReleased),

        EventContract.Current<ShareClassCreated>("share-class-created:1", 6, ShareContracts.Write, ShareContracts.ReadShareClassCreated),
        EventContract.Current<SharesIssued>("shares-issued:1", 10, ShareContracts.Write, ShareContracts.ReadSharesIssued),
        EventContract.Current<PoolReserved>("pool-reserved:1", 2, ShareContracts.Write, ShareContracts.ReadPoolReserved),
        EventContract.Current<SharesTransferred>("shares-transferred:1", 8, ShareContracts.Write, ShareContracts.ReadSharesTransferred),
        EventContract.Current<SharesRepurchased>("shares-repurchased:1", 4, ShareContracts.Write, ShareContracts.ReadSharesRepurchased),
        EventContract.Current<SharesSplit>("shares-split:1", 3, ShareContracts.Write, ShareContracts.ReadSharesSplit),
        EventContract.Current<ValuationRecorded>("valuation-recorded:1", 5, ShareContracts.Write, ShareContracts.ReadValuationRecorded),
        EventContract.Current<DividendDeclared>("dividend-declared:1", 2, ShareContracts.Write, ShareContracts.ReadDividendDeclared),

        EventContract.Current<WarrantGranted>("warrant-granted:1", 6, WarrantContracts.Write, WarrantContracts.ReadWarrantGranted),
        EventContract.Current<WarrantVested>("warrant-vested:1", 2, WarrantContracts.Write, WarrantContracts.ReadWarrantVested),
        EventContract.Current<WarrantExercised>("warrant-exercised:1", 4, WarrantContracts.Write, WarrantContracts.ReadWarrantExercised),
        EventContract.Current<WarrantLapsed>("warrant-lapsed:1", 1, WarrantContracts.Write, WarrantContracts.ReadWarrantLapsed),
        EventContract.Current<ConvertibleRegistered>("convertible-registered:1", 7, WarrantContracts.Write, WarrantContracts.ReadConvertibleRegistered),
        EventContract.Current<ConvertibleConverted>("convertible-converted:1", 3, WarrantContracts.Write, WarrantContracts.ReadConvertibleConverted),

        EventContract.Current<LoanDrawn>("loan-drawn:1", 7, LoanContracts.Write, LoanContracts.ReadLoanDrawn),
        EventContract.Current<LoanRepaid>("loan-repaid:1", 3, LoanContracts.Write, LoanContracts.ReadLoanRepaid),
        EventContract.Current<InterestPaid>("interest-paid:1", 3, LoanContracts.Write, LoanContracts.ReadInterestPaid),
        EventContract.Current<GuaranteeGiven>("guarantee-given:1", 4, LoanContracts.Write, LoanContracts.ReadGuaranteeGiven),
        EventContract.Current<GuaranteeCalled>("guarantee-called:1", 3, LoanContracts.Write, LoanContracts.ReadGuaranteeCalled),

        EventContract.Current<StepPaid>("step-paid:1", 3, StepContracts.Write, StepContracts.ReadStepPaid),
        EventContract.Current<StepRefused>("step-refused:1", 3, StepContracts.Write, StepContracts.ReadStepRefused),
        EventContract.Current<StepPosted>("step-posted:1", 1, StepContracts.Write, StepContracts.ReadStepPosted),
    ];

    private static readonly Dictionary<string, EventContract> ByManifest = Contracts.ToDictionary(c => c.Manifest, StringComparer.Ordinal);

    private static readonly Dictionary<Type, EventContract> CurrentByType = Contracts.Where(c => c.IsCurrent).ToDictionary(c => c.EventType);

    public static IReadOnlyList<string> All { get; } = [.. Contracts.Select(c => c.Manifest)];

    /// <summary>Those in which events are written; the rest is only read.</summary>
    public static IReadOnlyList<string> Current { get; } = [.. Contracts.Where(c => c.IsCurrent).Select(c => c.Manifest)];

    public static bool IsKnown(string manifest) => ByManifest.ContainsKey(manifest);

    /// <summary>What an event of this manifest is decoded to; null for an unknown manifest.</summary>
    public static Type? EventTypeOf(string manifest) => ByManifest.GetValueOrDefault(manifest)?.EventType;

    /// <summary>The manifest that an event of this type is written under; null for a type that no contract knows.</summary>
    public static string? CurrentManifestOf(Type eventType) => CurrentByType.GetValueOrDefault(eventType)?.Manifest;

    internal static bool TryGet(string manifest, [NotNullWhen(true)] out EventContract? contract) => ByManifest.TryGetValue(manifest, out contract);

    internal static bool TryGetCurrent(Type eventType, [NotNullWhen(true)] out EventContract? contract) => CurrentByType.TryGetValue(eventType, out contract);
}
