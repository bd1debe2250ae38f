using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// The share events of one issuer in fold order, written by one and read by many. Each event is a row of a few columns: where it counts on either
/// axis, and, when it only moves shares of a class, between which accounts and how many units. What is published stays as it is: the writer only
/// appends behind it, and works on copies when an event comes late or one is voided.
/// </summary>
internal sealed class IssuerHistory(CompanyId issuer)
{
    private readonly List<int> _late = [];
    private readonly List<int> _touched = [];
    private CompactAccounts _accounts = new();
    private Columns _columns = new(16);
    private int _count;
    private int _published;
    private bool _isFiner;
    private bool _isWide;
    private CompactAccounts? _copied;

    public IssuerSnapshot? Snapshot { get; private set; }

    /// <summary>Takes the event at this place of the book.</summary>
    public void Add(Book book, int index)
    {
        if (_count == 0 || _columns.Events[_count - 1].Key < book.Recorded[index].Key)
        {
            _columns = _columns.WithRoom(_count + 1);
            Write(_columns, _count++, book, index);
        }
        else
        {
            _late.Add(index);
        }
    }

    /// <summary>Where this event counts has changed, or may have.</summary>
    public void Touch(int index) => _touched.Add(index);

    /// <summary>What readers see from now on.</summary>
    public IssuerSnapshot Publish(Book book)
    {
        if (_late.Count > 0)
        {
            Merge(book);
        }

        if (_touched.Count > 0)
        {
            See(book);
        }

        if (_isFiner)
        {
            Recompile(book);
        }

        if (_copied is null || _copied.Count != _accounts.Count || _copied.ClassCount != _accounts.ClassCount)
        {
            _copied = _accounts.Copy();
        }

        _published = _count;
        return Snapshot = new(issuer, _columns, _count, _copied, _isWide);
    }

    private void Merge(Book book)
    {
        _late.Sort((one, other) => book.Recorded[one].Key.CompareTo(book.Recorded[other].Key));
        var merged = new Columns(_count + _late.Count + (_count / 4));
        var (row, next) = (0, 0);
        for (var at = 0; at < _count + _late.Count; at++)
        {
            if (next < _late.Count && (row == _count || book.Recorded[_late[next]].Key < _columns.Events[row].Key))
            {
                Write(merged, at, book, _late[next++]);
            }
            else
            {
                merged.CopyRow(at, _columns, row++);
            }
        }

        _columns = merged;
        _count += _late.Count;
        _published = 0;
        _late.Clear();
    }

    private void See(Book book)
    {
        foreach (var index in _touched)
        {
            var row = RowOf(book.Recorded[index].Key);
            if (row < 0 || _columns.Shows(row, book.VisibilityOf(index)))
            {
                continue;
            }

            if (row < _published)
            {
                _columns = _columns.Copy();
                _published = 0;
            }

            _columns.See(row, book.VisibilityOf(index));
        }

        _touched.Clear();
    }

    private void Recompile(Book book)
    {
        _columns = _columns.Copy();
        _published = 0;
        while (_isFiner)
        {
            _isFiner = false;
            _isWide = false;
            for (var row = 0; row < _count; row++)
            {
                Compile(_columns, row);
            }
        }

        _copied = null;
    }

    private int RowOf(FoldKey key)
    {
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _columns.Events[middle].Key.CompareTo(key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private void Write(Columns columns, int row, Book book, int index)
    {
        var recorded = book.Recorded[index];
        columns.Events[row] = recorded;
        columns.Effective[row] = recorded.Header.EffectiveAt.UtcTicks;
        columns.See(row, book.VisibilityOf(index));
        Compile(columns, row);
    }

    private void Compile(Columns columns, int row)
    {
        var fact = columns.Events[row].Event;
        columns.Moves[row] = fact switch
        {
            SharesIssued { FractionHeld: null } e => Move(e.Class, null, e.Holder, e.Quantity?.Value ?? 0),
            SharesTransferred e => Move(e.Class, e.From, e.To, e.Quantity.Value),
            SharesRepurchased e => Move(e.Class, e.Holder, null, e.Quantity.Value),
            ValuationRecorded { Class: null } e when e.PricePerShare is not null || e.PreMoney is not null || e.PostMoney is not null => ShareMove.Valuation,
            _ => ShareMove.Other,
        };
        columns.IsPriced[row] = fact is SharesIssued { FractionHeld: null, PricePerShare: not null };
        if (fact is ShareClassCreated created)
        {
            var shareClass = _accounts.ClassNumber(created.Class);
            _accounts.Account(shareClass, HolderId.Outside);
            _isFiner |= _accounts.Refine(shareClass, ClassRegister.DecimalsOf(created));
        }
    }

    private ShareMove Move(ShareClassId id, HolderId? from, HolderId? to, decimal quantity)
    {
        var shareClass = _accounts.ClassNumber(id);
        _isFiner |= _accounts.Refine(shareClass, Numbers.Normalise(quantity).Scale);
        var units = CompactAccounts.Units(quantity, _accounts.ScaleOf(shareClass));
        _isWide |= units is null;
        // Nothing moved may still lack its class, which only the register says.
        return units is 0
            ? ShareMove.Other
            : new(
                units ?? 0,
                from is { } giver ? _accounts.Account(shareClass, giver) : _accounts.Nowhere(shareClass),
                to is { } taker ? _accounts.Account(shareClass, taker) : _accounts.Nowhere(shareClass));
    }

    /// <summary>The columns. A row, once published, changes no more.</summary>
    internal sealed class Columns(int capacity)
    {
        public RecordedEvent[] Events { get; } = new RecordedEvent[capacity];

        public long[] Effective { get; } = new long[capacity];

        public long[] FromOffset { get; } = new long[capacity];

        public long[] UntilOffset { get; } = new long[capacity];

        public long[] FromKnown { get; } = new long[capacity];

        public long[] UntilKnown { get; } = new long[capacity];

        /// <summary>Whether it is over at some point of either axis: few are, so the ends are hardly ever read.</summary>
        public bool[] Ends { get; } = new bool[capacity];

        public ShareMove[] Moves { get; } = new ShareMove[capacity];

        public bool[] IsPriced { get; } = new bool[capacity];

        public Columns WithRoom(int count) => count <= capacity ? this : Copy(Math.Max(count, capacity * 2));

        public Columns Copy() => Copy(capacity);

        public bool Shows(int row, in Visibility seen) => seen == new Visibility(FromOffset[row], UntilOffset[row], FromKnown[row], UntilKnown[row]);

        public void See(int row, in Visibility seen)
        {
            (FromOffset[row], UntilOffset[row], FromKnown[row], UntilKnown[row]) = (seen.FromOffset, seen.UntilOffset, seen.FromKnown, seen.UntilKnown);
            Ends[row] = seen.UntilOffset != Visibility.Never || seen.UntilKnown != Visibility.Never;
        }

        public void CopyRow(int to, Columns other, int from)
        {
            (Events[to], Effective[to], Moves[to]) = (other.Events[from], other.Effective[from], other.Moves[from]);
            (Ends[to], IsPriced[to]) = (other.Ends[from], other.IsPriced[from]);
            (FromOffset[to], UntilOffset[to], FromKnown[to], UntilKnown[to]) = (other.FromOffset[from], other.UntilOffset[from], other.FromKnown[from], other.UntilKnown[from]);
        }

        private Columns Copy(int room)
        {
            var copy = new Columns(room);
            Events.CopyTo(copy.Events, 0);
            Effective.CopyTo(copy.Effective, 0);
            FromOffset.CopyTo(copy.FromOffset, 0);
            UntilOffset.CopyTo(copy.UntilOffset, 0);
            FromKnown.CopyTo(copy.FromKnown, 0);
            UntilKnown.CopyTo(copy.UntilKnown, 0);
            Ends.CopyTo(copy.Ends, 0);
            Moves.CopyTo(copy.Moves, 0);
            IsPriced.CopyTo(copy.IsPriced, 0);
            return copy;
        }
    }
}

/// <summary>Units of a class that go from one account to another, one of which may be the class's <see cref="CompactAccounts.Nowhere"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShareMove(long Units, int From, int To)
{
    /// <summary>As where it comes from: not a move, the register has to read the event.</summary>
    public const int NotAMove = -1;

    /// <summary>As where it comes from: prices all classes anew, so that only the last one before an event that asks for a price has to be read.</summary>
    public const int ValuationOfAll = -2;

    public static ShareMove Other { get; } = new(0, NotAMove, NotAMove);

    public static ShareMove Valuation { get; } = new(0, ValuationOfAll, NotAMove);
}
