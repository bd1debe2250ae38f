using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// Keeps the visibility of every event while events arrive in offset order. A later event changes it in two ways only: a posting event
/// lets the pending ones of its step appear, and a void ends what it names together with the pending events that it had posted.
/// A void that counts cannot be voided; one that was voided before it counted (pending, refused) never counts.
/// </summary>
internal sealed class VisibilityIndex
{
    private const long Never = Visibility.Never;

    private readonly List<RecordedEvent> _events;
    private readonly List<Visibility> _visibilities = [];
    private readonly Dictionary<EventId, int> _indexes = [];
    private readonly Dictionary<StepId, Step> _steps = [];
    private readonly HashSet<int> _withdrawn = [];

    /// <param name="events">The book's own list: an event stands in it before it is added here.</param>
    public VisibilityIndex(List<RecordedEvent> events) => _events = events;

    public Visibility this[int index] => _visibilities[index];

    public int? Find(EventId id) => _indexes.TryGetValue(id, out var index) ? index : null;

    public int? PostingOf(StepId step) => _steps.TryGetValue(step, out var found) && found.Posting >= 0 ? found.Posting : null;

    public void AddLast()
    {
        var index = _visibilities.Count;
        var header = _events[index].Header;
        _indexes.Add(header.Id, index);
        _visibilities.Add(new(Never, Never, Never, Never));

        if (header.Role != StepRole.Pending)
        {
            Appear(index, null);
        }

        if (header.Step is { } step)
        {
            Join(index, step, header.Role);
        }
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
            foreach (var pending in step.Pending)
            {
                AppearPosted(pending, index);
            }
        }
    }

    private void AppearPosted(int index, int posting)
    {
        var end = _visibilities[posting];
        _visibilities[index] = _visibilities[index].Until(end.UntilOffset, end.UntilKnown);
        Appear(index, _events[posting]);
    }

    private void Appear(int index, RecordedEvent? posting)
    {
        if (_withdrawn.Contains(index))
        {
            return;
        }

        var own = _events[index];
        _visibilities[index] = posting is null ? _visibilities[index].From(own) : _visibilities[index].From(own, posting);
        if (own.Event is EventVoided { Voided: var named } && _indexes.TryGetValue(named, out var target))
        {
            End(target, _visibilities[index]);
        }
    }

    private void End(int target, Visibility end)
    {
        if (_events[target].Event is EventVoided)
        {
            if (!_visibilities[target].HasAppeared)
            {
                _withdrawn.Add(target);
            }

            return;
        }

        _visibilities[target] = _visibilities[target].Until(end.FromOffset, end.FromKnown);
        if (_events[target].Header is { Step: { } id, Role: StepRole.Posting } && _steps[id] is var step && step.Posting == target)
        {
            foreach (var pending in step.Pending)
            {
                _visibilities[pending] = _visibilities[pending].Until(end.FromOffset, end.FromKnown);
            }
        }
    }

    private sealed class Step
    {
        public int Posting { get; set; } = -1;

        public List<int> Pending { get; } = [];
    }
}
