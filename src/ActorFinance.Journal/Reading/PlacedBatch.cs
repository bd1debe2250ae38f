using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Journal.Reading;

/// <summary>A fact and where it stands; the whole event too where it was asked for.</summary>
public readonly record struct PlacedRow(PlacedEvent Placed, RecordedEvent? Whole);

/// <summary>Consecutive events without most of their headers, in memory that is used again: disposing gives it back.</summary>
public sealed class PlacedBatch : IDisposable
{
    private readonly int _count;
    private PlacedRow[]? _rows;

    private PlacedBatch(PlacedRow[] rows, int count) => (_rows, _count) = (rows, count);

    public ReadOnlySpan<PlacedRow> Rows => _rows is null ? [] : _rows.AsSpan(0, _count);

    /// <exception cref="CorruptEventException">A row does not decode.</exception>
    public static PlacedBatch Decode(RawJournalBatch batch, Func<CompanyEvent, bool> isWanted)
    {
        var rows = SpareRows<PlacedRow>.Rent(batch.Count, batch.RowsMax);
        var raw = batch.Rows;
        for (var i = 0; i < batch.Count; i++)
        {
            rows[i] = Decode(raw[i], isWanted);
        }

        return new(rows, batch.Count);
    }

    public void Dispose()
    {
        if (_rows is not { } rows)
        {
            return;
        }

        _rows = null;
        SpareRows<PlacedRow>.Return(rows, _count);
    }

    private static PlacedRow Decode(in RawJournalRow row, Func<CompanyEvent, bool> isWanted) =>
        EventCodec.TryDecodePlaced(row.Manifest, row.Payload.Span, out var place, out var fact, out var fault)
            ? new(new(new(row.Ordering), place, fact), isWanted(fact) ? EventReading.Decode(row) : null)
            : throw EventReading.PlacedIn(row, new CorruptEventException(fault));
}
