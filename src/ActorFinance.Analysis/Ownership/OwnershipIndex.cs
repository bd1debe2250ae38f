using System.Collections.Immutable;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Share events kept by issuer in fold order, so that any cut is answered from them alone (see <see cref="IssuerSnapshot"/>).
/// Must equal <see cref="ShareRegister.Fold"/> over <see cref="ReferenceFold"/> exactly. One writer; other threads ask
/// <see cref="Published"/>, which never changes and takes no lock.
/// </summary>
public sealed class OwnershipIndex
{
    private readonly Dictionary<CompanyId, int> _numbers = [];
    private readonly List<IssuerHistory> _issuers = [];

    // The share events by place, and whose they are, so that one which counts elsewhere from now on finds its issuer.
    private readonly Column<int> _indexes = new();
    private readonly Column<int> _issuerOf = new();
    private readonly HashSet<int> _changed = [];
    private OwnershipSnapshot _published = OwnershipSnapshot.Empty;

    public OwnershipIndex()
        : this(new EventPlaces())
    {
    }

    /// <summary>Indexes what the book holds by now, on its places.</summary>
    public OwnershipIndex(Book book)
        : this(book.Places)
    {
        for (var index = 0; index < book.Recorded.Count; index++)
        {
            Take(PlacedEvent.Of(book.Recorded[index]), index);
        }
    }

    /// <summary>On places that other indexes lean on too: whoever fills them gives each event to <see cref="TakeLast"/>.</summary>
    public OwnershipIndex(EventPlaces places) => Places = places;

    /// <summary>Where the events stand that were taken.</summary>
    public EventPlaces Places { get; }

    /// <summary>As of the last <see cref="Publish"/>; for any thread.</summary>
    public OwnershipSnapshot Published => Volatile.Read(ref _published);

    /// <summary>Takes the next event in offset order, where nobody else fills the places.</summary>
    public void Apply(RecordedEvent recorded)
    {
        var placed = PlacedEvent.Of(recorded);
        Places.Add(placed);
        TakeLast(placed);
    }

    /// <summary>Takes the event that the places took last.</summary>
    public void TakeLast(in PlacedEvent placed)
    {
        Take(placed, Places.Count - 1);
        for (var change = 0; change < Places.ChangeCount; change++)
        {
            Touch(Places.ChangedAt(change));
        }
    }

    /// <summary>
    /// Shows other threads all that was taken in: O(issuers that changed), and for an issuer with late or voided events O(its share events). Call it
    /// once a batch.
    /// </summary>
    public OwnershipSnapshot Publish()
    {
        if (_changed.Count > 0)
        {
            var issuers = Published.Issuers.SetItems(_changed.Select(number => KeyValuePair.Create(_issuers[number].Issuer, _issuers[number].Publish())));
            Volatile.Write(ref _published, new(issuers));
            _changed.Clear();
        }

        return Published;
    }

    /// <summary>Asked by the writer: publishes first.</summary>
    public ShareRegister At(Cut cut) => Publish().At(cut);

    /// <summary>Asked by the writer: publishes first. Without events for a company that has issued nothing by then.</summary>
    public IssuerRegister At(Cut cut, CompanyId issuer) => Publish().At(cut, issuer);

    /// <summary>All but its places, as <see cref="Load"/> takes it in.</summary>
    public void Save(StateWriter writer, IEventBytes bytes)
    {
        Publish();
        _indexes.Save(writer);
        _issuerOf.Save(writer);
        writer.Write((long)_issuers.Count);
        foreach (var issuer in _issuers)
        {
            writer.Write(issuer.Issuer.Value);
            issuer.Save(writer, bytes);
        }
    }

    /// <summary>An index as it was saved.</summary>
    /// <param name="places">As they stood then.</param>
    /// <param name="reader">What was saved.</param>
    /// <param name="bytes">Facts from bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not those of an index; other exceptions too, where their checksum does not hold.</exception>
    public static OwnershipIndex Load(EventPlaces places, StateReader reader, IEventBytes bytes)
    {
        var index = new OwnershipIndex(places);
        index._indexes.Load(reader);
        index._issuerOf.Load(reader);
        for (var left = reader.Count(); left > 0; left--)
        {
            var history = new IssuerHistory(Value.Parse<CompanyId>(reader.Text()), places);
            history.Load(reader, bytes);
            index._changed.Add(index._issuers.Count);
            index._numbers.Add(history.Issuer, index._issuers.Count);
            index._issuers.Add(history);
        }

        return index;
    }

    private void Take(in PlacedEvent placed, int index)
    {
        if (!ShareEvents.Concern(placed.Event))
        {
            return;
        }

        var emitter = placed.Place.Emitter;
        if (!_numbers.TryGetValue(emitter, out var number))
        {
            _numbers.Add(emitter, number = _issuers.Count);
            _issuers.Add(new(emitter, Places));
        }

        _issuers[number].Add(index, placed.Event);
        _indexes.Add(index);
        _issuerOf.Add(number);
        _changed.Add(number);
    }

    private void Touch(int index)
    {
        var (low, high) = (0, _indexes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _indexes[middle] < index ? (middle + 1, high) : (low, middle);
        }

        if (low < _indexes.Count && _indexes[low] == index)
        {
            _issuers[_issuerOf[low]].Touch(index);
            _changed.Add(_issuerOf[low]);
        }
    }
}

/// <summary>The index at one moment of its writer's: answers any number of threads and never changes.</summary>
public sealed class OwnershipSnapshot
{
    internal OwnershipSnapshot(ImmutableSortedDictionary<CompanyId, IssuerSnapshot> issuers) => Issuers = issuers;

    public static OwnershipSnapshot Empty { get; } = new(ImmutableSortedDictionary<CompanyId, IssuerSnapshot>.Empty);

    internal ImmutableSortedDictionary<CompanyId, IssuerSnapshot> Issuers { get; }

    /// <summary>All issuers: the sum of what each takes.</summary>
    public ShareRegister At(Cut cut)
    {
        var issuers = new SortedDictionary<CompanyId, IssuerRegister>();
        foreach (var (issuer, snapshot) in Issuers)
        {
            if (snapshot.At(cut) is { } register)
            {
                issuers.Add(issuer, register);
            }
        }

        return new(issuers);
    }

    /// <summary>One issuer: O(its share events up to the cut). Without events for a company that has issued nothing by then.</summary>
    public IssuerRegister At(Cut cut, CompanyId issuer) =>
        (Issuers.TryGetValue(issuer, out var snapshot) ? snapshot.At(cut) : null) ?? new IssuerRegister(issuer);
}
