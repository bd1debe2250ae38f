using ActorFinance.Model;

namespace ActorFinance.Actors.Importing;

/// <summary>Whose states a command's decision may look at or change.</summary>
internal static class CommandParties
{
    /// <summary>The companies, or null when only the journal knows: then all are needed.</summary>
    public static IEnumerable<CompanyId>? Of(CommandEnvelope envelope)
    {
        // The holder of a warrant and the beneficiary of a guarantee stand in the journal only.
        if (envelope.Command is VoidEvent or DeclareDividend { Total: not null } or ExerciseWarrant or CallGuarantee)
        {
            return null;
        }

        IEnumerable<CompanyId?> others = envelope.Command switch
        {
            Invest invest => [invest.Investee],
            PayPurchase pay => [pay.Seller],
            RefundPurchase refund => [refund.Buyer],
            PayTransfer pay => [pay.Payee],
            DeliverPurchase deliver => [deliver.Buyer],
            AnnounceDeal announce => [announce.Terms.From, announce.Terms.To],
            ContractDeal contract => [contract.Terms.From, contract.Terms.To],
            CommitInvestment commit => [commit.Terms.From, commit.Terms.To],
            CommitPurchase commit => [commit.Terms.From, commit.Terms.To],
            CommitLoan commit => [commit.Terms.From, commit.Terms.To],
            IssueShares issue => [issue.Holder.AsCompany()],
            SellShares sell => [sell.Investor.AsCompany()],
            SellConvertible sell => [sell.Investor.AsCompany()],
            TransferShares transfer => [transfer.From.AsCompany(), transfer.To.AsCompany()],
            RepurchaseShares repurchase => [repurchase.Holder.AsCompany()],
            GrantWarrant grant => [grant.Holder.AsCompany()],
            DeclareDividend { Shares: { } shares } => shares.Select(share => share.Holder.AsCompany()),
            DrawLoan draw => [draw.Borrower],
            RepayLoan repay => [repay.Lender],
            PayInterest pay => [pay.Lender],
            GiveGuarantee give => [give.Obligor, give.Beneficiary],
            _ => [],
        };
        return others.OfType<CompanyId>().Prepend(envelope.Company);
    }
}
