namespace ActorFinance.Model;

/// <summary>What a kept branch was first called; it stays, the name may change.</summary>
public readonly record struct BranchId : IValue<BranchId>, IComparable<BranchId>
{
    private const string PersistencePrefix = "branch-";

    private BranchId(string value) => Value = value;

    public static string Rule => TextRules.SlugRule;

    public string Value { get; }

    /// <summary>Where the journal of branches keeps its facts: <c>branch-late</c>.</summary>
    public string PersistenceId => PersistencePrefix + Value;

    public static bool TryParse(string? text, out BranchId value)
    {
        var valid = TextRules.IsSlug(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public static bool TryFromPersistenceId(string persistenceId, out BranchId value)
    {
        value = default;
        return persistenceId.StartsWith(PersistencePrefix, StringComparison.Ordinal) && TryParse(persistenceId[PersistencePrefix.Length..], out value);
    }

    public int CompareTo(BranchId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
