using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>Which events the share register is made of. All of them are emitted by the issuer, so its own events answer every question about it.</summary>
public static class ShareEvents
{
    /// <summary>False for those that the register ignores, each by name: a new event type must be put on one of the two lists.</summary>
    public static bool Concern(CompanyEvent fact) =>
        fact switch
        {
            ShareClassCreated or SharesIssued or PoolReserved or SharesTransferred or SharesRepurchased or SharesSplit => true,
            WarrantGranted or WarrantVested or WarrantExercised or WarrantLapsed => true,
            ConvertibleRegistered or ConvertibleConverted => true,
            ValuationRecorded => true,

            CompanyRegistered or CompanyRenamed or MilestoneReached or FxRateRecorded or EventVoided => false,
            ExternalCashReceived or ExternalCashPaid or PurchasePaid or PurchaseRefunded or PurchaseDelivered or TransferPaid => false,
            // The money of an investment: its shares are the issuer's own event.
            InvestmentMade => false,
            ReceiptAcknowledged or StepPaid or StepRefused or StepPosted => false,
            DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted => false,
            InvestmentCommitted or PurchaseCommitted or LoanCommitted or CommitmentReleased => false,
            LoanDrawn or LoanRepaid or InterestPaid or GuaranteeGiven or GuaranteeCalled or DividendDeclared => false,

            _ => throw new InvalidOperationException($"the share register neither uses nor ignores {fact.GetType().Name}"),
        };
}
