using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// Traced return (design, section 9): one company's money followed in fold order through the cash pools it is mixed with, one pool for each
/// company and currency.
/// <list type="table">
/// <item><term>B[i]</term><description>i's cash before a payment, folded from the beginning</description></item>
/// <item><term>t[i]</term><description>the part of it that a invested in the window, 0 &lt;= t[i] &lt;= max(B[i], 0)</description></item>
/// </list>
/// An investment by a puts its amount into t of the receiver. A payment of m by anyone else takes its part of t along; which part is the
/// method's (<see cref="HaircutPools"/>, <see cref="QueuedPools"/>). What arrives where cash was negative fills the hole first, and of what
/// arrives the money that is not a's first: t is cut to max(B, 0). In integers of 1e-10, so that nothing is ever lost.
/// A pass over the payments from a's first investment on, of which each that moves none of its money costs a look. It can be asked at one window's
/// end and go on to the next: windows that start at one instant have the same investments as far as they go, so each is a part of the next.
/// <example>a invests 30 in b, who has 10 and buys 20 from a: a half of b's cash goes, 15 of it a's: traced return 15/30, held 15.</example>
/// </summary>
internal sealed class TrailWalk
{
    private readonly CashPayments _payments;
    private readonly int _origin;
    private readonly ITagPools _pools;
    private readonly Trail _trail;
    private int _next;

    public TrailWalk(CashPayments payments, CompanyId company, TraceMethod method)
    {
        (_payments, _origin, _trail) = (payments, payments.Find(company), new(payments));
        _pools = method == TraceMethod.Haircut ? new HaircutPools(payments) : new QueuedPools(payments, method);
    }

    private TrailWalk(TrailWalk other, CashPayments payments) =>
        (_payments, _origin, _pools, _trail, _next) = (payments, other._origin, other._pools.Copy(payments), other._trail.Copy(payments), other._next);

    /// <summary>What became of it by the window's end, which is not before that of the window before.</summary>
    /// <param name="window">Up to where.</param>
    /// <param name="lots">What the company invested in the window.</param>
    public Trail AdvanceTo(WindowPayments window, TagLots lots)
    {
        _trail.Grow(lots.Count);
        _pools.Grow(lots.Count);
        for (var i = lots.First < 0 ? window.Count : Math.Max(_next, lots.First); i < window.Count; i++)
        {
            Step(i, lots);
        }

        _next = window.Count;
        return _trail.With(_pools.Held());
    }

    /// <summary>As it stands now, to go on by payments that are the same until now, and whose companies and pools have the same numbers.</summary>
    public TrailWalk Copy(CashPayments payments) => new(this, payments);

    private void Step(int payment, TagLots lots)
    {
        var (payer, payee) = _payments.Parties(payment);
        var fromOrigin = payer >= 0 && _payments.CompanyOf(payer) == _origin;
        var lot = fromOrigin ? lots.Of(payment) : -1;
        if (lot < 0 && !_pools.Touches(fromOrigin ? -1 : payer, payee))
        {
            return;
        }

        if (lot >= 0)
        {
            _trail.Invest(payment, lot);
        }

        // What comes back to the company has arrived and is followed no further, so its own payments carry nothing but what it invests.
        var parcel = fromOrigin || payer < 0 ? Parcel.Of(_payments.Amount(payment), lot) : _pools.Take(payment, payer);
        if (payee < 0)
        {
            _trail.SpendOutside(parcel);
        }
        else if (_payments.CompanyOf(payee) == _origin)
        {
            _trail.Return(payment, parcel);
        }
        else
        {
            _trail.Absorb(_pools.Put(payment, payee, parcel));
        }
    }
}

/// <summary>
/// The trails of one company over windows that are asked for one after the other: those that start where the one before did, and end no sooner, go on
/// from it. The answers are those of each window alone.
/// </summary>
internal sealed class TrailSeries
{
    private readonly Dictionary<(TraceMethod Method, bool LoansFund), Walk> _walks = [];

    /// <param name="window">The next window.</param>
    /// <param name="company">The same each time.</param>
    /// <param name="method">Which money goes out first.</param>
    /// <param name="loansFund">Whether loans are followed, as investments are.</param>
    public (Trail Trail, TagLots Lots) Follow(WindowPayments window, CompanyId company, TraceMethod method, bool loansFund)
    {
        var lots = TagLots.Of(window, company, loansFund);
        if (!_walks.TryGetValue((method, loansFund), out var walk) || walk.From != window.From || walk.Currency != window.Currency || walk.Count > window.Count)
        {
            walk = new(new(window.All, company, method), window.From, window.Currency, 0);
        }

        _walks[(method, loansFund)] = walk with { Count = window.Count };
        return (walk.Trail.AdvanceTo(window, lots), lots);
    }

    private sealed record Walk(TrailWalk Trail, Instant From, Currency? Currency, int Count);
}
