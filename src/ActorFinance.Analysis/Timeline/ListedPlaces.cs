using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>The places of events up to a cut in fold order: what a list of whole events is read by, page by page. Made by one pass over all places, and a sort where some came late.</summary>
public sealed class ListedPlaces
{
    private readonly PlacesView _view;
    private readonly KnownIndexes _known;
    private readonly int[] _indexes;

    internal ListedPlaces(PlacesView view, Cut cut, bool all, FoldKey? after)
    {
        (_view, _known) = (view, view.PointOf(cut.AsKnown));
        Resolved = view.Resolve(cut);
        var (indexes, isSorted, last) = (new List<int>(), true, default(FoldKey));
        for (var index = 0; index < view.Count; index++)
        {
            if (!(all ? view.Places.OffsetOf(index) <= Resolved.Offset : _known.Sees(view.Places, index)) || view.Places.EffectiveAt(index) > cut.AsOf)
            {
                continue;
            }

            var key = view.Places.FoldKeyOf(index);
            if (after is not { } behind || key > behind)
            {
                isSorted &= key > last;
                last = key;
                indexes.Add(index);
            }
        }

        _indexes = [.. indexes];
        if (!isSorted)
        {
            Array.Sort(Array.ConvertAll(_indexes, view.Places.FoldKeyOf), _indexes);
        }
    }

    public ResolvedCut Resolved { get; }

    public int Count => _indexes.Length;

    /// <summary>The offsets of so many from a place on, at most as many as there are.</summary>
    public IEnumerable<Offset> Offsets(int start, int count) => _indexes.Skip(start).Take(count).Select(_view.Places.OffsetOf);

    /// <summary>Whether the event at this offset counts at the cut.</summary>
    public bool Counts(Offset offset) => _known.Sees(_view.Places, _view.Places.LastUpTo(offset));
}
