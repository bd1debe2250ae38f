using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>The circular flow at a cut as users ask for it: over paid flows, with contracted or announced ones beside them where that is asked for.</summary>
public static class CircularView
{
    /// <param name="book">All flows.</param>
    /// <param name="cut">What counts.</param>
    /// <param name="window">What is measured.</param>
    /// <param name="firmness">Which flows are taken.</param>
    /// <param name="options">See there.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread.</param>
    public static FlowOutcome<CircularAnswer> At(
        CircularSnapshot book, Cut cut, FlowWindow window, Firmness firmness, FlowOptions options, Action<string, double>? progress = null) =>
        firmness == Firmness.Paid
            ? book.At(cut, window, options, progress)
            : CircularFlow.Of(book.FirmFlowsAt(cut, firmness), book.RatesAt(cut), window, options, book.UnpricedDealsAt(cut), progress);

    /// <summary>
    /// The same over one window after the other, the flows being read once. Empty when nothing flowed in the whole window.
    /// </summary>
    public static FlowOutcome<ValueList<CircularAnswer>> SeriesAt(
        CircularSnapshot book,
        Cut cut,
        FlowWindow whole,
        SeriesStep step,
        RollingSpan? rolling,
        Firmness firmness,
        FlowOptions options,
        Action<string, double>? progress = null)
    {
        options = options with { AllTraces = false };
        Func<CashPayments> payments;
        IReadOnlyList<FlowWindow> windows;
        IEnumerable<FlowOutcome<FlowMatrix>> matrices;
        var (rates, unpriced) = (book.RatesAt(cut), book.UnpricedDealsAt(cut));
        if (firmness == Firmness.Paid)
        {
            var upTo = CircularSnapshot.UpTo(cut, whole);
            windows = SeriesWindows.Of(book.SpanAt(cut, upTo), upTo, step, rolling);
            matrices = book.MatricesAt(cut, windows, options, rates);
            payments = Once(() => new(book.FlowsAt(cut, upTo with { From = Instant.Minimum }), rates));
        }
        else
        {
            var flows = book.FirmFlowsAt(cut, firmness);
            windows = SeriesWindows.Of(SpanOf(flows, whole), whole, step, rolling);
            matrices = windows.Select(window => FlowMatrixBuilder.Build(flows, rates, window, options));
            payments = Once(() => new(flows, rates));
        }

        var (answers, trails) = (new List<CircularAnswer>(windows.Count), new TrailSeries());
        foreach (var (window, matrix) in windows.Zip(matrices))
        {
            var outcome = matrix.Value is { } built ? CircularFlow.Of(built, payments, window, options, unpriced, progress: null, trails) : matrix.Error!;
            if (outcome.Value is not { } answer)
            {
                return outcome.Error!;
            }

            answers.Add(answer);
            progress?.Invoke("Windows", (double)answers.Count / windows.Count);
        }

        return FlowOutcome<ValueList<CircularAnswer>>.Of([.. answers]);
    }

    /// <summary>Where no company is measured nobody needs the payments, and where some are every window needs the same.</summary>
    private static Func<CashPayments> Once(Func<CashPayments> make)
    {
        var made = new Lazy<CashPayments>(make);
        return () => made.Value;
    }

    private static (Instant First, Instant Last)? SpanOf(IReadOnlyList<DatedFlow> flows, FlowWindow whole)
    {
        var times = flows.Where(flow => whole.Contains(flow.At)).Select(flow => flow.At).ToArray();
        return times.Length == 0 ? null : (times.Min(), times.Max());
    }
}
