using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Ownership;

/// <summary>Share events of one issuer, ai, one a line.</summary>
internal sealed class ShareBook
{
    public static readonly CompanyId Ai = BookBuilder.Company("ai");
    private readonly BookBuilder _book = new();

    public IReadOnlyList<RecordedEvent> Events => _book.Events;

    public IssuerRegister Register => ShareRegister.Fold(Events.OrderBy(e => e.Key)).Issuer(Ai)!;

    public static ShareClassId Class(string id) => Value.Parse<ShareClassId>(id);

    public ShareBook Add(CompanyEvent fact, string at = "2026-01-01")
    {
        _book.Add("ai", at, fact);
        return this;
    }

    public ShareBook HasClass(string id = "common", decimal votes = 1, int decimals = 0, decimal ratio = 1, bool notional = false, decimal? authorised = null) =>
        Add(new ShareClassCreated(Class(id), Quantity.Of(votes), authorised is { } a ? ShareQuantity.Of(a) : null, decimals, Quantity.Of(ratio), notional));

    public ShareBook Issue(string holder, decimal quantity, string to = "common", decimal? price = null, string at = "2026-01-01") =>
        Add(new SharesIssued(BookBuilder.Holder(holder), Class(to), ShareQuantity.Of(quantity), null, Consideration.None, null, null, Usd(price), null, null), at);

    public ShareBook Hold(string holder, decimal fraction, string of = "common") =>
        Add(new SharesIssued(BookBuilder.Holder(holder), Class(of), null, Fraction.Of(fraction), Consideration.None, null, null, null, null, null));

    public ShareBook Transfer(string from, string to, decimal quantity) =>
        Add(new SharesTransferred(BookBuilder.Holder(from), BookBuilder.Holder(to), Class("common"), ShareQuantity.Of(quantity), null, null, SellerIsCompany: false, BuyerIsCompany: false));

    public ShareBook Split(int numerator, int denominator) => Add(new SharesSplit(Class("common"), numerator, denominator));

    public ShareBook Reserve(decimal quantity) => Add(new PoolReserved(Class("common"), ShareQuantity.Of(quantity)));

    public ShareBook Grant(string warrant, string holder, decimal strike, params decimal[] tranches) =>
        Add(new WarrantGranted(
            Value.Parse<WarrantId>(warrant), BookBuilder.Holder(holder), Class("common"), Usd(strike)!.Value, null,
            tranches.Select((q, i) => new WarrantTranche($"t{i + 1}", ShareQuantity.Of(q), null)).ToValueList()));

    public ShareBook Vest(string warrant, string tranche) => Add(new WarrantVested(Value.Parse<WarrantId>(warrant), tranche));

    public ShareBook Exercise(string warrant, decimal quantity) => Add(new WarrantExercised(Value.Parse<WarrantId>(warrant), ShareQuantity.Of(quantity), null, null));

    public ShareBook Lend(string convertible, string holder, decimal principal, decimal? price, string? to = "common") =>
        Add(new ConvertibleRegistered(
            Value.Parse<ConvertibleId>(convertible), BookBuilder.Holder(holder), null, Usd(principal)!.Value, to is null ? null : Class(to), Usd(price), null));

    public ShareBook Valued(decimal? price = null, decimal? pre = null, decimal? post = null, string? of = null) =>
        Add(new ValuationRecorded(Value.Parse<ValuationId>($"v{Events.Count}"), of is null ? null : Class(of), Usd(price), Usd(pre), Usd(post)));

    /// <summary><c>a 0.9, b 0.1</c></summary>
    public string Fractions(OwnershipBasis basis = OwnershipBasis.Outstanding) =>
        string.Join(", ", OwnershipTable.Of(Register, basis).Holders.Select(h => $"{h.Holder} {(h.Direct is { } direct ? Numbers.Text(direct) : "null")}"));

    /// <summary><c>a 900, b 100</c></summary>
    public string Shares(OwnershipBasis basis = OwnershipBasis.Outstanding) =>
        string.Join(", ", OwnershipTable.Of(Register, basis).Holders.Select(h => $"{h.Holder} {Numbers.Text(h.Shares)}"));

    private static Money? Usd(decimal? amount) => amount is { } a ? Money.Of(a, Value.Parse<Currency>("USD")) : null;
}
