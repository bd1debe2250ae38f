using ActorFinance.Analysis.Checkpoints;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// A list that only grows, in pieces of one size: growing copies nothing and leaves no slack, which at ten million events is the point. A thread that
/// learnt of a count by a published snapshot may read what is below it while the writer goes on: pieces stay where they are. Items are numbers or
/// structs of this assembly; code over structs of another one is never compiled ahead (decision 0031).
/// </summary>
internal sealed class Column<T>
    where T : unmanaged
{
    public const int PieceLength = 1 << PieceBits;
    private const int PieceBits = 13;
    private const int Within = PieceLength - 1;

    private T[][] _pieces = new T[4][];

    public int Count { get; private set; }

    public ref T this[int index] => ref _pieces[index >> PieceBits][index & Within];

    public void Add(T item)
    {
        var piece = Count >> PieceBits;
        if (piece == _pieces.Length)
        {
            Array.Resize(ref _pieces, piece * 2);
        }

        (_pieces[piece] ??= new T[PieceLength])[Count & Within] = item;
        Count++;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((long)Count);
        for (var start = 0; start < Count; start += PieceLength)
        {
            writer.Items<T>(_pieces[start >> PieceBits].AsSpan(0, Math.Min(PieceLength, Count - start)));
        }
    }

    /// <summary>Into an empty column.</summary>
    public void Load(StateReader reader)
    {
        Count = reader.CountOf<T>();
        _pieces = new T[Math.Max(4, (Count + PieceLength - 1) >> PieceBits)][];
        for (var start = 0; start < Count; start += PieceLength)
        {
            var piece = _pieces[start >> PieceBits] = new T[PieceLength];
            reader.Items(piece.AsSpan(0, Math.Min(PieceLength, Count - start)));
        }
    }
}
