namespace ActorFinance.Model;

public sealed record UnknownShareClass(ShareClassId Class) : Refusal("unknown-share-class")
{
    public override string Message => $"this company has no share class '{Class}' by then";
}

public sealed record ShareClassExists(ShareClassId Class) : Refusal("share-class-exists")
{
    public override string Message => $"share class '{Class}' exists already";
}

public sealed record NotEnoughShares(HolderId Holder, ShareClassId Class, decimal Has, decimal Needs) : Refusal("not-enough-shares")
{
    public override string Message => $"'{Holder}' holds {Numbers.Text(Has)} {Class}, needs {Numbers.Text(Needs)}";
}

public sealed record AboveAuthorised(ShareClassId Class, decimal Authorised, decimal Outstanding, decimal Pending, decimal Asked) : Refusal("above-authorised")
{
    public override string Message =>
        $"asked {Numbers.Text(Asked)} {Class}, authorised {Numbers.Text(Authorised)}, outstanding {Numbers.Text(Outstanding)}, "
        + $"pending {Numbers.Text(Pending)}, free {Numbers.Text(Authorised - Outstanding - Pending)}";
}

/// <summary>Each holding is rounded by itself, so that their sum may grow more than what is authorised.</summary>
public sealed record SplitAboveAuthorised(ShareClassId Class, decimal Authorised, decimal Outstanding, decimal Pending) : Refusal("split-above-authorised")
{
    public override string Message =>
        $"after the split {Class} would have {Numbers.Text(Authorised)} authorised, {Numbers.Text(Outstanding)} outstanding, {Numbers.Text(Pending)} pending or kept for rounding";
}

public sealed record TooManyDecimals(ShareClassId Class, int Decimals, decimal Quantity) : Refusal("too-many-decimals")
{
    public override string Message => $"{Numbers.Text(Quantity)} {Class} has more than the {Decimals} decimals of its class";
}

public sealed record NotionalClassOnly(ShareClassId Class) : Refusal("notional-class-only")
{
    public override string Message => $"'{Class}' has real shares: state a quantity; a fraction is for a notional class";
}

public sealed record NoNewUnitsOfNotionalClass(ShareClassId Class) : Refusal("no-new-units-of-notional-class")
{
    public override string Message => $"'{Class}' is notional: state the fraction held afterwards; it has no shares to issue or buy back";
}

public sealed record NothingOutstanding(CompanyId Issuer) : Refusal("nothing-outstanding")
{
    public override string Message => $"'{Issuer}' has no shares outstanding by then: a pre-money valuation gives no price";
}

public sealed record UnknownValuation(ValuationId Valuation) : Refusal("unknown-valuation")
{
    public override string Message => $"this company recorded no valuation '{Valuation}' by then";
}

public sealed record ValuationExists(ValuationId Valuation) : Refusal("valuation-exists")
{
    public override string Message => $"valuation '{Valuation}' exists already";
}

public sealed record NoPriceFromPostMoney(ValuationId Valuation) : Refusal("no-price-from-post-money")
{
    public override string Message => $"valuation '{Valuation}' is post-money: it fixes no price for a round; state a pre-money or a price";
}

public sealed record BuysNoShare(ShareClassId Class, Money Amount) : Refusal("buys-no-share")
{
    public override string Message => $"{Amount} buys no whole unit of '{Class}' at that price";
}

public sealed record WarrantExists(WarrantId Warrant) : Refusal("warrant-exists")
{
    public override string Message => $"warrant '{Warrant}' exists already";
}

public sealed record UnknownWarrant(WarrantId Warrant) : Refusal("unknown-warrant")
{
    public override string Message => $"this company granted no warrant '{Warrant}' by then";
}

public sealed record UnknownTranche(WarrantId Warrant, string Tranche) : Refusal("unknown-tranche")
{
    public override string Message => $"warrant '{Warrant}' has no tranche '{Tranche}' left to vest";
}

public sealed record WarrantEnded(WarrantId Warrant, Instant At) : Refusal("warrant-ended")
{
    public override string Message => $"warrant '{Warrant}' ended on {At}";
}

public sealed record AboveVested(WarrantId Warrant, decimal Vested, decimal Exercised, decimal Asked) : Refusal("above-vested")
{
    public override string Message =>
        $"warrant '{Warrant}' has {Numbers.Text(Vested)} vested, {Numbers.Text(Exercised)} exercised or pending, asked {Numbers.Text(Asked)}";
}

public sealed record ConvertibleExists(ConvertibleId Convertible) : Refusal("convertible-exists")
{
    public override string Message => $"convertible '{Convertible}' exists already";
}

public sealed record ConvertibleNotOpen(ConvertibleId Convertible) : Refusal("convertible-not-open")
{
    public override string Message => $"convertible '{Convertible}' is not registered and paid by then, or is converted already";
}

public sealed record ConversionTermsMissing(ConvertibleId Convertible) : Refusal("conversion-terms-missing")
{
    public override string Message => $"convertible '{Convertible}' has no conversion price: state the quantity";
}
