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
    public FlowOutcome<CircularAnswer> At(Cut cut, FlowWindow window, FlowOptions options, Action<string, double>? progress = null) =>
        At(cut, window, options, RatesAt(cut), UnpricedDealsAt(cut), () => FlowsAt(cut, window with { From = Instant.Minimum }), progress);

    /// <summary>The same over one window after the other.</summary>
    internal FlowOutcome<CircularAnswer> At(
        Cut cut,
        FlowWindow window,
        FlowOptions options,
        ExchangeRates rates,
        int unpricedDeals,
        Func<IReadOnlyList<DatedFlow>> flows,
        Action<string, double>? progress = null)
    {
        var matrix = MatrixAt(cut, window, options, rates);
        return matrix.Value is { } built ? CircularFlow.Of(built, flows, rates, UpTo(cut, window), options, unpricedDeals, progress) : matrix.Error!;
    }

    /// <summary>The matrix of the paid flows: from rows of numbers where they are in one currency, else from the flows.</summary>
    public FlowOutcome<FlowMatrix> MatrixAt(Cut cut, FlowWindow window, FlowOptions options) => MatrixAt(cut, window, options, RatesAt(cut));

    private FlowOutcome<FlowMatrix> MatrixAt(Cut cut, FlowWindow window, FlowOptions options, ExchangeRates rates)
    {
        CatchUp();
        var columns = _columns.Matrix(RowsAt(cut, UpTo(cut, window)), options, row => EventReference.Of(Book.Recorded[_bookIndexes[row]]));
        return columns is null
            ? FlowMatrixBuilder.Build(FlowsAt(cut, window), rates, UpTo(cut, window), options)
            : FlowOutcome<FlowMatrix>.Of(columns);
    }

    public static FlowWindow UpTo(Cut cut, FlowWindow window) => window with { To = Instant.Earlier(window.To, cut.AsOf) };

    /// <summary>The paid flows of the window that count at the cut, in fold order.</summary>
    public IReadOnlyList<DatedFlow> FlowsAt(Cut cut, FlowWindow window)
    {
        CatchUp();
        var companies = new Dictionary<HolderId, bool>();
        return [.. RowsAt(cut, UpTo(cut, window)).SelectMany(row => CircularFlow.FlowsOf(Book.Recorded[_bookIndexes[row]], IsCompany))];

        bool IsCompany(HolderId holder)
        {
            if (!companies.TryGetValue(holder, out var found))
            {
                companies.Add(holder, found = Book.IsCompany(holder, cut.AsKnown));
            }

            return found;
        }
    }

    public ExchangeRates RatesAt(Cut cut)
    {
        CatchUp();
        return new(Counting(_rates.InOrder(), cut, UpTo(cut, FlowWindow.Everything)));
    }

    private int UnpricedDealsAt(Cut cut)
    {
        RecordedEvent[] deals = [.. Counting(_deals.InOrder(), cut, UpTo(cut, FlowWindow.Everything))];
        return FirmFlows.UnpricedDeals(new(Book, Book.Resolve(cut), deals)).Count;
    }

    private IEnumerable<RecordedEvent> Counting(List<int> indexes, Cut cut, FlowWindow window)
    {
        var known = KnownPoint.Of(cut.AsKnown);
        for (var i = window.From == Instant.Minimum ? 0 : FirstAfter(indexes, index => index, window.From); i < indexes.Count; i++)
        {
            var recorded = Book.Recorded[indexes[i]];
            if (recorded.Header.EffectiveAt > window.To)
            {
                yield break;
            }

            if (known.Sees(Book.VisibilityOf(indexes[i])))
            {
                yield return recorded;
            }
        }
    }

    /// <summary>The rows of the moving events that count in the window, in fold order.</summary>
    private List<int> RowsAt(Cut cut, FlowWindow window)
    {
        var (order, known) = (_moving.InOrder(), KnownPoint.Of(cut.AsKnown));
        var start = window.From == Instant.Minimum ? 0 : FirstAfter(order, row => _bookIndexes[row], window.From);
        var end = Math.Max(start, FirstAfter(order, row => _bookIndexes[row], window.To));
        var rows = new List<int>(end - start);
        for (var i = start; i < end; i++)
        {
            if (known.Sees(Book.VisibilityOf(_bookIndexes[order[i]])))
            {
                rows.Add(order[i]);
            }
        }

        return rows;
    }

    /// <summary>The place of the first item whose event takes effect after that time.</summary>
    private int FirstAfter(List<int> items, Func<int, int> bookIndexOf, Instant at)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Book.Recorded[bookIndexOf(items[middle])].Header.EffectiveAt <= at ? (middle + 1, high) : (low, middle);
        }

        return low;
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
