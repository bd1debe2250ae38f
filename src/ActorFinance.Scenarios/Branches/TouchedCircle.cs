using ActorFinance.Analysis.Circularity;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What of the circle of paid flows differs: from the sums of the window, of the branch the base's with the flows of changed events taken out and put in; and by following each dollar,
/// from the first flow on that differs.
/// </summary>
internal static class TouchedCircle
{
    /// <summary>Answers why a side has none.</summary>
    public static string? Add(
        BaseFigures based, BranchResult.Applied branch, Instant asOf, FigureQuestion question, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after, Action<string, double>? progress)
    {
        var (was, moving) = (based.CircleAt(asOf, question), new MovingChanges(based, branch));
        var now = MatrixOf(based, was.Ledger, moving, branch, asOf, question);
        BaseFigures.Add(before, was.Figures);
        if (now.Value is { } matrix)
        {
            BaseFigures.Add(after, FiguresOf(matrix, question, () => NetworkCircularity.Of(matrix, was.Known)));
        }

        if (question.Families.Contains(FigureFamily.Traced) && moving.PartsAt() is var parting && parting <= asOf)
        {
            BaseFigures.Add(before, based.TracedAt(was, asOf, question, parting, progress));
            BaseFigures.Add(after, now.Value is { } traced ? BookFigures.OfTraces(based.Traced(payments => Traced(payments, traced, parting))) : []);
        }

        return was.Error is { } ofBase ? $"the base: {ofBase.Message}" : now.Error is { } ofBranch ? $"the branch: {ofBranch.Message}" : null;

        TracedCircularity Traced(TracedPayments payments, FlowMatrix of, Instant parting)
        {
            var later = branch.Events.From(parting).SelectMany(recorded => CircularFlow.FlowsOf(recorded, moving.IsCompany));
            return payments.Of(of, question.WindowTo(asOf), question.Flows, parting, later, RatesOf(branch), progress);
        }
    }

    public static List<KeyValuePair<FigureKey, FigureValue>> FiguresOf(FlowMatrix matrix, FigureQuestion question, Func<NetworkCircularity> network) =>
    [
        .. question.Families.Contains(FigureFamily.Circular) ? BookFigures.OfSums(SummedCircularity.Of(matrix, question.Flows.LoansFund)) : [],
        .. question.Families.Contains(FigureFamily.Network) ? BookFigures.OfNetwork(network()) : [],
    ];

    private static FlowOutcome<FlowMatrix> MatrixOf(BaseFigures based, FlowLedger ledger, MovingChanges moving, BranchResult.Applied branch, Instant asOf, FigureQuestion question)
    {
        IEnumerable<DatedFlow> Flows() => branch.Book.At(new(asOf, AsKnown.All)).Events.SelectMany(recorded => CircularFlow.FlowsOf(recorded, moving.IsCompany));
        if (moving.All.Any(change => (change.Was ?? change.Now)!.Event is FxRateRecorded))
        {
            // Any flow may be told at another rate.
            return FlowMatrixBuilder.Build(Flows(), RatesOf(branch), question.WindowTo(asOf), question.Flows);
        }

        var changed = new FlowLedger(ledger);
        Func<HolderId, bool> wasCompany = based.IsCompany, isCompany = moving.IsCompany;
        foreach (var (was, now) in moving.All)
        {
            if (was is not null)
            {
                changed.Remove(was, wasCompany);
            }

            if (now is not null)
            {
                changed.Add(now, isCompany);
            }
        }

        return changed.ToMatrix(Flows);
    }

    private static ExchangeRates RatesOf(BranchResult.Applied branch) => new(branch.Events.OfTypes(typeof(FxRateRecorded)));
}
