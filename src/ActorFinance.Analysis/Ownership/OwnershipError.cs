using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>Why a measure of indirect ownership has no answer.</summary>
public abstract record OwnershipError
{
    private OwnershipError()
    {
    }

    public abstract string Message { get; }

    /// <summary>The companies hold all of each other, so nobody is behind them and no number says who is.</summary>
    public sealed record OwnsAllOfItself(ValueList<CompanyId> Companies) : OwnershipError
    {
        public override string Message =>
            Companies.Count == 1
                ? $"{Companies[0]} holds all of itself: it has no owner"
                : $"{string.Join(", ", Companies)} hold all of each other: the group has no owner";
    }

    /// <summary>So little of a large group is held from outside it that doubles cannot settle by whom.</summary>
    /// <param name="Companies">How many there are in the group.</param>
    /// <param name="Bound">The most by which the figures could be wrong; more than <see cref="OwnershipWalk.BoundMax"/>, or not a number.</param>
    public sealed record TooNearlyClosed(int Companies, double Bound) : OwnershipError
    {
        public override string Message =>
            $"a group of {Companies} companies holds so nearly all of itself that its owners cannot be settled to {OwnershipWalk.BoundMax:0e0}";
    }
}

/// <summary>A value, or why there is none: exactly one of the two is there.</summary>
public sealed record OwnershipOutcome<T>
    where T : class
{
    private OwnershipOutcome(T? value, OwnershipError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public OwnershipError? Error { get; }

    public static implicit operator OwnershipOutcome<T>(OwnershipError error) => new(null, error);

    internal static OwnershipOutcome<T> Of(T value) => new(value, null);
}
