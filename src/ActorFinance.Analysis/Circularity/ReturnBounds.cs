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
    private readonly ConcurrentBag<(SharedFlow Purchases, SharedFlow All)> _idle = [];

    public ReturnBounds(FlowMatrix matrix)
    {
        (_matrix, _layout) = (matrix, new(matrix.Flows));
        _purchases = _layout.CapacitiesOf(matrix.Purchases);
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

        var (feeds, invested, direct) = (new (int Node, Int128 Amount)[end - start], Int128.Zero, Int128.Zero);
        for (var arc = start; arc < end; arc++)
        {
            feeds[arc - start] = (investments.Targets[arc], investments.Weights[arc]);
            invested += investments.Weights[arc];
            direct += Int128.Min(investments.Weights[arc], Bought(investments.Targets[arc], company));
        }

        var most = Int128.Min(invested, RoundTrip.Sum(_matrix.Into(company).Select(pair => pair.Purchased)));
        if (direct == most)
        {
            return new(invested, direct, most, most);
        }

        if (!_idle.TryTake(out var flows))
        {
            flows = (new(_layout, _purchases, _purchases), new(_layout, _layout.Network.Residual, _purchases));
        }

        // What comes back over purchases does so over all payments too: there it is where the looking starts.
        var (viaPurchases, viaAll) = (new List<int>(), kept is null ? null : new List<int>());
        var any = flows.Purchases.Most(company, feeds, most, tried?.Any(company), viaPurchases);
        var anyViaAll = any == most ? most : flows.All.Most(company, feeds, most, tried is null ? CollectionsMarshal.AsSpan(viaPurchases) : tried.All(company), viaAll);
        kept?.Keep(company, viaPurchases, viaAll!);
        _idle.Add(flows);
        return new(invested, direct, any, anyViaAll);
    }

    private Int128 Bought(int from, int to) => _matrix.Purchases.ArcBetween(from, to) is >= 0 and var arc ? _matrix.Purchases.Weights[arc] : 0;
}

/// <summary>In the matrix's units; of nothing invested all are 0.</summary>
/// <param name="Invested">sum_b I[a,b].</param>
/// <param name="Direct">Of R_1.</param>
/// <param name="Any">Of R_any.</param>
/// <param name="AnyViaAll">Of R_any via all.</param>
internal readonly record struct ReturnBound(Int128 Invested, Int128 Direct, Int128 Any, Int128 AnyViaAll);
