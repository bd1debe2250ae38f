using System.Buffers;
using System.Collections;

namespace ActorFinance.Journal.Reading;

/// <summary>
/// Consecutive rows in pooled memory. Disposing gives the memory back, and the payloads with it; a batch that is
/// never disposed is merely slower, because its memory is then left to the garbage collector.
/// </summary>
public sealed class RawJournalBatch : IReadOnlyList<RawJournalRow>, IDisposable
{
    private RawJournalRow[]? _rows;
    private byte[] _bytes;
    private int _bytesUsed;

    internal RawJournalBatch(int rowsMax, int bytesMax)
    {
        RowsMax = rowsMax;
        _rows = SpareRows<RawJournalRow>.Rent(rowsMax, rowsMax);
        _bytes = ArrayPool<byte>.Shared.Rent(bytesMax);
    }

    public int Count { get; private set; }

    /// <summary>The rows as a span, for loops that count nanoseconds.</summary>
    public ReadOnlySpan<RawJournalRow> Rows => _rows.AsSpan(0, Count);

    public RawJournalRow this[int index] => Rows[index];

    internal int RowsMax { get; }

    /// <summary>Copies the payload and adds the row; <c>false</c> when the batch is full and the row must go into the next one.</summary>
    internal bool TryAdd(long ordering, string persistenceId, long sequenceNumber, string manifest, ReadOnlySpan<byte> payload)
    {
        if (Count == RowsMax)
            return false;

        if (payload.Length > _bytes.Length - _bytesUsed)
        {
            if (Count > 0)
                return false;

            // A single payload larger than a whole batch gets a buffer of its own size.
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(payload.Length);
        }

        payload.CopyTo(_bytes.AsSpan(_bytesUsed));
        _rows![Count] = new RawJournalRow(
            ordering, persistenceId, sequenceNumber, manifest, _bytes.AsMemory(_bytesUsed, payload.Length));
        _bytesUsed += payload.Length;
        Count++;
        return true;
    }

    public void Dispose()
    {
        if (_rows is not { } rows)
            return;

        SpareRows<RawJournalRow>.Return(rows, Count);
        ArrayPool<byte>.Shared.Return(_bytes);
        (_rows, _bytes, Count) = (null, [], 0);
    }

    public IEnumerator<RawJournalRow> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
