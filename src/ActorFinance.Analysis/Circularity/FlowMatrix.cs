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
    private readonly Dictionary<(int From, int To), PairFlow> _pairs;
    private readonly ILookup<int, PairFlow> _into;
    private readonly OutsideFlow[] _outside;
    private readonly decimal _unit;
    private readonly CompanyId[] _companies;

    internal FlowMatrix(Currency? currency, CompanyId[] companies, PairFlow[] pairs, OutsideFlow[] outside, decimal unit)
    {
        Currency = currency;
        _companies = companies;
        Pairs = pairs;
        _pairs = pairs.ToDictionary(p => (p.From, p.To));
        _into = pairs.ToLookup(p => p.To);
        _outside = outside;
        _unit = unit;
        Flows = Graph(p => p.Total);
        Investments = Graph(p => p.Invested);
        Purchases = Graph(p => p.Purchased);
    }

    /// <summary>Null when nothing flowed and none was asked for.</summary>
    public Currency? Currency { get; }

    /// <summary>Everyone with a flow in the window, by id; companies are numbered by their place here.</summary>
    public IReadOnlyList<CompanyId> Companies => _companies;

    /// <summary>By payer, then payee; also those of which refunds have left nothing.</summary>
    public IReadOnlyList<PairFlow> Pairs { get; }

    /// <summary>F.</summary>
    public SparseGraph<Int128> Flows { get; }

    /// <summary>I.</summary>
    public SparseGraph<Int128> Investments { get; }

    /// <summary>P.</summary>
    public SparseGraph<Int128> Purchases { get; }

    /// <summary>Null when nothing ever went that way.</summary>
    public PairFlow? Between(int from, int to) => _pairs.GetValueOrDefault((from, to));

    /// <summary>What a company was paid, by payer.</summary>
    public IEnumerable<PairFlow> Into(int company) => _into[company];

    public OutsideFlow Outside(int company) => _outside[company];

    /// <summary>The number of a company; null when it has no flow in the window.</summary>
    public int? NumberOf(CompanyId company) => Array.BinarySearch(_companies, company) is >= 0 and var number ? number : null;

    public Int128 ToUnits(decimal amount) => (Int128)(amount / _unit);

    public decimal ToAmount(Int128 units) => Numbers.Normalise((decimal)units * _unit);

    private SparseGraph<Int128> Graph(Func<PairFlow, Int128> weight) =>
        SparseGraph.FromArcs<Int128>(Companies.Count, Pairs.Select(p => new Arc<Int128>(p.From, p.To, weight(p))).ToArray());
}

/// <summary>What one company paid another in the window, in the matrix's units.</summary>
public sealed class PairFlow
{
    internal PairFlow(int from, int to)
    {
        From = from;
        To = to;
    }

    private readonly List<EventReference> _events = [];
    private readonly List<EventReference> _fundingEvents = [];
    private readonly List<EventReference> _purchaseEvents = [];
    private Int128 _paid;
    private Int128 _bought;
    private Int128 _refunded;

    public int From { get; }

    public int To { get; }

    /// <summary>F[from,to].</summary>
    public Int128 Total => _paid - Int128.Min(_refunded, _bought);

    /// <summary>I[from,to].</summary>
    public Int128 Invested { get; private set; }

    /// <summary>P[from,to].</summary>
    public Int128 Purchased => _bought - Int128.Min(_refunded, _bought);

    /// <summary>Bought, before refunds.</summary>
    public Int128 Bought => _bought;

    /// <summary>Loans drawn; what was repaid is a flow the other way.</summary>
    public Int128 Lent { get; private set; }

    /// <summary>Refunded beyond what was bought in the window.</summary>
    public Int128 RefundsLeftOut => Int128.Max(0, _refunded - _bought);

    /// <summary>All events behind it, refunds too, in the order in which they were given.</summary>
    public IReadOnlyList<EventReference> Events => _events;

    /// <summary>Investments and loans.</summary>
    public IReadOnlyList<EventReference> FundingEvents => _fundingEvents;

    /// <summary>Purchases and their refunds.</summary>
    public IReadOnlyList<EventReference> PurchaseEvents => _purchaseEvents;

    internal void Add(FlowKind kind, Int128 units, EventReference reference)
    {
        _events.Add(reference);
        if (kind == FlowKind.Refund)
        {
            _refunded += units;
            _purchaseEvents.Add(reference);
            return;
        }

        _paid += units;
        switch (kind)
        {
            case FlowKind.Investment:
                Invested += units;
                _fundingEvents.Add(reference);
                break;
            case FlowKind.Loan:
                Lent += units;
                _fundingEvents.Add(reference);
                break;
            case FlowKind.Purchase:
                _bought += units;
                _purchaseEvents.Add(reference);
                break;
        }
    }
}

/// <summary>What one company exchanged with the outside in the window, in the matrix's units.</summary>
public sealed class OutsideFlow
{
    private readonly List<EventReference> _revenueEvents = [];

    /// <summary>e[i].</summary>
    public Int128 Received { get; private set; }

    /// <summary>x[i].</summary>
    public Int128 Paid { get; private set; }

    /// <summary>The part of <see cref="Received"/> that is revenue.</summary>
    public Int128 Revenue { get; private set; }

    public IReadOnlyList<EventReference> RevenueEvents => _revenueEvents;

    internal void Add(CashMovement movement, Int128 units, EventReference reference)
    {
        if (movement.From is not null)
        {
            Paid += units;
            return;
        }

        Received += units;
        if (movement.Category == ExternalCategory.Revenue)
        {
            Revenue += units;
            _revenueEvents.Add(reference);
        }
    }
}
