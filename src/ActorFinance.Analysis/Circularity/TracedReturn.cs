using System.Text.Json.Serialization;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>Which money in a pool goes out first.</summary>
public enum TraceMethod
{
    /// <summary>All of it alike: a payment takes the same part of everything in the pool.</summary>
    Haircut = 1,

    /// <summary>What came in first.</summary>
    Fifo = 2,

    /// <summary>What came in last.</summary>
    Lifo = 3,
}

/// <summary>A purchase that brought some of a company's own money back to it.</summary>
/// <param name="Event">The purchase.</param>
/// <param name="Amount">What it brought back, in the purchase's currency.</param>
public sealed record TracedPurchase(EventReference Event, Money Amount);

/// <summary>
/// What became of the money that a company invested in the window, in the answer's currency at the rate of each investment. Always exactly:
/// invested = returned + returned otherwise + spent outside + absorbed + held.
/// </summary>
/// <param name="Method">Which money goes out first.</param>
/// <param name="Invested">In cash, in the window.</param>
/// <param name="Returned">By purchases from the company.</param>
/// <param name="ReturnedOtherwise">By any other payment to it.</param>
/// <param name="SpentOutside">Left the book.</param>
/// <param name="Absorbed">Filled a receiver's shortfall.</param>
/// <param name="Held">Still with others at the window's end.</param>
/// <param name="Ratio">Returned / invested; null when nothing was invested.</param>
/// <param name="Purchases">What <paramref name="Returned"/> is made of, in fold order.</param>
/// <param name="Investments">What <paramref name="Invested"/> is made of.</param>
public sealed record TracedAnswer(
    TraceMethod Method,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Invested,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Returned,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal ReturnedOtherwise,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal SpentOutside,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Absorbed,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Held,
    double? Ratio,
    [property: JsonIgnore] ValueList<TracedPurchase> Purchases,
    [property: JsonIgnore] ValueList<EventReference> Investments);

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
/// <example>a invests 30 in b, who has 10 and buys 20 from a: a half of b's cash goes, 15 of it a's: traced return 15/30, held 15.</example>
/// </summary>
internal static class TracedReturn
{
    public static TracedAnswer Of(WindowPayments payments, CompanyId origin, TraceMethod method)
    {
        var lots = TagLots.Of(payments, origin, loansFund: false);
        return Follow(payments, origin, method, lots).ToAnswer(method, lots);
    }

    /// <summary>One pass over the payments from a's first investment on; each that moves none of a's money costs a look.</summary>
    public static Trail Follow(WindowPayments window, CompanyId company, TraceMethod method, TagLots lots)
    {
        var payments = window.All;
        var trail = new Trail(payments, lots.Count);
        if (lots.First < 0)
        {
            return trail;
        }

        var origin = payments.Find(company);
        var pools = method == TraceMethod.Haircut ? (ITagPools)new HaircutPools(payments, lots.Count) : new QueuedPools(payments, method);
        for (var i = lots.First; i < window.Count; i++)
        {
            var (payer, payee) = payments.Parties(i);
            var fromOrigin = payer >= 0 && payments.CompanyOf(payer) == origin;
            var lot = fromOrigin ? lots.Of(i) : -1;
            if (lot < 0 && !pools.Touches(fromOrigin ? -1 : payer, payee))
            {
                continue;
            }

            if (lot >= 0)
            {
                trail.Invest(i, lot);
            }

            // What comes back to a has arrived and is followed no further, so a's own payments carry nothing but what it invests.
            var parcel = fromOrigin || payer < 0 ? Parcel.Of(payments.Amount(i), lot) : pools.Take(i, payer);
            if (payee < 0)
            {
                trail.SpendOutside(parcel);
            }
            else if (payments.CompanyOf(payee) == origin)
            {
                trail.Return(i, parcel);
            }
            else
            {
                trail.Absorb(pools.Put(i, payee, parcel));
            }
        }

        trail.Hold(pools.Held());
        return trail;
    }
}
