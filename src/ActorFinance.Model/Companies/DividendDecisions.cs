namespace ActorFinance.Model;

internal static class DividendDecisions
{
    public static Decision Declare(Order order, DeclareDividend declare)
    {
        if ((declare.Total is null) == (declare.Shares is null))
        {
            return new InvalidField("total", declare.Total?.ToString() ?? "", "stated, or else a list of shares, and not both");
        }

        return declare.Total is { } total ? ProRata(order, declare.Class, total) : Listed(order, declare);
    }

    private static Decision Listed(Order order, DeclareDividend declare)
    {
        var shares = declare.Shares!;
        if (shares.Count == 0)
        {
            return new InvalidField("shares", "", "at least one holder");
        }

        foreach (var share in shares)
        {
            if ((Guards.Positive("shares", share.Amount) ?? ShareDecisions.NotItself(order, share.Holder)) is { } refusal)
            {
                return refusal;
            }
        }

        return shares.Select(share => share.Holder).Distinct().Count() != shares.Count
            ? new InvalidField("shares", "", "a list that names each holder once")
            : order.Fit(new DividendDeclared(declare.Class, shares));
    }

    /// <summary>By largest remainder to the decimals of money, ties by holder id.</summary>
    private static Decision ProRata(Order order, ShareClassId? @class, Money total)
    {
        if (Guards.Positive("total", total) is { } refusal)
        {
            return refusal;
        }

        if (@class is not { } id)
        {
            return new InvalidField("class", "", "stated when a total is shared out");
        }

        if (!order.Before().Classes.TryGetValue(id, out var share))
        {
            return new UnknownShareClass(id);
        }

        var holders = share.Holdings.OrderBy(holding => holding.Key).ToList();
        if (holders.Count == 0)
        {
            return new NothingOutstanding(order.Company);
        }

        var parts = Apportion.LargestRemainder(total.Amount, [.. holders.Select(holding => holding.Value)], Money.Decimals);
        var shares = holders
            .Zip(parts, (holding, part) => new DividendShare(holding.Key, Money.Of(part, total.Currency)))
            .Where(part => part.Amount.IsPositive)
            .ToValueList();
        return order.Fit(new DividendDeclared(id, shares));
    }
}
