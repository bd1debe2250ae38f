using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ActorFinance.Analysis.Networks;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// R_any and R_any via all of one company after the other, in the matrix's units: the payments are one network that all companies share
/// (<see cref="ReturnNetwork"/> is one company's own, and says more). Any number of threads may ask.
/// </summary>
internal sealed class ReturnBounds
{
    private readonly FlowMatrix _matrix;
    private readonly SharedLayout _layout;
    private readonly Int128[] _purchases;
    private readonly Int128[] _sold;
    private readonly ConcurrentBag<Work> _idle = [];

    public ReturnBounds(FlowMatrix matrix)
    {
        (_matrix, _layout, _sold) = (matrix, new(matrix.Flows), new Int128[matrix.Companies.Count]);
        _purchases = _layout.CapacitiesOf(matrix.Purchases);
        for (var arc = 0; arc < matrix.Purchases.ArcCount; arc++)
        {
            _sold[matrix.Purchases.Targets[arc]] += matrix.Purchases.Weights[arc];
        }
    }

    /// <summary>
    /// No more comes back than was invested, and than companies bought from a in all: where a smaller measure reaches that, the greater ones are the same
    /// and need no flow problem.
    /// </summary>
    /// <param name="company">a.</param>
    /// <param name="tried">Ways to try first; they change nothing but the time it takes.</param>
    /// <param name="kept">Is told the ways that were gone.</param>
    public ReturnBound Of(int company, TriedWays? tried = null, ReturnWays? kept = null)
    {
        var investments = _matrix.Investments;
        var (start, end) = (investments.FirstArcs[company], investments.FirstArcs[company + 1]);
        if (start == end)
        {
            return default;
        }

        var (invested, direct) = (Int128.Zero, Int128.Zero);
        for (var arc = start; arc < end; arc++)
        {
            invested += investments.Weights[arc];
            direct += Int128.Min(investments.Weights[arc], Bought(investments.Targets[arc], company));
        }

        var most = Int128.Min(invested, _sold[company]);
        if (direct == most)
        {
            return new(invested, direct, most, most);
        }

        if (!_idle.TryTake(out var work))
        {
            work = new(_layout, _purchases);
        }

        var (any, anyViaAll) = work.Of(company, investments, most, tried, kept);
        _idle.Add(work);
        return new(invested, direct, any, anyViaAll);
    }

    /// <summary>All that were to be asked for were: what only the next question would need goes back to where it was lent from.</summary>
    public void GiveBack()
    {
        while (_idle.TryTake(out var work))
        {
            work.GiveBack();
        }
    }

    private Int128 Bought(int from, int to) => _matrix.Purchases.ArcBetween(from, to) is >= 0 and var arc ? _matrix.Purchases.Weights[arc] : 0;

    /// <summary>What one thread works with.</summary>
    private sealed class Work(SharedLayout layout, Int128[] purchases)
    {
        private readonly SharedFlow _overPurchases = new(layout, purchases, purchases);
        private readonly SharedFlow _overAll = new(layout, layout.Network.Residual, purchases);
        private readonly List<(int Node, Int128 Amount)> _feeds = [];
        private readonly List<int> _viaPurchases = [];
        private readonly List<int> _viaAll = [];

        public (Int128 Any, Int128 AnyViaAll) Of(int company, SparseGraph<Int128> investments, Int128 most, TriedWays? tried, ReturnWays? kept)
        {
            _feeds.Clear();
            _viaPurchases.Clear();
            _viaAll.Clear();
            for (var arc = investments.FirstArcs[company]; arc < investments.FirstArcs[company + 1]; arc++)
            {
                _feeds.Add((investments.Targets[arc], investments.Weights[arc]));
            }

            // What comes back over purchases does so over all payments too: there it is where the looking starts.
            var feeds = CollectionsMarshal.AsSpan(_feeds);
            var any = _overPurchases.Most(company, feeds, most, tried is null ? default : tried.Any(company), tried is null || kept is not null ? _viaPurchases : null);
            var known = tried is null ? new(CollectionsMarshal.AsSpan(_viaPurchases), []) : tried.All(company);
            var anyViaAll = any == most ? most : _overAll.Most(company, feeds, most, known, kept is null ? null : _viaAll);
            kept?.Keep(company, _viaPurchases, _viaAll);
            return (any, anyViaAll);
        }

        public void GiveBack()
        {
            _overPurchases.GiveBack();
            _overAll.GiveBack();
        }
    }
}

/// <summary>In the matrix's units; of nothing invested all are 0.</summary>
/// <param name="Invested">sum_b I[a,b].</param>
/// <param name="Direct">Of R_1.</param>
/// <param name="Any">Of R_any.</param>
/// <param name="AnyViaAll">Of R_any via all.</param>
internal readonly record struct ReturnBound(Int128 Invested, Int128 Direct, Int128 Any, Int128 AnyViaAll);
