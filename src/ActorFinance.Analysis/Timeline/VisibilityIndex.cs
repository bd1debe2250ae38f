using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>An event of which a later one changed where it counts.</summary>
internal readonly record struct VisibilityChange(int Index, Visibility Before, Visibility After);

/// <summary>
/// Keeps the visibility of every event while events arrive in offset order. A later event changes it in two ways only: a posting event
/// lets the pending ones of its step appear, and a void ends what it names together with the pending events that it had posted.
/// A void that counts cannot be voided; one that was voided before it counted (pending, refused) never counts.
/// Nearly all events simply count from their own offset on, so only the others are written down.
/// </summary>
internal sealed class VisibilityIndex(EventPlaces places)
{
    private const long Never = Visibility.Never;

    private readonly Column<bool> _isSpecial = new();
    private readonly Dictionary<int, Visibility> _special = [];
    private readonly Dictionary<int, EventId> _voids = [];
    private readonly Dictionary<int, Step> _posted = [];
    private readonly Dictionary<StepId, Step> _steps = [];
    private readonly HashSet<int> _withdrawn = [];
    private readonly List<VisibilityChange> _changes = [];

    public Visibility this[int index] => _isSpecial[index]
        ? _special[index]
        : new(places.OffsetOf(index).Value, Never, places.KnownAt(index).UtcTicks, Never);

    /// <summary>Whether the event does not simply count from its own offset and known time on.</summary>
    public bool IsSpecial(int index) => _isSpecial[index];

    /// <summary>What the event that was placed last changed for those before it, in the order in which it did.</summary>
    public IReadOnlyList<VisibilityChange> LastChanges => _changes;

    public int? PostingOf(StepId step) => _steps.TryGetValue(step, out var found) && found.Posting >= 0 ? found.Posting : null;

    /// <summary>Takes in the event that was placed last.</summary>
    public void AddLast(in EventPlace place, CompanyEvent fact)
    {
        var index = _isSpecial.Count;
        _isSpecial.Add(false);
        _changes.Clear();
        if (fact is EventVoided { Voided: var named })
        {
            _voids.Add(index, named);
        }

        if (place.Role == StepRole.Pending)
        {
            _isSpecial[index] = true;
            _special[index] = new(Never, Never, Never, Never);
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

    private void Set(int index, Visibility visibility)
    {
        _changes.Add(new(index, this[index], visibility));
        _isSpecial[index] = true;
        _special[index] = visibility;
    }

    private void Join(int index, StepId id, StepRole role)
    {
        if (!_steps.TryGetValue(id, out var step))
        {
            _steps.Add(id, step = new());
        }

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
            _posted.Add(index, step);
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
        if (_withdrawn.Contains(index))
        {
            return;
        }

        var later = Math.Max(index, posting);
        var known = Math.Max(places.KnownAt(index).UtcTicks, places.KnownAt(posting).UtcTicks);
        Set(index, this[index] with { FromOffset = places.OffsetOf(later).Value, FromKnown = known });
        EndWhatItVoids(index);
    }

    private void EndWhatItVoids(int index)
    {
        if (_voids.TryGetValue(index, out var named) && places.Find(named) is { } target)
        {
            End(target, this[index]);
        }
    }

    private void End(int target, Visibility end)
    {
        if (_voids.ContainsKey(target))
        {
            if (!this[target].HasAppeared)
            {
                _withdrawn.Add(target);
            }

            return;
        }

        Set(target, this[target].Until(end.FromOffset, end.FromKnown));
        if (_posted.TryGetValue(target, out var step))
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
