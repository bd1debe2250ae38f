namespace ActorFinance.Model;

/// <summary>An event's place in the journal's global order; 0 stands before the first.</summary>
public readonly record struct Offset(long Value) : IComparable<Offset>
{
    public static Offset Maximum => new(long.MaxValue);

    public static bool operator <(Offset left, Offset right) => left.Value < right.Value;

    public static bool operator >(Offset left, Offset right) => left.Value > right.Value;

    public static bool operator <=(Offset left, Offset right) => left.Value <= right.Value;

    public static bool operator >=(Offset left, Offset right) => left.Value >= right.Value;

    public int CompareTo(Offset other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>As known at K: by offset (an exact prefix of the journal) or by known time. Both ends are inclusive.</summary>
public abstract record AsKnown
{
    private AsKnown()
    {
    }

    public static AsKnown All { get; } = new AtOffset(Offset.Maximum);

    public sealed record AtOffset(Offset Offset) : AsKnown;

    public sealed record AtTime(Instant Time) : AsKnown;
}

/// <summary>A point on both axes: events with effective time up to and including <paramref name="AsOf"/>, as known at <paramref name="AsKnown"/>.</summary>
public sealed record Cut(Instant AsOf, AsKnown AsKnown)
{
    public static Cut Everything { get; } = new(Instant.Maximum, AsKnown.All);
}

/// <summary>Where an event stands in the fold of the whole book.</summary>
public readonly record struct FoldKey(Instant EffectiveAt, int Rank, Offset Offset) : IComparable<FoldKey>
{
    public static bool operator <(FoldKey left, FoldKey right) => left.CompareTo(right) < 0;

    public static bool operator >(FoldKey left, FoldKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(FoldKey left, FoldKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FoldKey left, FoldKey right) => left.CompareTo(right) >= 0;

    public int CompareTo(FoldKey other)
    {
        var byTime = EffectiveAt.CompareTo(other.EffectiveAt);
        if (byTime != 0)
        {
            return byTime;
        }

        var byRank = Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : Offset.CompareTo(other.Offset);
    }
}
