using ActorFinance.Analysis.Checkpoints;

namespace ActorFinance.Analysis.Cash;

/// <summary>Entries of one account in fold order, in pieces of one length. What is below <see cref="Count"/> is never written again.</summary>
internal readonly struct EntryPieces(CashEntry[][] pieces, int count)
{
    public const int Length = 1 << Bits;
    private const int Bits = 7;
    private const int Within = Length - 1;

    private readonly CashEntry[][] _pieces = pieces;

    public int Count => count;

    /// <summary>The number of pieces that hold something.</summary>
    public int Pieces => (count + Within) >> Bits;

    public ref readonly CashEntry this[int index] => ref _pieces[index >> Bits][index & Within];

    public ReadOnlySpan<CashEntry> Piece(int number) => _pieces[number].AsSpan(0, Math.Min(Length, count - (number << Bits)));

    public void Save(StateWriter writer)
    {
        writer.Write((long)count);
        for (var piece = 0; piece < Pieces; piece++)
        {
            writer.Items(Piece(piece));
        }
    }
}

/// <summary>
/// Entries of one account as they come, behind each other. Growing copies nothing but a short first piece, so that it leaves neither garbage nor slack;
/// what it has shown stays where it is.
/// </summary>
internal struct EntryPieceList
{
    private const int FirstLength = 4;

    private CashEntry[][] _pieces;
    private CashEntry[] _last;

    public EntryPieceList() => (_pieces, _last) = ([], []);

    /// <summary>What <see cref="EntryPieces.Save"/> wrote.</summary>
    public EntryPieceList(StateReader reader)
        : this()
    {
        Count = reader.CountOf<CashEntry>();
        _pieces = new CashEntry[(Count + EntryPieces.Length - 1) / EntryPieces.Length][];
        for (var piece = 0; piece < _pieces.Length; piece++)
        {
            _last = _pieces[piece] = new CashEntry[Math.Min(EntryPieces.Length, Count - (piece * EntryPieces.Length))];
            reader.Items<CashEntry>(_last);
        }
    }

    public int Count { get; private set; }

    public readonly EntryPieces Shown => new(_pieces, Count);

    /// <summary>There is one.</summary>
    public readonly ref readonly CashEntry Last => ref _last[(Count - 1) % EntryPieces.Length];

    public void Add(in CashEntry entry)
    {
        var at = Count % EntryPieces.Length;
        if (at == 0 || at == _last.Length)
        {
            MakeRoom(at);
        }

        _last[at] = entry;
        Count++;
    }

    private void MakeRoom(int at)
    {
        var piece = Count / EntryPieces.Length;
        if (piece == _pieces.Length)
        {
            Array.Resize(ref _pieces, Math.Max(1, piece * 2));
        }

        // Only the last piece may be short, and only of an account that has one or that was loaded.
        var larger = new CashEntry[piece == 0 || at > 0 ? Math.Min(EntryPieces.Length, Math.Max(FirstLength, at * 2)) : EntryPieces.Length];
        Array.Copy(_last, larger, at);
        _last = _pieces[piece] = larger;
    }
}
