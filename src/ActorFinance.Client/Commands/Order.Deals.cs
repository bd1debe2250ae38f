namespace ActorFinance.Client;

/// <content>Steps of deals, loans and guarantees, and what is put right.</content>
public sealed partial class Order
{
    public static Order RenameCompany(string name) => Of("rename-company").With("name", name);

    /// <summary>Goods or services under way to a buyer; of the seller.</summary>
    public static Order DeliverPurchase(string buyer, decimal quantity, string? item = null, string? unit = null) =>
        Of("deliver-purchase").With("buyer", buyer).With("quantity", quantity).With("item", item).With("unit", unit);

    /// <param name="payee">Who gets it.</param>
    /// <param name="amount">How much.</param>
    /// <param name="purpose"><c>revenue-share</c>, <c>royalty</c>, <c>fee</c> or <c>other</c>.</param>
    public static Order PayTransfer(string payee, Money amount, string purpose) => Of("pay-transfer").With("payee", payee).With("amount", amount).With("purpose", purpose);

    /// <summary>The lender pays a loan out.</summary>
    /// <param name="loan">Its id.</param>
    /// <param name="borrower">Who gets it.</param>
    /// <param name="amount">How much.</param>
    /// <param name="draws">A commitment that it draws on.</param>
    /// <param name="rate">Of interest, a year.</param>
    /// <param name="dayCount"><c>actual360</c>, <c>actual365</c>, <c>thirty360</c> or <c>actual-actual</c>.</param>
    /// <param name="maturity">When it is due.</param>
    public static Order DrawLoan(string loan, string borrower, Money amount, string? draws = null, decimal? rate = null, string? dayCount = null, DateTimeOffset? maturity = null) =>
        Of("draw-loan").With("loan", loan).With("borrower", borrower).With("amount", amount).With("draws", draws).With("rate", rate).With("dayCount", dayCount)
            .With("maturity", maturity is { } at ? Command.TextOf(at) : null);

    /// <summary>Of the borrower.</summary>
    public static Order RepayLoan(string loan, string lender, Money amount) => Of("repay-loan").With("loan", loan).With("lender", lender).With("amount", amount);

    /// <inheritdoc cref="RepayLoan" />
    public static Order PayInterest(string loan, string lender, Money amount) => Of("pay-interest").With("loan", loan).With("lender", lender).With("amount", amount);

    /// <param name="guarantee">Its id.</param>
    /// <param name="ceiling">The most that it pays.</param>
    /// <param name="obligor">For whom.</param>
    /// <param name="beneficiary">To whom.</param>
    public static Order GiveGuarantee(string guarantee, Money ceiling, string? obligor = null, string? beneficiary = null) =>
        Of("give-guarantee").With("guarantee", guarantee).With("ceiling", ceiling).With("obligor", obligor).With("beneficiary", beneficiary);

    public static Order CallGuarantee(string guarantee, Money amount) => Of("call-guarantee").With("guarantee", guarantee).With("amount", amount);

    public static Order ReachMilestone(string milestone) => Of("reach-milestone").With("milestone", milestone);

    /// <summary>The deal is that of the command.</summary>
    public static Order CompleteDeal() => Of("complete-deal");

    /// <inheritdoc cref="CompleteDeal" />
    public static Order CancelDeal(string reason) => Of("cancel-deal").With("reason", reason);

    /// <summary>The command's deal is replaced by another.</summary>
    public static Order SupersedeDeal(string by) => Of("supersede-deal").With("by", by);

    /// <summary>Part of what was promised is given up.</summary>
    public static Order ReleaseCommitment(string commitment, Money amount, string? reason = null) =>
        Of("release-commitment").With("commitment", commitment).With("amount", amount).With("reason", reason);

    /// <summary>So much of <paramref name="quote"/> for one of <paramref name="currency"/>, from the command's time on. Of the company <c>$market</c> only.</summary>
    public static Order RecordFxRate(string currency, string quote, decimal rate) => Of("record-fx-rate").With("base", currency).With("quote", quote).With("rate", rate);

    /// <summary>An event of the company's was wrong: it stays in the journal and counts no more. What two companies did together is voided for both.</summary>
    public static Order VoidEvent(string eventId, string reason) => Of("void-event").With("event", eventId).With("reason", reason);
}
