using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>What of the circle follows each dollar.</summary>
/// <param name="Currency">Null when nothing flowed and none was asked for.</param>
/// <param name="Companies">Everyone with a flow in the window, by id.</param>
public sealed record TracedCircularity(Currency? Currency, ValueList<TracedCompany> Companies)
{
    public static TracedCircularity Of(CircularAnswer answer) =>
        new(answer.Currency, [.. answer.Companies.Select(company => new TracedCompany(company.Company, company.Traced.Returned, company.Traced.Ratio, company.FinancedRevenueShareProRata))]);
}

/// <summary>One company's part in it; ratios are null where they are undefined.</summary>
/// <param name="Company">Has a flow in the window.</param>
/// <param name="Returned">Of what it invested, by purchases from it.</param>
/// <param name="Ratio">Returned / invested.</param>
/// <param name="FinancedRevenueShareProRata">D(a) by what was in each buyer's cash.</param>
public sealed record TracedCompany(CompanyId Company, decimal Returned, double? Ratio, double? FinancedRevenueShareProRata);

/// <summary>
/// The payments of a book that does not change, for what follows each dollar there and in lists of events that part from it at some time: up to that time the money is followed once,
/// after it once for each list. One thread at a time; it uses them all.
/// </summary>
public sealed class TracedPayments
{
    private readonly CashPayments _payments;
    private readonly Dictionary<(FlowOptions Options, Instant From, Currency? Currency, TraceMethod Method, bool LoansFund), MarkedTrails> _trails = [];

    /// <param name="flows">In fold order, from the beginning.</param>
    /// <param name="rates">Known at the cut.</param>
    public TracedPayments(IEnumerable<DatedFlow> flows, ExchangeRates rates) => _payments = new(flows, rates);

    /// <summary>Of the book itself.</summary>
    /// <param name="matrix">The window's sums.</param>
    /// <param name="window">What is measured.</param>
    /// <param name="options">Which flows can be investments, and how they are traced.</param>
    /// <param name="parting">When the list parts that is asked for next: from there on its money is followed.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread.</param>
    public TracedCircularity Of(FlowMatrix matrix, FlowWindow window, FlowOptions options, Instant parting, Action<string, double>? progress = null)
    {
        var seen = _payments.Within(window, options, matrix.Currency);
        return Of(matrix, seen, window, options, Math.Min(seen.Count, _payments.CountBefore(parting)), seen.Count, progress);
    }

    /// <summary>Of a list of events that is the same before some time.</summary>
    /// <param name="matrix">The window's sums, of that list.</param>
    /// <param name="window">What is measured.</param>
    /// <param name="options">Which flows can be investments, and how they are traced.</param>
    /// <param name="parting">Before it nothing is different.</param>
    /// <param name="later">All flows of the list from then on, in fold order.</param>
    /// <param name="rates">Of the list; those recorded before then are the same.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread.</param>
    public TracedCircularity Of(
        FlowMatrix matrix, FlowWindow window, FlowOptions options, Instant parting, IEnumerable<DatedFlow> later, ExchangeRates rates, Action<string, double>? progress = null)
    {
        var shared = _payments.CountBefore(parting);
        var seen = new CashPayments(_payments, shared, later, rates).Within(window, options, matrix.Currency);
        return Of(matrix, seen, window, options, Math.Min(seen.Count, shared), shared, progress);
    }

    private TracedCircularity Of(FlowMatrix matrix, WindowPayments seen, FlowWindow window, FlowOptions options, int mark, int shared, Action<string, double>? progress)
    {
        if (matrix.Currency is not { } currency)
        {
            return new(null, [.. matrix.Companies.Select(company => new TracedCompany(company, 0, null, null))]);
        }

        var companies = new TracedCompany[matrix.Companies.Count];
        var alike = _payments.Within(window, options, currency);
        var parts = TrailsOf(TraceMethod.Haircut, options.LoansFund);
        var traced = TrailsOf(options.Trace, loansFund: false);
        var done = 0;
        AllCores.Each(companies.Length, i =>
        {
            var company = matrix.Companies[i];
            var (trail, lots) = parts.Follow(seen, shared, company);
            var (own, ownLots) = traced == parts ? (trail, lots) : traced.Follow(seen, shared, company);
            var answer = own.ToAnswer(options.Trace, ownLots);
            companies[i] = new(company, answer.Returned, answer.Ratio, FinancedRevenue.TracedShareOf(matrix, i, FinancedRevenue.SumsOf(matrix, i, options.LoansFund).Sold, seen, trail));
            progress?.Invoke("Companies", (double)Interlocked.Increment(ref done) / companies.Length);
        });
        return new(currency, [.. companies]);

        MarkedTrails TrailsOf(TraceMethod method, bool loansFund)
        {
            var key = (options, window.From, (Currency?)currency, method, loansFund);
            if (!_trails.TryGetValue(key, out var trails))
            {
                _trails.Add(key, trails = new(_payments, method, loansFund));
            }

            trails.MarkAt(alike, mark, progress is null ? null : part => progress("Companies before", part));
            return trails;
        }
    }
}
