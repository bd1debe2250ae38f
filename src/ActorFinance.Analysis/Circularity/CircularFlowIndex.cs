using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The events that move money as rows of numbers, in fold order, with the rates and the deals. A row is about 24 bytes beside the place of its event.
/// Must equal <see cref="CircularFlow"/> over <see cref="ReferenceFold"/> exactly. One writer; other threads ask <see cref="Published"/>, which never
/// changes and takes no lock.
/// </summary>
public sealed class CircularFlowIndex
{
    private static readonly HashSet<Type> s_moving = [.. Movements.Moving];

    private readonly FlowColumns _columns;
    private readonly FoldOrder _order;
    private readonly KeptEvents _rates;
    private readonly KeptEvents _promises;
    private CircularSnapshot _published;

    public CircularFlowIndex()
        : this(new EventPlaces())
    {
    }

    /// <summary>Indexes what the book holds by now, on its places.</summary>
    public CircularFlowIndex(Book book)
        : this(book.Places)
    {
        for (var index = 0; index < book.Recorded.Count; index++)
        {
            Take(PlacedEvent.Of(book.Recorded[index]), book.Recorded[index], index);
            TakePromise(book.Recorded[index], index);
        }

        _published = Snapshot();
    }

    /// <summary>On places and promises that other indexes lean on too: whoever fills them gives each event to <see cref="TakeLast"/>.</summary>
    /// <param name="places">Where all events stand.</param>
    /// <param name="promises">What <see cref="PromiseEvents"/> names.</param>
    public CircularFlowIndex(EventPlaces places, KeptEvents promises)
        : this(places, promises, new(places), new(places))
    {
    }

    private CircularFlowIndex(EventPlaces places)
        : this(places, new(places))
    {
    }

    private CircularFlowIndex(EventPlaces places, KeptEvents promises, KeptEvents rates, FlowColumns columns)
        : this(places, promises, rates, columns, OrderOf(places, columns))
    {
    }

    private CircularFlowIndex(EventPlaces places, KeptEvents promises, KeptEvents rates, FlowColumns columns, FoldOrder order)
    {
        (Places, _promises, _rates, _columns, _order) = (places, promises, rates, columns, order);
        _published = Snapshot();
    }

    /// <summary>Where the events stand that were taken.</summary>
    public EventPlaces Places { get; }

    /// <summary>As of the last <see cref="Publish"/>; for any thread.</summary>
    public CircularSnapshot Published => Volatile.Read(ref _published);

    /// <summary>Takes the next event in offset order, where nobody else fills the places.</summary>
    public void Apply(RecordedEvent recorded)
    {
        Places.Add(PlacedEvent.Of(recorded));
        TakeLast(PlacedEvent.Of(recorded), recorded);
        TakePromise(recorded, Places.Count - 1);
    }

    /// <summary>Takes the event that the places took last.</summary>
    /// <param name="placed">The event.</param>
    /// <param name="whole">The same; may be missing for all but rates.</param>
    public void TakeLast(in PlacedEvent placed, RecordedEvent? whole) => Take(placed, whole, Places.Count - 1);

    /// <summary>Shows other threads all that was taken in: O(1), and for flows that came late the blocks that they belong to. Call it once a batch.</summary>
    public CircularSnapshot Publish()
    {
        if (_published.LastOffset != Places.LastOffset)
        {
            Volatile.Write(ref _published, Snapshot());
        }

        return _published;
    }

    /// <summary>Asked by the writer: publishes first.</summary>
    /// <inheritdoc cref="CircularSnapshot.At"/>
    public FlowOutcome<CircularAnswer> At(Cut cut, FlowWindow window, FlowOptions options, Action<string, double>? progress = null) =>
        Publish().At(cut, window, options, progress);

    /// <summary>Asked by the writer: publishes first.</summary>
    /// <inheritdoc cref="CircularSnapshot.MatrixAt"/>
    public FlowOutcome<FlowMatrix> MatrixAt(Cut cut, FlowWindow window, FlowOptions options) => Publish().MatrixAt(cut, window, options);

    /// <summary>All but its places and promises, as <see cref="Load"/> takes it in.</summary>
    public void Save(StateWriter writer, IEventBytes bytes)
    {
        _columns.Save(writer);
        _order.Save(writer);
        writer.Write((long)_columns.FactCount);
        for (var i = 0; i < _columns.FactCount; i++)
        {
            var (row, emitter, fact) = _columns.Facts[i];
            writer.Write((long)row);
            writer.Write(emitter.Value);
            bytes.WriteFact(writer, fact);
        }

        _rates.Save(writer, bytes);
    }

    /// <summary>An index as it was saved.</summary>
    /// <param name="places">As they stood then.</param>
    /// <param name="promises">As they stood then.</param>
    /// <param name="reader">What was saved.</param>
    /// <param name="bytes">Whole events from bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not those of an index; other exceptions too, where their checksum does not hold.</exception>
    public static CircularFlowIndex Load(EventPlaces places, KeptEvents promises, StateReader reader, IEventBytes bytes)
    {
        var columns = new FlowColumns(places);
        columns.Load(reader);
        var order = OrderOf(places, columns);
        order.Load(reader);
        for (var left = reader.Count(); left > 0; left--)
        {
            columns.Keep((int)reader.Long(), Value.Parse<CompanyId>(reader.Text()), bytes.ReadFact(reader));
        }

        return new(places, promises, KeptEvents.Load(places, reader, bytes), columns, order);
    }

    private void Take(in PlacedEvent placed, RecordedEvent? whole, int index)
    {
        var fact = placed.Event;
        if (fact is FxRateRecorded)
        {
            _rates.Add(index, whole ?? throw new ArgumentException("a rate is kept whole", nameof(whole)));
        }
        else if (s_moving.Contains(fact.GetType()))
        {
            var row = _columns.Rows.Count;
            _columns.Add(placed.Place.Emitter, fact, index);
            _order.Add(row);
        }
    }

    private static FoldOrder OrderOf(EventPlaces places, FlowColumns columns) => new(row => places.KeyOf(columns.Indexes[row]));

    private void TakePromise(RecordedEvent recorded, int index)
    {
        if (PromiseEvents.Concern(recorded.Event))
        {
            _promises.Add(index, recorded);
        }
    }

    private CircularSnapshot Snapshot() => new(Places.View(), _columns, _order.Publish(), _rates.Publish(), _promises.Publish());
}
