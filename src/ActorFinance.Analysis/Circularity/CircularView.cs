using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>The circular flow at a cut as users ask for it: over paid flows, by the index; with contracted or announced ones, by the plain path.</summary>
public static class CircularView
{
    /// <param name="index">Of the whole book.</param>
    /// <param name="cut">What counts.</param>
    /// <param name="window">What is measured.</param>
    /// <param name="firmness">Which flows are taken.</param>
    /// <param name="options">See there.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread.</param>
    public static FlowOutcome<CircularAnswer> At(
        CircularFlowIndex index, Cut cut, FlowWindow window, Firmness firmness, FlowOptions options, Action<string, double>? progress = null) =>
        firmness == Firmness.Paid
            ? index.At(cut, window, options, progress)
            : CircularFlow.Of(index.Book.At(cut), window, options, firmness, progress);

    /// <summary>
    /// The same over one window after the other, the flows being read once. Empty when nothing flowed in the whole window.
    /// </summary>
    public static FlowOutcome<ValueList<CircularAnswer>> SeriesAt(
        CircularFlowIndex index,
        Cut cut,
        FlowWindow whole,
        SeriesStep step,
        RollingSpan? rolling,
        Firmness firmness,
        FlowOptions options,
        Action<string, double>? progress = null)
    {
        var counted = index.Book.At(cut);
        var isPaid = firmness == Firmness.Paid;
        var flows = isPaid ? index.FlowsAt(cut, FlowWindow.Everything) : CircularFlow.FirmFlowsOf(counted, firmness);
        var rates = new ExchangeRates(counted.Events);
        var unpriced = FirmFlows.UnpricedDeals(counted).Count;
        var windows = SeriesWindows.Of(flows, isPaid ? CircularFlowIndex.UpTo(cut, whole) : whole, step, rolling);
        var answers = new List<CircularAnswer>(windows.Count);
        foreach (var window in windows)
        {
            var outcome = isPaid
                ? index.At(cut, window, options, rates, unpriced, () => flows)
                : CircularFlow.Of(flows, rates, window, options, unpriced);
            if (outcome.Value is not { } answer)
            {
                return outcome.Error!;
            }

            answers.Add(answer);
            progress?.Invoke("Windows", (double)answers.Count / windows.Count);
        }

        return FlowOutcome<ValueList<CircularAnswer>>.Of([.. answers]);
    }
}
