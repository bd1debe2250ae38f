namespace ActorFinance.Journal.Contracts;

/// <summary>
/// One company's stored events, in memory and in order, with their payloads end to end in a few large arrays: an object for each event would be
/// copied from one generation of the collector to the next, which was a good part of an append.
/// </summary>
public sealed class StoredLog
{
    private const int FirstChunk = 2 * 1024;

    /// <summary>Above what the collector keeps apart as large objects, and never copies.</summary>
    private const int LargestChunk = 256 * 1024;

    private readonly List<byte[]> _chunks = [];
    private readonly List<Entry> _entries = [];
    private int _used;

    public int Count => _entries.Count;

    /// <summary>Of all payloads together.</summary>
    public long PayloadBytes { get; private set; }

    public StoredEvent this[int index] => new(ManifestOf(index), PayloadOf(index).ToArray());

    public string ManifestOf(int index) => _entries[index].Manifest;

    public ReadOnlySpan<byte> PayloadOf(int index)
    {
        var entry = _entries[index];
        return _chunks[entry.Chunk].AsSpan(entry.Start, entry.Length);
    }

    public void Add(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var length = stored.Payload.Length;
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < length)
        {
            var next = _chunks.Count == 0 ? FirstChunk : Math.Min(LargestChunk, 2 * _chunks[^1].Length);
            _chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(next, length)));
            _used = 0;
        }

        stored.Payload.CopyTo(_chunks[^1].AsSpan(_used));
        _entries.Add(new(stored.Manifest, _chunks.Count - 1, _used, length));
        _used += length;
        PayloadBytes += length;
    }

    private readonly record struct Entry(string Manifest, int Chunk, int Start, int Length);
}
