using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// What a company invested in the window, by lots of one currency and one rate: tags of a lot are alike, also once they are converted at the
/// rate of the investment that made them. One lot where the answer is in the currency of the investments.
/// </summary>
internal sealed class TagLots
{
    private readonly Dictionary<int, int> _lotOf = [];
    private readonly List<(Currency Currency, decimal Converted)> _lots = [];
    private readonly WindowPayments _payments;

    private TagLots(WindowPayments payments) => _payments = payments;

    public int Count => _lots.Count;

    /// <summary>The first payment that makes a tag, or -1.</summary>
    public int First { get; private set; } = -1;

    public static TagLots Of(WindowPayments payments, CompanyId origin, bool loansFund)
    {
        var lots = new TagLots(payments);
        var numbers = new Dictionary<(Currency, FxRateRecorded?), int>();
        foreach (var payment in payments.Funding(origin))
        {
            var flow = payments.All.Flow(payment);
            if (flow.Movement.Kind == FlowKind.Loan && !loansFund)
            {
                continue;
            }

            var money = flow.Movement.Amount;
            var key = (money.Currency, payments.All.Rates.RateOf(money.Currency, payments.Currency!.Value, flow.At));
            if (!numbers.TryGetValue(key, out var lot))
            {
                numbers.Add(key, lot = lots._lots.Count);
                lots._lots.Add((money.Currency, 0));
            }

            // The flows of the window have been converted before, so there is a rate.
            var converted = payments.All.Rates.Convert(money, payments.Currency.Value, flow.At)!.Value;
            lots._lots[lot] = (money.Currency, lots._lots[lot].Converted + converted);
            lots._lotOf.Add(payment, lot);
            lots.First = lots.First < 0 ? payment : lots.First;
        }

        return lots;
    }

    /// <summary>The lot of the tag that a payment makes, or -1.</summary>
    public int Of(int payment) => _lotOf.GetValueOrDefault(payment, -1);

    /// <summary>
    /// Parts of a lot in the answer's currency; they add up to what its investments came to at their rate, each rounded on its own, so the parts
    /// share that in proportion to the last of 10 decimals (largest remainder, the earlier part first of equals).
    /// </summary>
    public decimal[] Convert(int lot, Int128[] parts)
    {
        var amounts = parts.Select(CashPayments.AmountOf).ToArray();
        var (currency, converted) = _lots[lot];
        return currency == _payments.Currency || converted == 0
            ? [.. amounts.Select(a => converted == 0 ? 0 : a)]
            : Apportion.LargestRemainder(converted, amounts, Money.Decimals);
    }
}
