using ActorFinance.Analysis.Circularity;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What of the circle follows from the sums of the window, on both sides: of the branch, the base's sums with the flows of changed events taken out and put
/// in. What needs the network solved is solved as a whole, where it is asked for.
/// </summary>
internal static class TouchedCircle
{
    /// <summary>Answers why a side has none.</summary>
    public static string? Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, FigureQuestion question, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var was = based.CircleAt(asOf, question);
        var now = MatrixOf(was.Ledger, based, branch, asOf, question);
        if (was.Error is { } ofBase)
        {
            return $"the base: {ofBase.Message}";
        }

        if (now.Value is not { } matrix)
        {
            return $"the branch: {now.Error!.Message}";
        }

        BaseFigures.Add(before, was.Figures);
        BaseFigures.Add(after, FiguresOf(matrix, question, () => NetworkCircularity.Of(matrix, was.Known)));
        return null;
    }

    public static List<KeyValuePair<FigureKey, FigureValue>> FiguresOf(FlowMatrix matrix, FigureQuestion question, Func<NetworkCircularity> network) =>
    [
        .. question.Families.Contains(FigureFamily.Circular) ? BookFigures.OfSums(SummedCircularity.Of(matrix, question.Flows.LoansFund)) : [],
        .. question.Families.Contains(FigureFamily.Network) ? BookFigures.OfNetwork(network()) : [],
    ];

    private static FlowOutcome<FlowMatrix> MatrixOf(FlowLedger ledger, BaseFigures based, BranchResult.Applied branch, Instant asOf, FigureQuestion question)
    {
        var moving = new MovingChanges(based, branch);
        IEnumerable<DatedFlow> Flows() => branch.Book.At(new(asOf, AsKnown.All)).Events.SelectMany(recorded => CircularFlow.FlowsOf(recorded, moving.IsCompany));
        if (moving.All.Any(change => (change.Was ?? change.Now)!.Event is FxRateRecorded))
        {
            // Any flow may be told at another rate.
            return FlowMatrixBuilder.Build(Flows(), new(branch.Events.OfTypes(typeof(FxRateRecorded))), question.WindowTo(asOf), question.Flows);
        }

        var changed = new FlowLedger(ledger);
        foreach (var (was, now) in moving.All)
        {
            foreach (var flow in was is null ? [] : CircularFlow.FlowsOf(was, based.IsCompany))
            {
                changed.Remove(flow);
            }

            foreach (var flow in now is null ? [] : CircularFlow.FlowsOf(now, moving.IsCompany))
            {
                changed.Add(flow);
            }
        }

        return changed.ToMatrix(Flows);
    }
}
