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
