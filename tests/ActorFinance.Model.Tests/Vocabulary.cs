namespace ActorFinance.Model.Tests;

/// <summary>The names that the tests speak in. Fixed dates, fixed ids.</summary>
internal static class Vocabulary
{
    public static CompanyId Acme { get; } = Company("acme");

    public static CompanyId Nvidia { get; } = Company("nvidia");

    public static CompanyId Openai { get; } = Company("openai");

    /// <summary>Rejects a shortfall.</summary>
    public static CompanyId Prudent { get; } = Company("prudent");

    /// <summary>Rejects a shortfall.</summary>
    public static CompanyId Thrifty { get; } = Company("thrifty");

    public static CompanyId Nobody { get; } = Company("nobody");

    public static ShareClassId Common { get; } = Value.Parse<ShareClassId>("common");

    public static ShareClassId Preferred { get; } = Value.Parse<ShareClassId>("preferred");

    public static HolderId Founder { get; } = Holder("founder");

    public static Currency Dollar { get; } = Value.Parse<Currency>("USD");

    public static Currency Euro { get; } = Value.Parse<Currency>("EUR");

    public static CommitmentId Promise { get; } = Value.Parse<CommitmentId>("promise-1");

    public static WarrantId Warrant { get; } = Value.Parse<WarrantId>("warrant-1");

    public static ConvertibleId Note { get; } = Value.Parse<ConvertibleId>("note-1");

    public static ValuationId Round { get; } = Value.Parse<ValuationId>("round-a");

    public static LoanId Loan { get; } = Value.Parse<LoanId>("loan-1");

    public static GuaranteeId Guarantee { get; } = Value.Parse<GuaranteeId>("guarantee-1");

    public static DealId Deal { get; } = Value.Parse<DealId>("deal-1");

    public static DealId OtherDeal { get; } = Value.Parse<DealId>("deal-2");

    public static Instant Day1 { get; } = Instant.Of(2026, 1, 1);

    public static Instant Day2 { get; } = Instant.Of(2026, 1, 2);

    public static Instant Day3 { get; } = Instant.Of(2026, 1, 3);

    public static Instant Day4 { get; } = Instant.Of(2026, 1, 4);

    /// <summary>When everything is recorded.</summary>
    public static Instant Now { get; } = Instant.Of(2026, 6, 1);

    public static CompanyId Company(string id) => Value.Parse<CompanyId>(id);

    public static HolderId Holder(string id) => Value.Parse<HolderId>(id);

    public static HolderId HolderOf(CompanyId company) => HolderId.Of(company);

    public static Money Usd(string amount) => Value.Parse<Money>(amount + " USD");

    public static Money Eur(string amount) => Value.Parse<Money>(amount + " EUR");

    public static ShareQuantity Shares(decimal quantity) => ShareQuantity.Of(quantity);

    public static EventId Id(int number) => new(Numbered(number));

    public static StepId Step(int number) => new(Numbered(1_000_000 + number));

    public static CommitmentTerms Committed(string amount, CompanyId? from = null, CompanyId? to = null, params DueAmount[] due) => new(
        Promise, from, to, Usd(amount), due.ToValueList(), Conditions: null, Item: null, Quantity: null, Unit: null);

    public static DealTerms Terms(CompanyId? from, CompanyId? to, string? headline = null, Money? maximum = null) => new(
        DealKind.Investment,
        from,
        to,
        headline is null ? null : Usd(headline),
        maximum,
        Title: null,
        Conditions: null,
        ReverseLeg: null,
        Sums: [],
        InKind: false);

    public static ShareClassCreated Class(ShareClassId? id = null, decimal? authorised = null, int decimals = 0, bool notional = false, decimal ratio = 1) => new(
        id ?? Common, Quantity.Of(1), authorised is { } shares ? Shares(shares) : null, decimals, Quantity.Of(ratio), notional);

    public static SharesIssued Issued(decimal quantity, HolderId? holder = null, ShareClassId? id = null) => new(
        holder ?? Founder,
        id ?? Common,
        Shares(quantity),
        FractionHeld: null,
        Consideration.None,
        Payer: null,
        Amount: null,
        PricePerShare: null,
        Valuation: null,
        Draws: null);

    public static WarrantGranted Granted(decimal first = 100, decimal second = 50, string strike = "2", Instant? expiry = null, HolderId? holder = null) => new(
        Warrant,
        holder ?? Founder,
        Common,
        Usd(strike),
        expiry,
        [new("first", Shares(first), null), new("second", Shares(second), null)]);

    public static InvestmentMade Paid(CompanyId to, string amount, CommitmentId? draws = null) => new(
        to, Usd(amount), Instrument.NotStated, Class: null, PricePerShare: null, Valuation: null, Convertible: null, draws, InKind: false);

    private static Guid Numbered(int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[12..], number);
        return new(bytes, bigEndian: true);
    }
}
