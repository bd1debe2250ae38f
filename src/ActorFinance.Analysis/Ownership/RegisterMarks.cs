using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// The share events of one issuer in a fixed list, with its register at marks along them, so that the register of the same list with some events gone
/// and others come costs what lies after the first of these. Must equal <see cref="ShareRegister"/> over that list exactly. Immutable.
/// </summary>
public sealed class RegisterMarks
{
    private const int Stride = 64;

    private readonly List<RecordedEvent> _facts = [];

    // The register before the fact at a place, never applied to again.
    private readonly List<(int Place, BareRegister Before)> _marks = [];

    /// <param name="issuer">The emitter of all facts.</param>
    /// <param name="facts">All that count, in fold order; those that are not about shares are passed over.</param>
    /// <param name="stride">Share events between two marks, at least; as many as there are holdings where these are more, so that marks never outgrow the events.</param>
    public RegisterMarks(CompanyId issuer, IEnumerable<RecordedEvent> facts, int stride = Stride)
    {
        var running = new BareRegister(issuer);
        _marks.Add((0, running.Copy(() => [])));
        foreach (var recorded in facts.Where(recorded => ShareEvents.Concern(recorded.Event)))
        {
            var since = _facts.Count - _marks[^1].Place;
            if (since >= stride && since >= running.HoldingCount)
            {
                _marks.Add((_facts.Count, running.Copy(() => [])));
            }

            running.Register.Apply(recorded);
            _facts.Add(recorded);
        }
    }

    /// <summary>The register at that time, once some facts are gone and others have come.</summary>
    /// <param name="asOf">Effective time, included.</param>
    /// <param name="gone">Share events of the list, in fold order.</param>
    /// <param name="came">Share events of the same issuer, in fold order.</param>
    public IssuerRegister With(Instant asOf, IReadOnlyList<RecordedEvent> gone, IReadOnlyList<RecordedEvent> came)
    {
        var end = PositionOf(new(asOf, int.MaxValue, Offset.Maximum));
        var first = Math.Min(end, gone.Take(1).Concat(came.Take(1)).Select(recorded => PositionOf(recorded.Key)).DefaultIfEmpty(end).Min());
        var (place, before) = _marks[LastMarkUpTo(first)];
        var register = before.Copy(() => [.. _facts.Take(place).Concat(Merged(place, end, asOf, gone, came)).Select(ShareFact.Of)]).Register;
        foreach (var recorded in Merged(place, end, asOf, gone, came))
        {
            register.Apply(recorded);
        }

        return register;
    }

    private IEnumerable<RecordedEvent> Merged(int start, int end, Instant asOf, IReadOnlyList<RecordedEvent> gone, IReadOnlyList<RecordedEvent> came)
    {
        var (next, left) = (0, 0);
        for (var i = start; i < end || next < came.Count;)
        {
            if (next < came.Count && (i == end || came[next].Key < _facts[i].Key))
            {
                if (came[next].Header.EffectiveAt <= asOf)
                {
                    yield return came[next];
                }

                next++;
            }
            else if (left < gone.Count && gone[left].Offset == _facts[i].Offset)
            {
                (i, left) = (i + 1, left + 1);
            }
            else
            {
                yield return _facts[i++];
            }
        }
    }

    private int LastMarkUpTo(int place)
    {
        var (low, high) = (0, _marks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _marks[middle].Place <= place ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private int PositionOf(FoldKey key)
    {
        var (low, high) = (0, _facts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _facts[middle].Key < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A register that can be copied as it stands.</summary>
    private sealed class BareRegister
    {
        private readonly Dictionary<ShareClassId, BareHoldings> _holdings = [];

        public BareRegister(CompanyId issuer) => Register = new(issuer, Open, () => []);

        private BareRegister(BareRegister other, Func<IReadOnlyList<ShareFact>> allEvents)
        {
            foreach (var (id, holdings) in other._holdings)
            {
                _holdings.Add(id, new(holdings));
            }

            Register = other.Register.Copy(Open, allEvents);
        }

        public IssuerRegister Register { get; }

        public int HoldingCount => _holdings.Values.Sum(holdings => holdings.Count);

        /// <param name="allEvents">All that were applied to the copy or before it.</param>
        public BareRegister Copy(Func<IReadOnlyList<ShareFact>> allEvents) => new(this, allEvents);

        private BareHoldings Open(ShareClassId id)
        {
            if (!_holdings.TryGetValue(id, out var holdings))
            {
                _holdings.Add(id, holdings = new());
            }

            return holdings;
        }
    }
}
