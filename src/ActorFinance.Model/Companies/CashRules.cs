namespace ActorFinance.Model;

/// <summary>A company that rejects a shortfall has cash of 0 or more after each of its facts, counting receipts once it has acknowledged them.</summary>
internal static class CashRules
{
    public static bool Moves(CompanyEvent fact) =>
        fact is ExternalCashReceived or ReceiptAcknowledged or StepPaid
            || Payments.Of(fact).Any();

    /// <summary>A payer outside is under nobody's rule but the receiver's: it takes no more than a total can hold. What other companies pay is not refused here.</summary>
    public static Refusal? Hold(Standing end, Money received)
    {
        var total = end.Cash.GetValueOrDefault(received.Currency) + received.Amount;
        return total >= Money.TotalLimit ? new TotalTooLarge($"the cash of '{end.Company}' in {received.Currency}", Numbers.Text(total)) : null;
    }

    public static Applied Apply(Standing standing, LedgerFact fact)
    {
        if (ReceiptOf(fact.Event) is { } received)
        {
            standing = Add(standing, received.Currency, received.Amount);
        }

        foreach (var paid in Payments.Of(fact.Event).GroupBy(paid => paid.Amount.Currency, paid => paid.Amount.Amount))
        {
            var has = standing.Cash.GetValueOrDefault(paid.Key);
            var needs = paid.Sum();
            if (has < needs)
            {
                return needs < Money.TotalLimit
                    ? new Shortfall(standing.Company, Money.Total(has, paid.Key), Money.Total(needs, paid.Key))
                    : new TotalTooLarge($"what '{standing.Company}' pays at once in {paid.Key}", Numbers.Text(needs));
            }

            standing = Add(standing, paid.Key, -needs);
        }

        return standing;
    }

    private static Money? ReceiptOf(CompanyEvent fact) => fact switch
    {
        ExternalCashReceived received => received.Amount,
        ReceiptAcknowledged acknowledged => acknowledged.Amount,
        _ => null,
    };

    private static Standing Add(Standing standing, Currency currency, decimal amount) =>
        standing with { Cash = standing.Cash.SetItem(currency, standing.Cash.GetValueOrDefault(currency) + amount) };
}
