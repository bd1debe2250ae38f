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
        _moving = new(i => book.Recorded[i].Key);
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
    public FlowOutcome<CircularAnswer> At(Cut cut, FlowWindow window, FlowOptions options) =>
        CircularFlow.Of(FlowsAt(cut, window with { From = Instant.Minimum }), RatesAt(cut), UpTo(cut, window), options, UnpricedDealsAt(cut));

    public static FlowWindow UpTo(Cut cut, FlowWindow window) => window with { To = Instant.Earlier(window.To, cut.AsOf) };

    /// <summary>The paid flows of the window that count at the cut, in fold order.</summary>
    public IReadOnlyList<DatedFlow> FlowsAt(Cut cut, FlowWindow window)
    {
        CatchUp();
        var companies = new Dictionary<HolderId, bool>();
        return [.. Counting(_moving.InOrder(), cut, UpTo(cut, window)).SelectMany(e => CircularFlow.FlowsOf(e, IsCompany))];

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
        for (var i = FirstIn(indexes, window); i < indexes.Count; i++)
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

    private int FirstIn(List<int> indexes, FlowWindow window)
    {
        var (low, high) = (0, window.From == Instant.Minimum ? 0 : indexes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Book.Recorded[indexes[middle]].Header.EffectiveAt <= window.From ? (middle + 1, high) : (low, middle);
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
                _moving.Add(_next);
            }
        }
    }
}
