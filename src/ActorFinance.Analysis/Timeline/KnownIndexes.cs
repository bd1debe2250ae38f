namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// A point of knowledge on the first so many events of a book: on the axis of offsets it is the last place that is known. What came after those
/// events is not seen on either axis, whatever it voids.
/// </summary>
internal readonly struct KnownIndexes(bool byOffset, long value, int lastIndex, int count)
{
    public bool ByOffset => byOffset;

    public long Ticks => value;

    /// <summary>No event after this one is known.</summary>
    public int LastIndex => lastIndex;

    /// <summary>The events that there are.</summary>
    public int Count => count;

    public bool Sees(EventPlaces places, int index) =>
        places.IsSpecial(index) ? SeesSpecial(places.VisibilityOf(index, count))
        : byOffset ? index <= lastIndex
        : index < count && places.KnownTicksOf(index) <= value;

    private bool SeesSpecial(in Visibility visibility) =>
        byOffset
            ? visibility.FromOffset <= value && value < visibility.UntilOffset
            : visibility.FromKnown <= value && value < visibility.UntilKnown;
}
