using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>All measures of a window, from the events that count: the plain computation that the index must equal.</summary>
public static class CircularFlow
{
    /// <summary>
    /// Paid flows, and where asked what is contracted or announced beside them: these are dated when they are due, so a window may end after
    /// the cut. They are converted at the latest rate known at the cut.
    /// </summary>
    public static FlowOutcome<CircularAnswer> Of(Counted counted, FlowWindow window, FlowOptions options, Firmness firmness) =>
        Of(
            FirmFlows.UpTo(counted, firmness).Select(f =>
                new DatedFlow(f.At, new(f.From, f.To, f.Amount, f.Kind, f.Category, f.InKind), EventReference.Of(f.Event))),
            new(counted.Events),
            window,
            options,
            FirmFlows.UnpricedDeals(counted).Count);

    /// <summary>Paid flows.</summary>
    /// <param name="counted">The events that count at the cut, in fold order.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut.</param>
    /// <param name="window">Its end should not be after the cut's effective time: the answer repeats it.</param>
    /// <param name="options">See there.</param>
    /// <param name="unpricedDeals">Counted by whoever reads the deals.</param>
    public static FlowOutcome<CircularAnswer> Of(
        IReadOnlyList<RecordedEvent> counted, Func<HolderId, bool> isCompany, FlowWindow window, FlowOptions options, int unpricedDeals) =>
        Of(counted.SelectMany(e => FlowsOf(e, isCompany)), new(counted), window, options, unpricedDeals);

    /// <summary>Over flows from anywhere: paid ones, and what is contracted or announced where that was asked for.</summary>
    public static FlowOutcome<CircularAnswer> Of(
        IEnumerable<DatedFlow> flows, ExchangeRates rates, FlowWindow window, FlowOptions options, int unpricedDeals)
    {
        var built = FlowMatrixBuilder.Build(flows, rates, window, options);
        return built.Value is { } matrix ? FlowOutcome<CircularAnswer>.Of(Answer(matrix, window, options, unpricedDeals)) : built.Error!;
    }

    public static IEnumerable<DatedFlow> FlowsOf(RecordedEvent recorded, Func<HolderId, bool> isCompany) =>
        Movements.Of(recorded.Envelope, isCompany).Select(m => new DatedFlow(recorded.Header.EffectiveAt, m, EventReference.Of(recorded)));

    private static CircularAnswer Answer(FlowMatrix matrix, FlowWindow window, FlowOptions options, int unpricedDeals)
    {
        var finn = FinnCyclingIndex.Of(matrix);
        return new(
            window.From,
            window.To,
            matrix.Currency,
            finn.Index,
            finn.Closed,
            unpricedDeals,
            Enumerable.Range(0, matrix.Companies.Count).Select(i => Company(matrix, i, options)).ToValueList(),
            NamedCycles.Of(matrix, options.CyclesMax, options.CycleLengthMax),
            matrix.ToAmount(RoundTrip.Sum(matrix.Pairs.Select(p => p.RefundsLeftOut))),
            finn);
    }

    private static CompanyCircularity Company(FlowMatrix matrix, int company, FlowOptions options)
    {
        var financed = FinancedRevenue.Of(matrix, company, options.LoansFund);
        return new(
            matrix.Companies[company],
            RoundTrip.Invested(matrix, company),
            RoundTrip.Of(matrix, company),
            RoundTrip.SpentBack(matrix, company),
            financed.Share,
            financed.Outside,
            financed.WithoutFinanced,
            financed);
    }
}
