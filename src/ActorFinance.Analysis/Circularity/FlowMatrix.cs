using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The flows of a window in whole units of the finest decimal place among their amounts, so that every comparison and flow problem is exact.
/// <list type="table">
/// <item><term>F[i,j]</term><description>paid from i to j (rows pay, columns receive), less the purchases that j refunded to i</description></item>
/// <item><term>I[i,j], P[i,j]</term><description>the parts of F[i,j] that are investments and purchases</description></item>
/// <item><term>e[i], x[i]</term><description>from outside to i, from i to outside</description></item>
/// </list>
/// Refunds lower the F and P that they repay, never below 0; what exceeds the window's purchases is kept apart and left out.
/// </summary>
public sealed class FlowMatrix
{
    private readonly int[] _firstPairs;
    private readonly Lazy<(int[] First, PairFlow[] Pairs)> _into;
    private readonly Lazy<SparseGraph<Int128>> _flows;
    private readonly Lazy<SparseGraph<Int128>> _investments;
    private readonly Lazy<SparseGraph<Int128>> _purchases;
    private readonly Lazy<StronglyConnectedComponents> _components;
    private readonly Lazy<ReturnBounds> _returns;
    private readonly OutsideFlow[] _outside;
    private readonly decimal _unit;
    private readonly CompanyId[] _companies;
    private readonly PairFlow[] _pairs;

    internal FlowMatrix(Currency? currency, CompanyId[] companies, PairFlow[] pairs, OutsideFlow[] outside, decimal unit)
    {
        Currency = currency;
        _companies = companies;
        _pairs = pairs;
        _firstPairs = new int[companies.Length + 1];
        foreach (var pair in pairs)
        {
            _firstPairs[pair.From + 1]++;
        }

        for (var i = 0; i < companies.Length; i++)
        {
            _firstPairs[i + 1] += _firstPairs[i];
        }

        _into = new(ByPayee);
        _outside = outside;
        _unit = unit;
        _flows = new(() => Graph(p => p.Total));
        _investments = new(() => Graph(p => p.Invested));
        _purchases = new(() => Graph(p => p.Purchased));
        _components = new(() => StronglyConnectedComponents.Of(Flows));
        _returns = new(() => new(this));
    }

    /// <summary>Null when nothing flowed and none was asked for.</summary>
    public Currency? Currency { get; }

    /// <summary>Everyone with a flow in the window, by id; companies are numbered by their place here.</summary>
    public IReadOnlyList<CompanyId> Companies => _companies;

    /// <summary>By payer, then payee; also those of which refunds have left nothing.</summary>
    public IReadOnlyList<PairFlow> Pairs => _pairs;

    /// <summary>F.</summary>
    public SparseGraph<Int128> Flows => _flows.Value;

    /// <summary>I.</summary>
    public SparseGraph<Int128> Investments => _investments.Value;

    /// <summary>P.</summary>
    public SparseGraph<Int128> Purchases => _purchases.Value;

    /// <summary>Of F.</summary>
    internal StronglyConnectedComponents Components => _components.Value;

    internal ReturnBounds Returns => _returns.Value;

    /// <summary>Null when nothing ever went that way.</summary>
    public PairFlow? Between(int from, int to)
    {
        var (low, high) = (_firstPairs[from], _firstPairs[from + 1]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _pairs[middle].To < to ? (middle + 1, high) : (low, middle);
        }

        return low < _firstPairs[from + 1] && _pairs[low].To == to ? _pairs[low] : null;
    }

    /// <summary>What a company was paid, by payer.</summary>
    public IEnumerable<PairFlow> Into(int company) => new ArraySegment<PairFlow>(_into.Value.Pairs, _into.Value.First[company], _into.Value.First[company + 1] - _into.Value.First[company]);

    public OutsideFlow Outside(int company) => _outside[company];

    /// <summary>The number of a company; null when it has no flow in the window.</summary>
    public int? NumberOf(CompanyId company) => Array.BinarySearch(_companies, company) is >= 0 and var number ? number : null;

    public Int128 ToUnits(decimal amount) => (Int128)(amount / _unit);

    public decimal ToAmount(Int128 units) => Numbers.Normalise((decimal)units * _unit);

    private (int[] First, PairFlow[] Pairs) ByPayee()
    {
        var (first, pairs) = (new int[Companies.Count + 1], new PairFlow[_pairs.Length]);
        foreach (var pair in _pairs)
        {
            first[pair.To + 1]++;
        }

        for (var i = 0; i < Companies.Count; i++)
        {
            first[i + 1] += first[i];
        }

        var next = first.AsSpan(0, Companies.Count).ToArray();
        foreach (var pair in _pairs)
        {
            pairs[next[pair.To]++] = pair;
        }

        return (first, pairs);
    }

    private SparseGraph<Int128> Graph(Func<PairFlow, Int128> weight)
    {
        // The pairs are in the order of a graph's arcs already, each place once.
        var firstArcs = new int[Companies.Count + 1];
        foreach (var pair in _pairs)
        {
            firstArcs[pair.From + 1] += weight(pair) != 0 ? 1 : 0;
        }

        for (var i = 0; i < Companies.Count; i++)
        {
            firstArcs[i + 1] += firstArcs[i];
        }

        var (targets, weights, count) = (new int[firstArcs[^1]], new Int128[firstArcs[^1]], 0);
        foreach (var pair in _pairs)
        {
            if (weight(pair) is var amount && amount != 0)
            {
                (targets[count], weights[count++]) = (pair.To, amount);
            }
        }

        return new(firstArcs, targets, weights);
    }
}

/// <summary>The sums of what one company paid another.</summary>
internal struct PairSums
{
    public Int128 Paid;
    public Int128 Bought;
    public Int128 Refunded;
    public Int128 Invested;
    public Int128 Lent;

    /// <summary>Whether anything ever went that way, or was refunded.</summary>
    public readonly bool IsPresent => Paid > 0 || Refunded > 0;

    public void Add(FlowKind kind, Int128 units)
    {
        if (kind == FlowKind.Refund)
        {
            Refunded += units;
            return;
        }

        Paid += units;
        switch (kind)
        {
            case FlowKind.Investment:
                Invested += units;
                break;
            case FlowKind.Loan:
                Lent += units;
                break;
            case FlowKind.Purchase:
                Bought += units;
                break;
        }
    }

    /// <summary>In units that many times as large.</summary>
    public readonly PairSums In(Int128 unit) =>
        new() { Paid = In(Paid, unit), Bought = In(Bought, unit), Refunded = In(Refunded, unit), Invested = In(Invested, unit), Lent = In(Lent, unit) };

    private static Int128 In(Int128 amount, Int128 unit) =>
        amount == 0 ? 0 : amount <= long.MaxValue && unit <= long.MaxValue ? (long)amount / (long)unit : amount / unit;
}

/// <summary>The events behind pairs, by a number that whoever made the pair knows.</summary>
internal interface IPairEvents
{
    IEnumerable<(FlowKind Kind, EventReference Event)> Of(int pair);
}

/// <summary>What one company paid another in the window, in the matrix's units.</summary>
public sealed class PairFlow
{
    private readonly IPairEvents _source;
    private readonly int _number;
    private readonly PairSums _sums;
    private (FlowKind Kind, EventReference Event)[]? _events;

    internal PairFlow(int from, int to, in PairSums sums, IPairEvents events, int number)
    {
        (From, To, _sums, _source, _number) = (from, to, sums, events, number);
    }

    public int From { get; }

    public int To { get; }

    /// <summary>F[from,to].</summary>
    public Int128 Total => _sums.Paid - Int128.Min(_sums.Refunded, _sums.Bought);

    /// <summary>I[from,to].</summary>
    public Int128 Invested => _sums.Invested;

    /// <summary>P[from,to].</summary>
    public Int128 Purchased => _sums.Bought - Int128.Min(_sums.Refunded, _sums.Bought);

    /// <summary>Bought, before refunds.</summary>
    public Int128 Bought => _sums.Bought;

    /// <summary>Loans drawn; what was repaid is a flow the other way.</summary>
    public Int128 Lent => _sums.Lent;

    /// <summary>Refunded beyond what was bought in the window.</summary>
    public Int128 RefundsLeftOut => Int128.Max(0, _sums.Refunded - _sums.Bought);

    /// <summary>All events behind it, refunds too, in fold order.</summary>
    public IReadOnlyList<EventReference> Events => EventsOf(_ => true);

    /// <summary>Investments and loans.</summary>
    public IReadOnlyList<EventReference> FundingEvents => EventsOf(kind => kind is FlowKind.Investment or FlowKind.Loan);

    /// <summary>Purchases and their refunds.</summary>
    public IReadOnlyList<EventReference> PurchaseEvents => EventsOf(kind => kind is FlowKind.Purchase or FlowKind.Refund);

    // Companies are measured on several threads, which may each look the same events up: no harm.
    private EventReference[] EventsOf(Func<FlowKind, bool> takes) =>
        [.. (_events ??= [.. _source.Of(_number)]).Where(e => takes(e.Kind)).Select(e => e.Event)];
}

/// <summary>What one company exchanged with the outside in the window, in the matrix's units.</summary>
/// <param name="Received">e[i].</param>
/// <param name="Paid">x[i].</param>
/// <param name="Revenue">The part of <paramref name="Received"/> that is revenue.</param>
public sealed record OutsideFlow(Int128 Received, Int128 Paid, Int128 Revenue);
