using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>The places of all events up to a moment: for any number of threads, and never changing.</summary>
public sealed class PlacesView
{
    private readonly CompanyOrder _order;

    internal PlacesView(EventPlaces places, CompanyOrder order) => (Places, Count, _order, LastOffset) = (places, places.Count, order, places.LastOffset);

    /// <summary>0 where there is no event.</summary>
    public Offset LastOffset { get; }

    internal EventPlaces Places { get; }

    internal int Count { get; }

    /// <summary>The numbers of all companies, by id.</summary>
    internal int[] Companies => _order.Numbers;

    /// <inheritdoc cref="EventPlaces.Resolve(Cut)"/>
    public ResolvedCut Resolve(Cut cut) => Places.Resolve(cut, Count);

    /// <inheritdoc cref="EventPlaces.IsCompany(HolderId, AsKnown)"/>
    public bool IsCompany(HolderId holder, AsKnown asKnown) => _order.Find(holder.Value) is var number and >= 0 && Places.IsCompany(number, PointOf(asKnown));

    /// <inheritdoc cref="EventPlaces.PostingOf(StepId)"/>
    public int? PostingOf(StepId step) => Places.PostingOf(step, Count);

    /// <summary>The events up to the cut in fold order, those that do not count there among them where all are asked for: as known at an offset or time, each up to that offset.</summary>
    /// <param name="cut">What counts.</param>
    /// <param name="all">Also what is voided or pending.</param>
    /// <param name="after">Only what comes behind.</param>
    public ListedPlaces List(Cut cut, bool all, FoldKey? after) => new(this, cut, all, after);

    /// <summary>The last offset before the first event that was recorded at that time or later; that of the last event if there is none, 0 if it is the first.</summary>
    public Offset LastBefore(Instant time)
    {
        var before = default(Offset);
        for (var index = 0; index < Count && Places.RecordedAtOf(index) < time; index++)
        {
            before = Places.OffsetOf(index);
        }

        return before;
    }

    internal KnownIndexes PointOf(AsKnown asKnown) => Places.PointOf(asKnown, Count);

    /// <summary>Below 0 for a company that no event has named.</summary>
    internal int NumberOf(CompanyId company) => _order.Find(company.Value);
}

/// <summary>The numbers of so many companies as there were at a moment, by id.</summary>
internal sealed class CompanyOrder
{
    private readonly string[] _names;

    public CompanyOrder(EventPlaces places)
    {
        _names = new string[places.CompanyCount];
        Numbers = new int[_names.Length];
        for (var number = 0; number < _names.Length; number++)
        {
            (_names[number], Numbers[number]) = (places.CompanyOf(number).Value, number);
        }

        Array.Sort(_names, Numbers, StringComparer.Ordinal);
    }

    public int[] Numbers { get; }

    public int Find(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal) is var place and >= 0 ? Numbers[place] : -1;
}
