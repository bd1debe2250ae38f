using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// Conversion by the latest recorded rate of the pair or of its inverse; no cross rates. The result is rounded half-even to 10 decimals.
/// <example>1 EUR = 1.25 USD recorded in March: 10 EUR of April are 12.5 USD, 10 USD are 8 EUR, and 10 EUR of February have no answer.</example>
/// </summary>
public sealed class ExchangeRates
{
    private readonly Dictionary<(Currency, Currency), List<(Instant At, FxRateRecorded Rate)>> _pairs = [];

    /// <param name="counted">Events that count, in fold order; all but rates are passed over.</param>
    public ExchangeRates(IEnumerable<RecordedEvent> counted)
    {
        foreach (var recorded in counted)
        {
            // A rate of nothing says nothing of the way back.
            if (recorded.Event is not FxRateRecorded { Rate.Value: > 0 } rate)
            {
                continue;
            }

            var pair = Pair(rate.Base, rate.Quote);
            if (!_pairs.TryGetValue(pair, out var rates))
            {
                _pairs.Add(pair, rates = []);
            }

            rates.Add((recorded.Header.EffectiveAt, rate));
        }
    }

    /// <summary>Null when no rate of the pair took effect at or before that time. What comes to 1e18 or more is told as 1e18, the limit of a total.</summary>
    public decimal? Convert(Money money, Currency to, Instant at)
    {
        if (money.Currency == to)
        {
            return money.Amount;
        }

        if (LatestOf(money.Currency, to, at) is not { } latest)
        {
            return null;
        }

        var (numerator, denominator) = latest.Base == money.Currency ? (latest.Rate.Value, 1m) : (1m, latest.Rate.Value);
        if ((double)money.Amount * (double)numerator / (double)denominator >= (double)Money.TotalLimit)
        {
            return Money.TotalLimit;
        }

        return ExactRatio.Scaled(money.Amount, numerator, denominator, Money.Decimals);
    }

    /// <summary>The recorded rate that <see cref="Convert"/> uses; null where there is none or none is needed.</summary>
    internal FxRateRecorded? RateOf(Currency from, Currency to, Instant at) => from == to ? null : LatestOf(from, to, at);

    private FxRateRecorded? LatestOf(Currency from, Currency to, Instant at)
    {
        if (!_pairs.TryGetValue(Pair(from, to), out var rates))
        {
            return null;
        }

        var (low, high) = (0, rates.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rates[middle].At <= at ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : rates[low - 1].Rate;
    }

    private static (Currency First, Currency Second) Pair(Currency one, Currency other) => one.CompareTo(other) <= 0 ? (one, other) : (other, one);
}
