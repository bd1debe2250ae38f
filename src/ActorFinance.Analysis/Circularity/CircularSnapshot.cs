using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>The index at one moment of its writer's: answers any number of threads, takes no lock and never changes.</summary>
public sealed class CircularSnapshot
{
    private readonly FlowColumns _columns;
    private readonly FlowBounds _bounds;
    private readonly FoldOrderView _order;
    private readonly KeptView _rates;

    internal CircularSnapshot(PlacesView places, FlowColumns columns, FoldOrderView order, KeptView rates, KeptView promises) =>
        (Places, _columns, _bounds, _order, _rates, Promises) = (places, columns, FlowBounds.Of(columns), order, rates, promises);

    public PlacesView Places { get; }

    /// <summary>Commitments and deals.</summary>
    public KeptView Promises { get; }

    /// <summary>0 where there is no event.</summary>
    public Offset LastOffset => Places.LastOffset;

    /// <inheritdoc cref="EventPlaces.Resolve(Cut)"/>
    public ResolvedCut Resolve(Cut cut) => Places.Resolve(cut);

    /// <summary>The window up to the cut, where paid flows end.</summary>
    public static FlowWindow UpTo(Cut cut, FlowWindow window) => window with { To = Instant.Earlier(window.To, cut.AsOf) };

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
        if (windows.Count == 0)
        {
            yield break;
        }

        var rows = RowsAt(cut, new(windows.Min(window => window.From), Instant.Earlier(windows.Max(window => window.To), cut.AsOf)));
        var sums = new FlowSums(Table(), options, rates, IsCompanyAt(cut));
        var (start, end) = (rows.Start, rows.Start);
        foreach (var window in windows)
        {
            var upTo = UpTo(cut, window);
            var from = window.From == Instant.Minimum ? rows.Start : FirstAfter(rows, window.From);
            var to = Math.Max(from, FirstAfter(rows, upTo.To));
            if (from >= start && from <= end && to >= end && from - start < to - from)
            {
                sums.Remove(rows with { Start = start, End = from });
                sums.Add(rows with { Start = end, End = to });
            }
            else
            {
                sums.Clear();
                sums.Add(rows with { Start = from, End = to });
            }

            (start, end) = (from, to);
            var matrix = sums.ToMatrix(rows with { Start = from, End = to });
            yield return matrix is null ? FlowMatrixBuilder.Build(FlowsAt(cut, window), rates, upTo, options) : FlowOutcome<FlowMatrix>.Of(matrix);
        }

        sums.Close();
    }

    /// <summary>The paid flows of the window that count at the cut, in fold order.</summary>
    public IReadOnlyList<DatedFlow> FlowsAt(Cut cut, FlowWindow window)
    {
        var (table, isCompany, rows) = (Table(), IsCompanyAt(cut), RowsAt(cut, UpTo(cut, window)));
        var flows = new List<DatedFlow>(rows.End - rows.Start);
        foreach (var row in rows.Numbers)
        {
            flows.AddRange(table.FlowsOf(row, isCompany));
        }

        return flows;
    }

    /// <summary>The paid flows that count at the cut, and what is contracted or announced beside them, in fold order.</summary>
    public IReadOnlyList<DatedFlow> FirmFlowsAt(Cut cut, Firmness firmness)
    {
        var (table, isCompany, rows) = (Table(), IsCompanyAt(cut), RowsAt(cut, UpTo(cut, FlowWindow.Everything)));
        var promised = FirmFlows.Promised(Promises.At(cut), firmness).OrderBy(flow => flow.Key).ToArray();
        var flows = new List<DatedFlow>(rows.End - rows.Start + promised.Length);
        var next = 0;
        foreach (var row in rows.Numbers)
        {
            for (var key = Places.Places.FoldKeyOf(table.IndexOf(row)); next < promised.Length && promised[next].Key < key; next++)
            {
                flows.Add(CircularFlow.Dated(promised[next]));
            }

            flows.AddRange(table.FlowsOf(row, isCompany));
        }

        flows.AddRange(promised[next..].Select(CircularFlow.Dated));
        return flows;
    }

    /// <summary>When the first and the last of these flows took effect; null when there is none.</summary>
    public (Instant First, Instant Last)? SpanAt(Cut cut, FlowWindow window)
    {
        var (table, isCompany, rows) = (Table(), IsCompanyAt(cut), RowsAt(cut, UpTo(cut, window)));
        var (first, last) = (rows.Start, rows.End - 1);
        while (first <= last && !table.FlowsOf(rows.Rows[first], isCompany).Any())
        {
            first++;
        }

        while (last >= first && !table.FlowsOf(rows.Rows[last], isCompany).Any())
        {
            last--;
        }

        return first > last ? null : (EffectiveAt(rows.Rows[first]), EffectiveAt(rows.Rows[last]));
    }

    public ExchangeRates RatesAt(Cut cut) => new(_rates.At(cut).Events);

    internal int UnpricedDealsAt(Cut cut) => FirmFlows.UnpricedDeals(Promises.At(cut)).Count;

    private FlowTable Table() => new(_columns, _bounds, Places);

    /// <summary>The rows of the moving events that count in the window, in fold order. Nothing is copied where all of them count.</summary>
    private RowRange RowsAt(Cut cut, FlowWindow window)
    {
        var (known, places) = (Places.PointOf(cut.AsKnown), Places.Places);
        var all = new RowRange(_order, 0, _order.Count);
        var start = window.From == Instant.Minimum ? 0 : FirstAfter(all, window.From);
        var end = Math.Max(start, FirstAfter(all, window.To));
        int[]? counting = null;
        var count = 0;
        foreach (var row in (all with { Start = start, End = end }).Numbers)
        {
            var counts = known.Sees(places, _columns.Indexes[row]);
            if (counting is null && !counts)
            {
                counting = new int[end - start];
                _order.CopyTo(counting, start, count);
            }
            else if (counts)
            {
                if (counting is not null)
                {
                    counting[count] = row;
                }

                count++;
            }
        }

        return counting is null ? new(_order, start, end) : new(FoldOrderView.Of(counting, count), 0, count);
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

    private Instant EffectiveAt(int row) => Places.Places.EffectiveAt(_columns.Indexes[row]);

    /// <summary>Whether a holder is a company at the cut, each looked up once.</summary>
    private Func<HolderId, bool> IsCompanyAt(Cut cut)
    {
        var companies = new Dictionary<HolderId, bool>();
        return holder =>
        {
            if (!companies.TryGetValue(holder, out var found))
            {
                companies.Add(holder, found = Places.IsCompany(holder, cut.AsKnown));
            }

            return found;
        };
    }
}
