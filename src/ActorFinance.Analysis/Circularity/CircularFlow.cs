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
    public static FlowOutcome<CircularAnswer> Of(
        Counted counted, FlowWindow window, FlowOptions options, Firmness firmness, Action<string, double>? progress = null) =>
        Of(FirmFlowsOf(counted, firmness), new(counted.Events), window, options, FirmFlows.UnpricedDeals(counted).Count, progress);

    /// <summary>Paid flows, and what is contracted or announced beside them, in fold order.</summary>
    public static IReadOnlyList<DatedFlow> FirmFlowsOf(Counted counted, Firmness firmness) =>
        [.. FirmFlows.UpTo(counted, firmness).Select(Dated)];

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
    /// <param name="flows">In fold order, from the beginning, since what is traced goes through the cash that was there before the window.</param>
    /// <param name="rates">Known at the cut.</param>
    /// <param name="window">What is measured.</param>
    /// <param name="options">See there.</param>
    /// <param name="unpricedDeals">Counted by whoever reads the deals.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread.</param>
    public static FlowOutcome<CircularAnswer> Of(
        IEnumerable<DatedFlow> flows,
        ExchangeRates rates,
        FlowWindow window,
        FlowOptions options,
        int unpricedDeals,
        Action<string, double>? progress = null)
    {
        var all = flows as IReadOnlyList<DatedFlow> ?? [.. flows];
        var built = FlowMatrixBuilder.Build(all, rates, window, options);
        return built.Value is { } matrix ? Of(matrix, () => new(all, rates), window, options, unpricedDeals, progress) : built.Error!;
    }

    /// <summary>
    /// Over a matrix that is there already; the payments are asked for only where companies are measured, and the trail of the only one goes on from
    /// that of the window before, where there was one.
    /// </summary>
    internal static FlowOutcome<CircularAnswer> Of(
        FlowMatrix matrix,
        Func<CashPayments> payments,
        FlowWindow window,
        FlowOptions options,
        int unpricedDeals,
        Action<string, double>? progress,
        TrailSeries? trails = null)
    {
        var finn = FinnCyclingIndex.Of(matrix, progress is null ? null : done => progress("Cycling index", done));
        var circulation = CirculationShare.Of(matrix);
        return FlowOutcome<CircularAnswer>.Of(new(
            window.From,
            window.To,
            matrix.Currency,
            finn.Index,
            finn.Closed,
            circulation.Share,
            circulation.NettingShare,
            unpricedDeals,
            options.Measures == FlowMeasures.Network ? [] : Companies(matrix, payments().Within(window, options, matrix.Currency), options, progress, trails ?? new()),
            options.Measures == FlowMeasures.Network ? DirectCircularity.Of(matrix, options.LoansFund) : [],
            NamedCycles.Of(matrix, options.CyclesMax, options.CycleLengthMax),
            matrix.ToAmount(RoundTrip.Sum(matrix.Pairs.Select(p => p.RefundsLeftOut))),
            finn,
            circulation));
    }

    internal static DatedFlow Dated(FirmFlow flow) =>
        new(flow.At, new(flow.From, flow.To, flow.Amount, flow.Kind, flow.Category, flow.InKind), EventReference.Of(flow.Event));

    public static IEnumerable<DatedFlow> FlowsOf(RecordedEvent recorded, Func<HolderId, bool> isCompany) =>
        Movements.Of(recorded.Envelope, isCompany).Select(m => new DatedFlow(recorded.Header.EffectiveAt, m, EventReference.Of(recorded)));

    private static ValueList<CompanyCircularity> Companies(
        FlowMatrix matrix, WindowPayments payments, FlowOptions options, Action<string, double>? progress, TrailSeries trails)
    {
        if (options.Company is { } only)
        {
            return matrix.NumberOf(only) is { } number ? [Company(matrix, payments, number, options, trails)] : [];
        }

        var companies = new CompanyCircularity[matrix.Companies.Count];
        var done = 0;
        AllCores.Each(companies.Length, i =>
        {
            companies[i] = Company(matrix, payments, i, options, new());
            progress?.Invoke("Companies", (double)Interlocked.Increment(ref done) / companies.Length);
        });
        return [.. companies];
    }

    private static CompanyCircularity Company(FlowMatrix matrix, WindowPayments payments, int number, FlowOptions options, TrailSeries trails)
    {
        var company = matrix.Companies[number];
        TraceMethod[] methods = options is { Company: not null, AllTraces: true } ? [TraceMethod.Haircut, .. Enum.GetValues<TraceMethod>()] : [TraceMethod.Haircut, options.Trace];
        var followed = methods.Distinct().Select(method => (Method: method, Walk: trails.Follow(payments, company, method, options.LoansFund))).ToList();
        var traced = options.LoansFund ? trails.Follow(payments, company, options.Trace, loansFund: false) : followed.Find(one => one.Method == options.Trace).Walk;
        var financed = FinancedRevenue.Of(matrix, number, options.LoansFund, payments, followed.ConvertAll(one => (one.Method, one.Walk.Trail)));
        return new(
            company,
            RoundTrip.Invested(matrix, number),
            RoundTrip.Of(matrix, number, options.Hops, options.HopsVia),
            traced.Trail.ToAnswer(options.Trace, traced.Lots),
            RoundTrip.SpentBack(matrix, number),
            financed.Share,
            financed.ShareProRata,
            financed.Outside,
            financed.WithoutFinanced,
            financed);
    }
}
