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

    public static IReadOnlyList<CompanyId> Of(CompanyEvent fact)
    {
        Of(fact, out var first, out var second);
        return (first, second) switch
        {
            ({ } one, { } other) => [one, other],
            ({ } one, _) => [one],
            _ => [],
        };
    }

    /// <summary>The same without a list, for every event of a book; the second only beside a first, and never the same.</summary>
    internal static void Of(CompanyEvent fact, out CompanyId? first, out CompanyId? second)
    {
        (first, second) = (null, null);
        switch (fact)
        {
            case InvestmentMade e: first = e.Investee; break;
            case PurchasePaid e: first = e.Seller; break;
            case PurchaseRefunded e: first = e.Buyer; break;
            case PurchaseDelivered e: first = e.Buyer; break;
            case TransferPaid e: first = e.Payee; break;
            case ReceiptAcknowledged e: first = e.Payer; break;
            case LoanDrawn e: first = e.Borrower; break;
            case LoanRepaid e: first = e.Lender; break;
            case InterestPaid e: first = e.Lender; break;
            case GuaranteeGiven e: (first, second) = (e.Obligor, e.Beneficiary); break;
            case GuaranteeCalled e: first = e.Beneficiary; break;
            case StepPaid e: (first, second) = (e.Register, e.Payee); break;
            case StepRefused e: first = e.Register; break;
            case SharesIssued e: first = e.Payer; break;
            case WarrantExercised e: first = e.Payer; break;
            case ConvertibleRegistered e: first = e.Payer; break;
            case DealAnnounced e: (first, second) = (e.Terms.From, e.Terms.To); break;
            case DealContracted e: (first, second) = (e.Terms.From, e.Terms.To); break;
            case InvestmentCommitted e: (first, second) = (e.Terms.From, e.Terms.To); break;
            case PurchaseCommitted e: (first, second) = (e.Terms.From, e.Terms.To); break;
            case LoanCommitted e: (first, second) = (e.Terms.From, e.Terms.To); break;
            case EventVoided e: first = e.Counterparty; break;
        }

        if (first is null)
        {
            (first, second) = (second, null);
        }
        else if (second is { } other && other == first.Value)
        {
            second = null;
        }
    }
}
