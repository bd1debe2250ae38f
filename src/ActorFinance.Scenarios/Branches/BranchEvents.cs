using System.Security.Cryptography;
using System.Text;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The events of a branch while its edits are applied, by offset; and by which edit each was last touched.</summary>
internal sealed class BranchEvents
{
    private readonly SortedDictionary<Offset, RecordedEvent> _events = [];
    private readonly Dictionary<Offset, int> _touchedBy = [];
    private long _last;

    public BranchEvents(IEnumerable<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            _events.Add(recorded.Offset, recorded);
            _last = recorded.Offset.Value;
        }
    }

    public IEnumerable<RecordedEvent> InOffsetOrder() => _events.Values;

    public List<RecordedEvent> ToList() => [.. _events.Values];

    /// <summary>As the definition of State(T, K) orders them.</summary>
    public IEnumerable<RecordedEvent> InFoldOrder() => _events.Values.OrderBy(recorded => recorded.Key);

    public bool Has(Offset offset) => _events.ContainsKey(offset);

    public void Drop(RecordedEvent recorded, int edit)
    {
        _events.Remove(recorded.Offset);
        _touchedBy[recorded.Offset] = edit;
    }

    public void Change(RecordedEvent to, int edit)
    {
        if (_events[to.Offset] != to)
        {
            _events[to.Offset] = to;
            _touchedBy[to.Offset] = edit;
        }
    }

    public void Restore(RecordedEvent recorded, int edit)
    {
        _events.Add(recorded.Offset, recorded);
        _touchedBy[recorded.Offset] = edit;
        _last = Math.Max(_last, recorded.Offset.Value);
    }

    /// <summary>At the next offset, behind everything.</summary>
    public void Append(EventEnvelope envelope, int edit) => Restore(new(new(_last + 1), envelope), edit);

    /// <summary>A fact that only the branch knows, under an id that is the same each time the branch is made.</summary>
    public void Append(CompanyId emitter, CompanyEvent fact, Instant at, DealId? deal, int edit)
    {
        var id = NewId(edit, _last + 1);
        var header = new EventHeader(
            new(id), emitter, SequenceNumber: 0, at, Rank: int.MaxValue, at, at, deal, Leg: null, Tranche: null, Step: null, StepRole.None,
            Value.Parse<CommandId>($"branch-edit-{edit}"), default, Causation: null, Source: null, Confidence: null, IssuedBy: null, PreviousHash: default);
        Append(new EventEnvelope(header, fact), edit);
    }

    public Guid NewId(int edit, long ordinal)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"branch {edit} {ordinal} {_events.Count}"), hash);
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new(hash[..16], bigEndian: true);
    }

    public IReadOnlyList<BranchChange> ChangesSince(IReadOnlyList<RecordedEvent> before)
    {
        var was = before.ToDictionary(recorded => recorded.Offset);
        return
        [
            .. _touchedBy
                .Select(touched => new BranchChange(touched.Value, was.GetValueOrDefault(touched.Key), _events.GetValueOrDefault(touched.Key)))
                .Where(change => change.Before != change.After)
                .OrderBy(change => (change.Before ?? change.After)!.Key),
        ];
    }
}
