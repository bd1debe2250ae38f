using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>A company: an actor with a journal of its own. Never changes; the name may.</summary>
[JsonConverter(typeof(ValueJsonConverter<CompanyId>))]
public readonly record struct CompanyId : IValue<CompanyId>, IComparable<CompanyId>
{
    private const string PersistencePrefix = "company-";

    private CompanyId(string value) => Value = value;

    /// <summary>The emitter of exchange rates: an id that no company may have.</summary>
    public static CompanyId Market { get; } = new("$market");

    public static string Rule => TextRules.SlugRule + ", not 'outside'";

    public string Value { get; }

    public bool IsMarket => Value == Market.Value;

    /// <summary>Where the journal keeps this company's events: <c>company-nvidia</c>.</summary>
    public string PersistenceId => PersistencePrefix + Value;

    public static bool TryParse(string? text, out CompanyId value)
    {
        var valid = text == Market.Value || (TextRules.IsSlug(text) && text != HolderId.Outside.Value);
        value = valid ? new(text!) : default;
        return valid;
    }

    public static bool TryFromPersistenceId(string persistenceId, out CompanyId value)
    {
        value = default;
        return persistenceId.StartsWith(PersistencePrefix, StringComparison.Ordinal)
            && TryParse(persistenceId[PersistencePrefix.Length..], out value);
    }

    public int CompareTo(CompanyId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>Whoever holds shares: a company when one of that id is registered, else a named outside holder; <see cref="Outside"/> is what nobody named.</summary>
[JsonConverter(typeof(ValueJsonConverter<HolderId>))]
public readonly record struct HolderId : IValue<HolderId>, IComparable<HolderId>
{
    private HolderId(string value) => Value = value;

    public static HolderId Outside { get; } = new("outside");

    public static string Rule => TextRules.SlugRule;

    public string Value { get; }

    public bool IsOutside => Value == Outside.Value;

    public static HolderId Of(CompanyId company) => new(company.Value);

    public static bool TryParse(string? text, out HolderId value)
    {
        var valid = TextRules.IsSlug(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>The company of this id, if there can be one.</summary>
    public CompanyId? AsCompany() => CompanyId.TryParse(Value, out var company) ? company : null;

    public int CompareTo(HolderId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
