using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>A class of shares of one issuer.</summary>
[JsonConverter(typeof(ValueJsonConverter<ShareClassId>))]
public readonly record struct ShareClassId : IValue<ShareClassId>, IComparable<ShareClassId>
{
    private ShareClassId(string value) => Value = value;

    public static string Rule => TextRules.SlugRule;

    public string Value { get; }

    public static bool TryParse(string? text, out ShareClassId value)
    {
        var valid = TextRules.IsSlug(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(ShareClassId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>One agreement between companies; ties together all events under it.</summary>
[JsonConverter(typeof(ValueJsonConverter<DealId>))]
public readonly record struct DealId : IValue<DealId>, IComparable<DealId>
{
    private DealId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out DealId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(DealId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>An amount promised under a deal; unique within the company that will pay.</summary>
[JsonConverter(typeof(ValueJsonConverter<CommitmentId>))]
public readonly record struct CommitmentId : IValue<CommitmentId>, IComparable<CommitmentId>
{
    private CommitmentId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out CommitmentId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(CommitmentId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A grant of warrants; unique within its issuer.</summary>
[JsonConverter(typeof(ValueJsonConverter<WarrantId>))]
public readonly record struct WarrantId : IValue<WarrantId>, IComparable<WarrantId>
{
    private WarrantId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out WarrantId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(WarrantId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A convertible instrument; unique within its issuer.</summary>
[JsonConverter(typeof(ValueJsonConverter<ConvertibleId>))]
public readonly record struct ConvertibleId : IValue<ConvertibleId>, IComparable<ConvertibleId>
{
    private ConvertibleId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out ConvertibleId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(ConvertibleId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A loan; unique within its lender.</summary>
[JsonConverter(typeof(ValueJsonConverter<LoanId>))]
public readonly record struct LoanId : IValue<LoanId>, IComparable<LoanId>
{
    private LoanId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out LoanId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(LoanId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A guarantee; unique within its guarantor.</summary>
[JsonConverter(typeof(ValueJsonConverter<GuaranteeId>))]
public readonly record struct GuaranteeId : IValue<GuaranteeId>, IComparable<GuaranteeId>
{
    private GuaranteeId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out GuaranteeId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(GuaranteeId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A recorded valuation; unique within its issuer.</summary>
[JsonConverter(typeof(ValueJsonConverter<ValuationId>))]
public readonly record struct ValuationId : IValue<ValuationId>, IComparable<ValuationId>
{
    private ValuationId(string value) => Value = value;

    public static string Rule => TextRules.KeyRule;

    public string Value { get; }

    public static bool TryParse(string? text, out ValuationId value)
    {
        var valid = TextRules.IsKey(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(ValuationId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
