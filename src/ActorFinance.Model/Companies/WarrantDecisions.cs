namespace ActorFinance.Model;

internal static class WarrantDecisions
{
    public static Decision Grant(Order order, GrantWarrant grant)
    {
        if (grant.Strike.Amount < 0)
        {
            return new AmountNotPositive("strike", grant.Strike.ToString());
        }

        if (grant.Tranches.Count == 0 || grant.Tranches.Select(tranche => tranche.Name).Distinct().Count() != grant.Tranches.Count)
        {
            return new InvalidField("tranches", "", "at least one tranche, each with a name of its own");
        }

        if (ShareDecisions.NotItself(order, grant.Holder) is { } itself)
        {
            return itself;
        }

        foreach (var tranche in grant.Tranches)
        {
            if ((Guards.Text("tranche", tranche.Name, 64) ?? Guards.Positive("quantity", tranche.Quantity.Value) ?? ConditionGuards.Check(tranche.Conditions)) is { } refusal)
            {
                return refusal;
            }
        }

        return order.Fit(new WarrantGranted(grant.Warrant, grant.Holder, grant.Class, grant.Strike, grant.Expiry, grant.Tranches));
    }

    public static Decision Vest(Order order, VestWarrant vest) =>
        order.Fit(new WarrantVested(vest.Warrant, vest.TrancheName));

    public static Decision Exercise(Order order, ExerciseWarrant exercise)
    {
        if (Guards.Positive("quantity", exercise.Quantity.Value) is { } refusal)
        {
            return refusal;
        }

        if (!order.Before().Warrants.TryGetValue(exercise.Warrant, out var warrant))
        {
            return new UnknownWarrant(exercise.Warrant);
        }

        if (Amounts.Of(exercise.Quantity, warrant.Strike, warrant.Currency) is not { } payment)
        {
            return new TotalTooLarge("quantity x strike", "1e16 or more");
        }

        // A strike of nothing, or one that rounds to it, moves no cash: there is no second side.
        return payment.IsPositive
            ? order.OpenStep(new WarrantExercised(exercise.Warrant, exercise.Quantity, ShareDecisions.CompanyOf(order, warrant.Holder), payment))
            : order.Fit(new WarrantExercised(exercise.Warrant, exercise.Quantity, Payer: null, Payment: null));
    }

    public static Decision Lapse(Order order, LapseWarrant lapse) => order.Fit(new WarrantLapsed(lapse.Warrant));

    public static Decision SellConvertible(Order order, SellConvertible sell)
    {
        if ((Guards.Positive("principal", sell.Principal)
            ?? ShareDecisions.NotItself(order, sell.Investor)
            ?? (sell.ConversionPrice is { } price ? Guards.Positive("conversionPrice", price) : null)) is { } refusal)
        {
            return refusal;
        }

        if (sell is { ConversionPrice: not null, Class: null })
        {
            return new InvalidField("class", "", "stated with a conversion price");
        }

        return order.OpenStep(new ConvertibleRegistered(
            sell.Convertible, sell.Investor, ShareDecisions.CompanyOf(order, sell.Investor), sell.Principal, sell.Class, sell.ConversionPrice, sell.Draws));
    }

    public static Decision Convert(Order order, ConvertConvertible convert)
    {
        var before = order.Before();
        if (!before.Convertibles.TryGetValue(convert.Convertible, out var convertible) || convertible is not { IsPaid: true, IsConverted: false })
        {
            return new ConvertibleNotOpen(convert.Convertible);
        }

        if (convert.Quantity is { } stated)
        {
            return order.FitUnless(
            Guards.Positive("quantity", stated.Value),
            new ConvertibleConverted(convert.Convertible, convert.Class, stated));
        }

        if (!before.Classes.TryGetValue(convert.Class, out var share))
        {
            return new UnknownShareClass(convert.Class);
        }

        if (convertible.Price is not { } price || convertible.Class != convert.Class)
        {
            return new ConversionTermsMissing(convert.Convertible);
        }

        var bought = (ExactRatio.Of(convertible.Principal.Amount) / price).Round(share.Decimals) ?? 0;
        return bought > 0 && ShareQuantity.TryOf(bought, out var quantity)
            ? order.Fit(new ConvertibleConverted(convert.Convertible, convert.Class, quantity))
            : new BuysNoShare(convert.Class, convertible.Principal);
    }
}
