namespace ActorFinance.Model;

/// <summary>Where a fact stands in its own company's timeline. Within one company sequence numbers order as offsets do.</summary>
public readonly record struct FactKey(Instant EffectiveAt, int Rank, long SequenceNumber) : IComparable<FactKey>
{
    public int CompareTo(FactKey other)
    {
        var byTime = EffectiveAt.CompareTo(other.EffectiveAt);
        if (byTime != 0)
        {
            return byTime;
        }

        var byRank = Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : SequenceNumber.CompareTo(other.SequenceNumber);
    }
}

/// <summary>A fact in a company's timeline. A pending one counts against whoever gives and not yet for whoever receives.</summary>
public sealed record LedgerFact(FactKey Key, EventId Id, DealId? Deal, CompanyEvent Event, bool IsPending);
