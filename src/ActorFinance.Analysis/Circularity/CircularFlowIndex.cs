using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The events that move money, the rates and the deals, each in fold order, so that a window reads only the flows in it. Must equal
/// <see cref="CircularFlow"/> over <see cref="ReferenceFold"/> exactly.
/// </summary>
public sealed class CircularFlowIndex
{
    private readonly FoldSorted<int> _moving;
    private readonly FlowColumns _columns = new();
    private readonly List<int> _bookIndexes = [];
    private readonly FoldSorted<int> _rates;
    private readonly FoldSorted<int> _deals;
    private readonly HashSet<Type> _movingTypes = [.. Movements.Moving];
    private Int128[] _kept = [];
    private int _next;

    public CircularFlowIndex()
        : this(new Book())
    {
    }

    /// <summary>Indexes a book that others fill, or that <see cref="Apply"/> fills; what was added to it is taken in with the next question.</summary>
    public CircularFlowIndex(Book book)
    {
        Book = book;
        _moving = new(row => book.Recorded[_bookIndexes[row]].Key);
        _rates = new(i => book.Recorded[i].Key);
        _deals = new(i => book.Recorded[i].Key);
    }

    public Book Book { get; }

    /// <summary>Takes the next event in offset order.</summary>
    public void Apply(RecordedEvent recorded)
    {
        Book.Add(recorded);
        CatchUp();
    }

    /// <summary>The paid flows of the window up to the cut, where it ends at the latest.</summary>
    public FlowOutcome<CircularAnswer> At(Cut cut, FlowWindow window, FlowOptions options, Action<string, double>? progress = null)
    {
        var rates = RatesAt(cut);
        var matrix = MatricesAt(cut, [window], options, rates).Single();
        return matrix.Value is { } built
            ? CircularFlow.Of(built, () => new(FlowsAt(cut, window with { From = Instant.Minimum }), rates), UpTo(cut, window), options, UnpricedDealsAt(cut), progress)
            : matrix.Error!;
    }

    /// <summary>The matrix of the paid flows.</summary>
    public FlowOutcome<FlowMatrix> MatrixAt(Cut cut, FlowWindow window, FlowOptions options) => MatricesAt(cut, [window], options).Single();

    /// <summary>
    /// The matrices of one window after the other. What a window shares with the one before it stays summed up, so that windows that move on in
    /// time cost one pass over the flows, and each the pairs that it has.
    /// </summary>
    public IEnumerable<FlowOutcome<FlowMatrix>> MatricesAt(Cut cut, IReadOnlyList<FlowWindow> windows, FlowOptions options) =>
        MatricesAt(cut, windows, options, RatesAt(cut));

    internal IEnumerable<FlowOutcome<FlowMatrix>> MatricesAt(Cut cut, IReadOnlyList<FlowWindow> windows, FlowOptions options, ExchangeRates rates)
    {
        CatchUp();
        if (windows.Count == 0)
        {
            yield break;
        }

        var rows = RowsAt(cut, new(windows.Min(window => window.From), Instant.Earlier(windows.Max(window => window.To), cut.AsOf)));
        var isCompany = IsCompanyAt(cut);
        var sums = new FlowSums(_columns, options, rates, row => [.. CircularFlow.FlowsOf(Book.Recorded[_bookIndexes[row]], isCompany)], Interlocked.Exchange(ref _kept, []));
        var (start, end) = (rows.Start, rows.Start);
        foreach (var window in windows)
        {
            var upTo = UpTo(cut, window);
            var from = window.From == Instant.Minimum ? rows.Start : FirstAfter(rows, window.From);
            var to = Math.Max(from, FirstAfter(rows, upTo.To));
            if (from >= start && from <= end && to >= end && from - start < to - from)
            {
                sums.Remove((rows with { Start = start, End = from }).Span);
                sums.Add((rows with { Start = end, End = to }).Span);
            }
            else
            {
                sums.Clear();
                sums.Add((rows with { Start = from, End = to }).Span);
            }

            (start, end) = (from, to);
            var matrix = sums.ToMatrix(rows with { Start = from, End = to }, row => EventReference.Of(Book.Recorded[_bookIndexes[row]]));
            yield return matrix is null ? FlowMatrixBuilder.Build(FlowsAt(cut, window), rates, upTo, options) : FlowOutcome<FlowMatrix>.Of(matrix);
        }

        _kept = sums.Kept;
    }

    public static FlowWindow UpTo(Cut cut, FlowWindow window) => window with { To = Instant.Earlier(window.To, cut.AsOf) };

    /// <summary>The paid flows of the window that count at the cut, in fold order.</summary>
    public IReadOnlyList<DatedFlow> FlowsAt(Cut cut, FlowWindow window)
    {
        CatchUp();
        var isCompany = IsCompanyAt(cut);
        var rows = RowsAt(cut, UpTo(cut, window));
        var flows = new List<DatedFlow>(rows.End - rows.Start);
        foreach (var row in rows.Span)
        {
            flows.AddRange(CircularFlow.FlowsOf(Book.Recorded[_bookIndexes[row]], isCompany));
        }

        return flows;
    }

    /// <summary>When the first and the last of these flows took effect; null when there is none.</summary>
    public (Instant First, Instant Last)? SpanAt(Cut cut, FlowWindow window)
    {
        CatchUp();
        var (isCompany, rows) = (IsCompanyAt(cut), RowsAt(cut, UpTo(cut, window)));
        var (first, last) = (rows.Start, rows.End - 1);
        while (first <= last && !Moves(first))
        {
            first++;
        }

        while (last >= first && !Moves(last))
        {
            last--;
        }

        return first > last ? null : (EffectiveAt(rows.Rows[first]), EffectiveAt(rows.Rows[last]));

        bool Moves(int place) => _columns.Rows[rows.Rows[place]].Slot != FlowColumns.Row.NoSlot || CircularFlow.FlowsOf(Book.Recorded[_bookIndexes[rows.Rows[place]]], isCompany).Any();
    }

    public ExchangeRates RatesAt(Cut cut)
    {
        CatchUp();
        return new(Counting(_rates.InOrder(), cut, UpTo(cut, FlowWindow.Everything)));
    }

    internal int UnpricedDealsAt(Cut cut)
    {
        CatchUp();
        RecordedEvent[] deals = [.. Counting(_deals.InOrder(), cut, UpTo(cut, FlowWindow.Everything))];
        return FirmFlows.UnpricedDeals(new(Book, Book.Resolve(cut), deals)).Count;
    }

    private IEnumerable<RecordedEvent> Counting(List<int> indexes, Cut cut, FlowWindow window)
    {
        var known = Book.Places.PointOf(cut.AsKnown);
        foreach (var index in indexes)
        {
            var recorded = Book.Recorded[index];
            if (recorded.Header.EffectiveAt > window.To)
            {
                yield break;
            }

            if (known.Sees(Book.Places, index))
            {
                yield return recorded;
            }
        }
    }

    /// <summary>The rows of the moving events that count in the window, in fold order. Nothing is copied where all of them count.</summary>
    private RowRange RowsAt(Cut cut, FlowWindow window)
    {
        var (order, known, places) = (_moving.InOrder(), Book.Places.PointOf(cut.AsKnown), Book.Places);
        var all = new RowRange(order, 0, order.Count);
        var start = window.From == Instant.Minimum ? 0 : FirstAfter(all, window.From);
        var end = Math.Max(start, FirstAfter(all, window.To));
        var seen = start;
        while (seen < end && known.Sees(places, _bookIndexes[order[seen]]))
        {
            seen++;
        }

        if (seen == end)
        {
            return new(order, start, end);
        }

        var rows = order.GetRange(start, seen - start);
        for (var i = seen + 1; i < end; i++)
        {
            if (known.Sees(places, _bookIndexes[order[i]]))
            {
                rows.Add(order[i]);
            }
        }

        return new(rows, 0, rows.Count);
    }

    /// <summary>The place of the first row whose event takes effect after that time.</summary>
    private int FirstAfter(RowRange rows, Instant at)
    {
        var (low, high) = (rows.Start, rows.End);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = EffectiveAt(rows.Rows[middle]) <= at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private Instant EffectiveAt(int row) => Book.Places.EffectiveAt(_bookIndexes[row]);

    /// <summary>Whether a holder is a company at the cut, each looked up once.</summary>
    private Func<HolderId, bool> IsCompanyAt(Cut cut)
    {
        var companies = new Dictionary<HolderId, bool>();
        return holder =>
        {
            if (!companies.TryGetValue(holder, out var found))
            {
                companies.Add(holder, found = Book.IsCompany(holder, cut.AsKnown));
            }

            return found;
        };
    }

    private void CatchUp()
    {
        for (; _next < Book.Recorded.Count; _next++)
        {
            var fact = Book.Recorded[_next].Event;
            if (fact is FxRateRecorded)
            {
                _rates.Add(_next);
            }
            else if (fact is DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted)
            {
                _deals.Add(_next);
            }
            else if (_movingTypes.Contains(fact.GetType()))
            {
                _bookIndexes.Add(_next);
                _columns.Add(Book.Recorded[_next]);
                _moving.Add(_bookIndexes.Count - 1);
            }
        }
    }
}
