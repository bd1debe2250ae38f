namespace ActorFinance.Analysis.Timeline;

/// <summary>A list that only grows, in pieces of one size: growing copies nothing and leaves no slack, which at ten million events is the point.</summary>
internal sealed class Column<T>
{
    private const int PieceBits = 13;
    private const int PieceLength = 1 << PieceBits;
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
}
