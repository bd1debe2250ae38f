namespace ActorFinance.Model;

/// <summary>A company that rejects a shortfall has cash of 0 or more after each of its facts, counting receipts once it has acknowledged them.</summary>
internal static class CashRules
{
    public static bool Moves(CompanyEvent fact) =>
        fact is ExternalCashReceived or ReceiptAcknowledged or StepPaid
            || Payments.Of(fact).Any();

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
                return new Shortfall(standing.Company, Money.Total(has, paid.Key), Money.Total(needs, paid.Key));
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
