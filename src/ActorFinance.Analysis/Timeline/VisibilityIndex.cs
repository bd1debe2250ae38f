using System.Collections.Concurrent;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>Where an event counts since the event at <paramref name="MadeBy"/>; before that, what the record at <paramref name="Previous"/> says.</summary>
internal readonly record struct VisibilityRecord(int Previous, int MadeBy, Visibility Visibility);

/// <summary>
/// Keeps the visibility of every event while events arrive in offset order. A later event changes it in two ways only: a posting event
/// lets the pending ones of its step appear, and a void ends what it names together with the pending events that it had posted.
/// A void that counts cannot be voided; one that was voided before it counted (pending, refused) never counts.
/// Nearly all events simply count from their own offset on, so only the others are written down, each change as a record of its own: whoever
/// reads the first so many events finds what those say.
/// </summary>
internal sealed class VisibilityIndex(EventPlaces places)
{
    private const long Never = Visibility.Never;

    // The last record of each event; 0 where it has none.
    private readonly Column<int> _lastRecords = new();
    private readonly Column<VisibilityRecord> _records = new();

    // Asked by readers too.
    private ConcurrentDictionary<StepId, Step>? _steps;

    // The writer's own, and mostly never needed.
    private Dictionary<int, EventId>? _voids;
    private Dictionary<int, Step>? _posted;
    private HashSet<int>? _withdrawn;
    private int[] _changed = new int[4];
    private int _changeCount;

    public Visibility this[int index] => At(index, int.MaxValue);

    /// <summary>As the first so many events have it.</summary>
    public Visibility At(int index, int count)
    {
        for (var record = Volatile.Read(ref _lastRecords[index]); record != 0; record = _records[record - 1].Previous)
        {
            if (_records[record - 1].MadeBy < count)
            {
                return _records[record - 1].Visibility;
            }
        }

        return index < count ? new(places.OffsetOf(index).Value, Never, places.KnownTicksOf(index), Never) : new(Never, Never, Never, Never);
    }

    /// <summary>
    /// Whether the event does not simply count from its own offset and known time on. Where no event is special, as in most books of plain payments, no memory is waited for.
    /// </summary>
    public bool IsSpecial(int index) => _records.Count > 0 && _lastRecords[index] != 0;

    /// <summary>How many events the one that was placed last let count elsewhere, itself among them where it waits for its step.</summary>
    public int ChangeCount => _changeCount;

    /// <summary>Which; one may be named more than once.</summary>
    public int ChangedAt(int change) => _changed[change];

    /// <summary>Among the first so many events.</summary>
    public int? PostingOf(StepId step, int count) =>
        Volatile.Read(ref _steps) is { } steps && steps.TryGetValue(step, out var found) && found.Posting is var posting and >= 0 && posting < count ? posting : null;

    /// <summary>Takes in the event that was placed last.</summary>
    public void AddLast(in EventPlace place, CompanyEvent fact)
    {
        var index = _lastRecords.Count;
        _lastRecords.Add(0);
        _changeCount = 0;
        if (fact is EventVoided { Voided: var named })
        {
            (_voids ??= []).Add(index, named);
        }

        if (place.Role == StepRole.Pending)
        {
            Write(index, new(Never, Never, Never, Never));
        }
        else
        {
            EndWhatItVoids(index);
        }

        if (place.Step is { } step)
        {
            Join(index, step, place.Role);
        }
    }

    public void Save(StateWriter writer)
    {
        _lastRecords.Save(writer);
        _records.Save(writer);
        var voids = (_voids ?? []).ToList();
        writer.Write<int>([.. voids.Select(named => named.Key)]);
        writer.Write<EventKey>([.. voids.Select(named => EventKey.Of(named.Value))]);
        writer.Write<int>([.. _withdrawn ?? []]);
        writer.Write((long)(_steps?.Count ?? 0));
        foreach (var (id, step) in (_steps ?? []).OrderBy(one => one.Key.Value))
        {
            writer.Write<Guid>([id.Value]);
            writer.Write<int>([step.Posting, .. step.Pending]);
        }
    }

    /// <summary>Into an empty index.</summary>
    public void Load(StateReader reader)
    {
        _lastRecords.Load(reader);
        _records.Load(reader);
        var (voids, named) = (reader.Array<int>(), reader.Array<EventKey>());
        for (var i = 0; i < voids.Length; i++)
        {
            (_voids ??= []).Add(voids[i], named[i].Id);
        }

        foreach (var index in reader.Array<int>())
        {
            (_withdrawn ??= []).Add(index);
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (id, members) = (reader.Array<Guid>(), reader.Array<int>());
            var step = new Step { Posting = members[0] };
            step.Pending.AddRange(members[1..]);
            (_steps ??= []).TryAdd(new(id[0]), step);
            if (step.Posting >= 0)
            {
                (_posted ??= []).Add(step.Posting, step);
            }
        }
    }

    private void Write(int index, in Visibility visibility)
    {
        _records.Add(new(_lastRecords[index], _lastRecords.Count - 1, visibility));
        Volatile.Write(ref _lastRecords[index], _records.Count);
    }

    private void Set(int index, in Visibility visibility)
    {
        if (_changeCount == _changed.Length)
        {
            Array.Resize(ref _changed, _changeCount * 2);
        }

        _changed[_changeCount++] = index;
        Write(index, visibility);
    }

    private void Join(int index, StepId id, StepRole role)
    {
        var step = (_steps ??= []).GetOrAdd(id, _ => new());

        if (role == StepRole.Pending)
        {
            step.Pending.Add(index);
            if (step.Posting >= 0)
            {
                AppearPosted(index, step.Posting);
            }
        }
        else if (role == StepRole.Posting && step.Posting < 0)
        {
            step.Posting = index;
            (_posted ??= []).Add(index, step);
            foreach (var pending in step.Pending)
            {
                AppearPosted(pending, index);
            }
        }
    }

    /// <summary>From when both it and its posting event are there, until either is voided.</summary>
    private void AppearPosted(int index, int posting)
    {
        var end = this[posting];
        Set(index, this[index].Until(end.UntilOffset, end.UntilKnown));
        if (_withdrawn is not null && _withdrawn.Contains(index))
        {
            return;
        }

        var later = Math.Max(index, posting);
        var known = Math.Max(places.KnownTicksOf(index), places.KnownTicksOf(posting));
        Set(index, this[index] with { FromOffset = places.OffsetOf(later).Value, FromKnown = known });
        EndWhatItVoids(index);
    }

    private void EndWhatItVoids(int index)
    {
        if (_voids is not null && _voids.TryGetValue(index, out var named) && places.Find(named) is { } target)
        {
            End(target, this[index]);
        }
    }

    private void End(int target, Visibility end)
    {
        if (_voids!.ContainsKey(target))
        {
            if (!this[target].HasAppeared)
            {
                (_withdrawn ??= []).Add(target);
            }

            return;
        }

        Set(target, this[target].Until(end.FromOffset, end.FromKnown));
        if (_posted is not null && _posted.TryGetValue(target, out var step))
        {
            foreach (var pending in step.Pending)
            {
                Set(pending, this[pending].Until(end.FromOffset, end.FromKnown));
            }
        }
    }

    private sealed class Step
    {
        public int Posting { get; set; } = -1;

        public List<int> Pending { get; } = [];
    }
}
