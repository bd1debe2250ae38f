using System.Collections;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// The events behind a figure, each once, in offset order. They are looked up when first asked for: a figure is drilled into far less often
/// than it is shown, and in a series over a million flows the looking up was nearly all of the time. Equal to another with the same events.
/// </summary>
public sealed class EventsBehind : IReadOnlyList<EventReference>, IEquatable<EventsBehind>
{
    private readonly Lazy<ValueList<EventReference>> _events;

    /// <param name="find">Called at most once, on the thread that asks first; what it reads must not change.</param>
    internal EventsBehind(Func<IEnumerable<EventReference>> find) =>
        _events = new(() => find().Distinct().OrderBy(reference => reference.Offset).ToValueList());

    public static EventsBehind None { get; } = new(() => []);

    public int Count => _events.Value.Count;

    public EventReference this[int index] => _events.Value[index];

    public IEnumerator<EventReference> GetEnumerator() => _events.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(EventsBehind? other) => other is not null && _events.Value.Equals(other._events.Value);

    public override bool Equals(object? obj) => Equals(obj as EventsBehind);

    public override int GetHashCode() => _events.Value.GetHashCode();

    public override string ToString() => _events.Value.ToString();
}
