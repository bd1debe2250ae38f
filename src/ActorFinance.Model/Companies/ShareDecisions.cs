namespace ActorFinance.Model;

internal static class ShareDecisions
{
    public static Decision Create(Order order, CreateShareClass create)
    {
        if (create.Decimals is < 0 or > ShareQuantity.MaximumDecimals)
        {
            return new InvalidField("decimals", create.Decimals.ToString(), $"0 to {ShareQuantity.MaximumDecimals}");
        }

        if (create.ConversionRatio is { Value: 0 })
        {
            return new AmountNotPositive("conversionRatio", "0");
        }

        if (create is { Notional: true, Authorised: not null })
        {
            return new InvalidField("authorised", create.Authorised.Value.ToString(), "absent for a notional class");
        }

        return order.Fit(new ShareClassCreated(
            create.Class, create.VotesPerShare, create.Authorised, create.Decimals, create.ConversionRatio ?? Quantity.Of(1), create.Notional));
    }

    public static Decision Issue(Order order, IssueShares issue)
    {
        if ((issue.Quantity is null) == (issue.FractionHeld is null))
        {
            return new InvalidField("quantity", issue.Quantity?.ToString() ?? "", "stated, or else fractionHeld, and not both");
        }

        if (issue.Consideration == Consideration.Cash)
        {
            return new InvalidField("consideration", "cash", "none, in-kind, contract or conversion; shares for cash are sold (sell-shares)");
        }

        var refusal = Guards.Defined("consideration", issue.Consideration)
            ?? NotItself(order, issue.Holder)
            ?? (issue.Quantity is { } quantity ? Guards.Positive("quantity", quantity.Value) : null)
            ?? (issue.PricePerShare is { } price ? Guards.Positive("pricePerShare", price) : null)
            ?? (issue.FractionHeld is not null && issue.Holder.IsOutside ? new InvalidField("holder", "outside", "named; the outside holds what nobody else does") : null);
        return order.FitUnless(
            refusal,
            new SharesIssued(
                issue.Holder, issue.Class, issue.Quantity, issue.FractionHeld, issue.Consideration, Payer: null, Amount: null, issue.PricePerShare, Valuation: null, Draws: null));
    }

    public static Decision Sell(Order order, SellShares sell)
    {
        if ((sell.PricePerShare is null) == (sell.Valuation is null))
        {
            return new InvalidField("pricePerShare", sell.PricePerShare?.ToString() ?? "", "stated, or else a valuation, and not both");
        }

        if ((Guards.Positive("amount", sell.Amount) ?? NotItself(order, sell.Investor) ?? (sell.PricePerShare is { } stated ? Guards.Positive("pricePerShare", stated) : null)) is { } refusal)
        {
            return refusal;
        }

        var before = order.Before();
        if (!before.Classes.TryGetValue(sell.Class, out var share))
        {
            return new UnknownShareClass(sell.Class);
        }

        if (share.Notional)
        {
            return new NoNewUnitsOfNotionalClass(sell.Class);
        }

        var (price, currency, unpriced) = PriceOf(order, before, sell, share);
        if (unpriced is not null)
        {
            return unpriced;
        }

        if (currency != sell.Amount.Currency)
        {
            return new CurrenciesDiffer("the price", currency, sell.Amount.Currency);
        }

        if ((ExactRatio.Of(sell.Amount.Amount) / price!.Value).Round(share.Decimals) is not { } bought || bought >= ShareQuantity.Limit)
        {
            return new TotalTooLarge($"shares of '{sell.Class}' bought", "1e16 or more");
        }

        return bought == 0
            ? new BuysNoShare(sell.Class, sell.Amount)
            : order.OpenStep(new SharesIssued(
                sell.Investor,
                sell.Class,
                ShareQuantity.Of(bought),
                FractionHeld: null,
                Consideration.Cash,
                CompanyOf(order, sell.Investor),
                sell.Amount,
                sell.PricePerShare,
                sell.Valuation,
                sell.Draws));
    }

    public static Decision Reserve(Order order, ReservePool reserve) =>
        order.FitUnless(
            Guards.Positive("quantity", reserve.Quantity.Value),
            new PoolReserved(reserve.Class, reserve.Quantity));

    public static Decision Transfer(Order order, TransferShares transfer)
    {
        if (transfer.From == transfer.To)
        {
            return new InvalidField("to", transfer.To.Value, "another holder than 'from'");
        }

        if ((Guards.Positive("quantity", transfer.Quantity.Value)
            ?? NotItself(order, transfer.From)
            ?? NotItself(order, transfer.To)
            ?? (transfer.PricePerShare is { } price ? Guards.Positive("pricePerShare", price) : null)) is { } refusal)
        {
            return refusal;
        }

        var seller = CompanyOf(order, transfer.From) is not null;
        var buyer = CompanyOf(order, transfer.To) is not null;
        if (transfer.PricePerShare is not { } stated)
        {
            return order.Fit(new SharesTransferred(transfer.From, transfer.To, transfer.Class, transfer.Quantity, PricePerShare: null, Amount: null, seller, buyer));
        }

        if (Amounts.Of(transfer.Quantity, stated) is not { } amount)
        {
            return new TotalTooLarge("quantity x price", "1e16 or more");
        }

        if (Guards.Positive("quantity x price", amount) is { } nothing)
        {
            return nothing;
        }

        var priced = new SharesTransferred(transfer.From, transfer.To, transfer.Class, transfer.Quantity, stated, amount, seller, buyer);
        return seller || buyer ? order.OpenStep(priced) : order.Fit(priced);
    }

    public static Decision Repurchase(Order order, RepurchaseShares repurchase)
    {
        if ((Guards.Positive("quantity", repurchase.Quantity.Value)
            ?? NotItself(order, repurchase.Holder)
            ?? (repurchase.PricePerShare is { } price ? Guards.Positive("pricePerShare", price) : null)) is { } refusal)
        {
            return refusal;
        }

        Money? amount = null;
        if (repurchase.PricePerShare is { } stated && (amount = Amounts.Of(repurchase.Quantity, stated)) is null)
        {
            return new TotalTooLarge("quantity x price", "1e16 or more");
        }

        return order.FitUnless(
            amount is { } paid ? Guards.Positive("quantity x price", paid) : null,
            new SharesRepurchased(repurchase.Holder, repurchase.Class, repurchase.Quantity, amount));
    }

    public static Decision Split(Order order, SplitShares split) =>
        split is { Numerator: > 0 and <= 1_000_000, Denominator: > 0 and <= 1_000_000 } && split.Numerator != split.Denominator
            ? order.Fit(new SharesSplit(split.Class, split.Numerator, split.Denominator))
            : new InvalidField("numerator", $"{split.Numerator}:{split.Denominator}", "two different whole numbers from 1 to 1,000,000");

    public static Decision RecordValuation(Order order, RecordValuation record)
    {
        Money?[] stated = [record.PricePerShare, record.PreMoney, record.PostMoney];
        if (stated.Count(amount => amount is not null) != 1)
        {
            return new InvalidField("valuation", record.Valuation.Value, "one of pricePerShare, preMoney and postMoney");
        }

        if (record is { PricePerShare: null, Class: not null })
        {
            return new InvalidField("class", record.Class.Value.Value, "absent unless a price per share is stated");
        }

        return order.FitUnless(
            Guards.Positive("valuation", stated.First(amount => amount is not null)!.Value),
            new ValuationRecorded(record.Valuation, record.Class, record.PricePerShare, record.PreMoney, record.PostMoney));
    }

    public static Refusal? NotItself(Order order, HolderId holder) =>
        holder == HolderId.Of(order.Company) ? new PaymentToItself(order.Company) : null;

    /// <summary>The holder as a company of the book, if it is registered.</summary>
    public static CompanyId? CompanyOf(Order order, HolderId holder) =>
        holder.AsCompany() is { } company && order.Others(company) is not null ? company : null;

    /// <summary>The price of one share of the class that is sold.</summary>
    private static (ExactRatio? Price, Currency Currency, Refusal? Unpriced) PriceOf(Order order, Standing before, SellShares sell, ClassStanding share)
    {
        if (sell.PricePerShare is { } stated)
        {
            return (ExactRatio.Of(stated.Amount), stated.Currency, null);
        }

        var id = sell.Valuation!.Value;
        if (!before.Valuations.TryGetValue(id, out var valuation))
        {
            return (null, default, new UnknownValuation(id));
        }

        if (valuation.Price is not { } price)
        {
            return (null, default, valuation.IsPostMoney ? new NoPriceFromPostMoney(id) : new NothingOutstanding(order.Company));
        }

        // A share is worth its conversion ratio of common ones; a valuation prices those, unless it names a class.
        var common = valuation.Class is { } priced ? price / before.Classes[priced].ConversionRatio : price;
        return (common * share.ConversionRatio, valuation.Currency, null);
    }
}

internal static class Amounts
{
    /// <summary>Quantity x price rounded once, half to even, to the decimals of money; null when it is too large.</summary>
    public static Money? Of(ShareQuantity quantity, Money price) => Of(quantity, ExactRatio.Of(price.Amount), price.Currency);

    public static Money? Of(ShareQuantity quantity, ExactRatio price, Currency currency) =>
        (ExactRatio.Of(quantity.Value) * price).Round(Money.Decimals) is { } amount && Money.TryOf(amount, currency, out var money) ? money : null;
}
