using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The trails of all companies over payments that never change, by one method, with marks on the way: payments that are the same up to a place are followed from the
/// last mark before it on, and not from the beginning. Marks first, then any number of threads may follow.
/// </summary>
/// <param name="payments">All of them.</param>
/// <param name="method">Which money goes out first.</param>
/// <param name="loansFund">Whether loans are followed, as investments are.</param>
internal sealed class MarkedTrails(CashPayments payments, TraceMethod method, bool loansFund)
{
    /// <summary>Each holds the pools of every company: the one that was not used for longest goes first.</summary>
    private const int MarksMax = 4;

    private readonly List<Mark> _marks = [];

    /// <summary>Sees to it that trails of payments that part after so many can go on from there.</summary>
    /// <param name="window">Up to its end, or beyond.</param>
    /// <param name="count">At most all payments of the window.</param>
    /// <param name="progress">Told which part is done, from 0 to 1; from any thread.</param>
    public void MarkAt(WindowPayments window, int count, Action<double>? progress)
    {
        if (_marks.Find(mark => mark.Count == count) is { } known)
        {
            _marks.Remove(known);
            _marks.Add(known);
            return;
        }

        var (companies, before, walks, done) = (payments.Companies.ToArray(), LatestUpTo(count), new TrailWalk?[payments.CompanyCount], 0);
        AllCores.Each(companies.Length, i =>
        {
            var (first, company) = (window.First(count), companies[i]);
            if (TagLots.Of(first, company.Key, loansFund) is { First: >= 0 } lots)
            {
                var walk = before?.Walks[company.Value]?.Copy(payments) ?? new TrailWalk(payments, company.Key, method);
                walk.AdvanceTo(first, lots);
                walks[company.Value] = walk;
            }

            progress?.Invoke((double)Interlocked.Increment(ref done) / companies.Length);
        });
        if (_marks.Count == MarksMax)
        {
            _marks.RemoveAt(0);
        }

        _marks.Add(new(count, walks));
    }

    /// <summary>What became of a company's money.</summary>
    /// <param name="window">Of these payments, or of others that begin with the same.</param>
    /// <param name="shared">How many are the same.</param>
    /// <param name="company">Whose.</param>
    public (Trail Trail, TagLots Lots) Follow(WindowPayments window, int shared, CompanyId company)
    {
        var number = payments.Find(company);
        var mark = number < 0 ? null : LatestUpTo(Math.Min(shared, window.Count));
        var lots = TagLots.Of(window, company, loansFund);
        return ((mark?.Walks[number]?.Copy(window.All) ?? new TrailWalk(window.All, company, method)).AdvanceTo(window, lots), lots);
    }

    private Mark? LatestUpTo(int count) => _marks.Where(mark => mark.Count <= count).MaxBy(mark => mark.Count);

    /// <param name="Count">Of payments that were followed.</param>
    /// <param name="Walks">By number of the company; null for one that had funded nobody by then.</param>
    private sealed record Mark(int Count, TrailWalk?[] Walks);
}
