using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>
/// A company's checked facts in fold order, with the standing at the end and marks along the way. Immutable. A fact at the end costs one step of
/// the fold; a late one costs the steps from the mark before it to the end, since each later fact must hold after it.
/// </summary>
public sealed class Ledger
{
    /// <summary>Facts between two marks.</summary>
    private const int Stride = 64;

    private readonly ImmutableList<LedgerFact> _facts;

    /// <summary>Mark i is the standing before fact i x <see cref="Stride"/>.</summary>
    private readonly ImmutableList<Standing> _marks;

    private Ledger(ImmutableList<LedgerFact> facts, ImmutableList<Standing> marks, Standing end)
    {
        _facts = facts;
        _marks = marks;
        End = end;
    }

    public Standing End { get; }

    public int Count => _facts.Count;

    public static Ledger Empty(CompanyId company, bool keepsCash)
    {
        var start = Standing.Empty(company, keepsCash);
        return new([], [start], start);
    }

    /// <summary>The standing just before a fact of this key.</summary>
    public Standing Before(FactKey key)
    {
        var position = PositionOf(key);
        return position == _facts.Count ? End : FoldTo(position);
    }

    /// <summary>With the fact in its place, or the rule that it breaks there or makes a later fact break.</summary>
    public (Ledger? Ledger, Refusal? Refusal) Insert(LedgerFact fact)
    {
        var position = PositionOf(fact.Key);
        return Refold(_facts.Insert(position, fact), position, fact.Id);
    }

    public (Ledger? Ledger, Refusal? Refusal) Remove(FactKey key, EventId id)
    {
        var position = Find(key, id);
        return Refold(_facts.RemoveAt(position), position, own: null);
    }

    /// <summary>With a pending fact turned into one that counts wholly.</summary>
    public (Ledger? Ledger, Refusal? Refusal) Post(FactKey key, EventId id)
    {
        var position = Find(key, id);
        return Refold(_facts.SetItem(position, _facts[position] with { IsPending = false }), position, id);
    }

    public LedgerFact Fact(FactKey key, EventId id) => _facts[Find(key, id)];

    private (Ledger? Ledger, Refusal? Refusal) Refold(ImmutableList<LedgerFact> facts, int from, EventId? own)
    {
        // Appending is the common case: fold one fact onto the end.
        var mark = from / Stride;
        var appends = from == _facts.Count;
        var standing = appends ? End : _marks[mark];
        var marks = appends ? _marks : _marks.RemoveRange(mark + 1, _marks.Count - mark - 1);
        var first = appends ? from : mark * Stride;
        for (var i = first; i < facts.Count; i++)
        {
            if (i > 0 && i % Stride == 0 && i / Stride == marks.Count)
            {
                marks = marks.Add(standing);
            }

            var fact = facts[i];
            var applied = StandingFold.Apply(standing, fact);
            if (applied.Refusal is { } refusal)
            {
                return (null, fact.Id == own ? refusal : new LaterStateInvalid(fact.Key.EffectiveAt, fact.Id, refusal));
            }

            standing = applied.Standing!;
        }

        return (new(facts, marks, standing), null);
    }

    private Standing FoldTo(int position)
    {
        var mark = position / Stride;
        var standing = _marks[Math.Min(mark, _marks.Count - 1)];
        for (var i = Math.Min(mark, _marks.Count - 1) * Stride; i < position; i++)
        {
            standing = StandingFold.Apply(standing, _facts[i]).Standing
                ?? throw new CorruptJournalException($"event {_facts[i].Id} does not fit its own timeline");
        }

        return standing;
    }

    private int Find(FactKey key, EventId id)
    {
        var position = PositionOf(key);
        return position < _facts.Count && _facts[position].Id == id
            ? position
            : throw new CorruptJournalException($"event {id} has no place in the timeline");
    }

    /// <summary>The first position whose key is not before <paramref name="key"/>.</summary>
    private int PositionOf(FactKey key)
    {
        var low = 0;
        var high = _facts.Count;
        if (high > 0 && _facts[high - 1].Key.CompareTo(key) < 0)
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_facts[middle].Key.CompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
