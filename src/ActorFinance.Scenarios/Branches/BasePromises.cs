using ActorFinance.Analysis.Commitments;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The promises of a base: which events make, draw and release each, and which end a deal. Made once, and folded once for each time that is asked for.</summary>
internal sealed class BasePromises
{
    private readonly BranchBase _based;
    private readonly Dictionary<(CompanyId, CommitmentId), List<RecordedEvent>> _concerning = [];
    private readonly Dictionary<DealId, List<RecordedEvent>> _ends = [];
    private readonly List<RecordedEvent> _all = [];
    private readonly Dictionary<Instant, Folded> _folded = [];

    public BasePromises(BranchBase based)
    {
        _based = based;
        foreach (var recorded in based.InFoldOrder)
        {
            if (Draw.Concerned(recorded) is { } key)
            {
                _all.Add(recorded);
                Add(_concerning, key, recorded);
            }
            else if (EndedBy(recorded) is { } deal)
            {
                _all.Add(recorded);
                Add(_ends, deal, recorded);
            }
        }
    }

    /// <summary>In fold order.</summary>
    public IReadOnlyList<RecordedEvent> Concerning((CompanyId, CommitmentId) key) => _concerning.GetValueOrDefault(key) ?? [];

    public IReadOnlyList<RecordedEvent> EndsOf(DealId deal) => _ends.GetValueOrDefault(deal) ?? [];

    /// <summary>The deal that the event supersedes or cancels, which releases what is open under it.</summary>
    public static DealId? EndedBy(RecordedEvent recorded) => recorded.Event is DealSuperseded or DealCancelled ? recorded.Header.Deal : null;

    /// <summary>All commitments at that time, and what they add up to.</summary>
    public Folded At(Instant asOf)
    {
        lock (_folded)
        {
            if (!_folded.TryGetValue(asOf, out var folded))
            {
                var fold = CommitmentFold.Of(new BranchEvents(_based).Alone(_all, asOf));
                _folded.Add(asOf, folded = new(fold.All));
            }

            return folded;
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<RecordedEvent>> lists, TKey key, RecordedEvent recorded)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(recorded);
    }

    public sealed class Folded
    {
        private readonly Dictionary<(CompanyId, CommitmentId), Commitment> _commitments = [];
        private readonly Dictionary<FigureKey, OpenPromises> _open = [];

        public Folded(IReadOnlyList<Commitment> commitments)
        {
            foreach (var commitment in commitments)
            {
                _commitments.Add((commitment.Emitter, commitment.Id), commitment);
                foreach (var key in BookFigures.OpenBy(commitment))
                {
                    _open[key] = _open.GetValueOrDefault(key).With(commitment, 1);
                }
            }
        }

        public Commitment? Find((CompanyId, CommitmentId) key) => _commitments.GetValueOrDefault(key);

        public OpenPromises Open(FigureKey key) => _open.GetValueOrDefault(key);
    }
}

/// <summary>What is open of some promises together, and how many they are: of none there is no figure.</summary>
internal readonly record struct OpenPromises(decimal Amount, int Count)
{
    public OpenPromises With(Commitment commitment, int sign) => new(Amount + (sign * Math.Max(0, commitment.Outstanding)), Count + sign);

    public FigureValue? ToFigure() => Count == 0 ? null : new FigureValue.Amount(Numbers.Normalise(Amount));
}
