using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>
/// What must hold at every (T, offset); a known-time cut may break it, and then its events lack their ground. Negative holdings and commitments
/// are looked for after every event in fold order, so that one cut at the end speaks for every earlier T.
/// </summary>
public static class Invariants
{
    /// <summary>All findings; none when the books are sound.</summary>
    public static IReadOnlyList<Finding> Of(Counted counted) => [.. Cash(counted), .. Shares(counted), .. Commitments(counted)];

    /// <summary>Per currency, the cash of all companies equals external in minus external out.</summary>
    public static IReadOnlyList<Finding> Cash(Counted counted)
    {
        var external = new SortedDictionary<Currency, decimal>();
        foreach (var movement in counted.Events.SelectMany(e => Movements.Of(e.Envelope, counted.IsCompany)).Where(m => !m.InKind))
        {
            var currency = movement.Amount.Currency;
            var inwards = movement switch
            {
                { From: null, To: not null } => movement.Amount.Amount,
                { From: not null, To: null } => -movement.Amount.Amount,
                _ => 0,
            };
            external[currency] = Money.Total(external.GetValueOrDefault(currency) + inwards, currency).Amount;
        }

        var held = CashFold.Of(counted).Balances.ToLookup(b => b.Currency, b => b.Amount);
        return
        [
            .. from pair in external
               let sum = held[pair.Key].Sum()
               where sum != pair.Value
               select new Finding(
                   "cash-not-conserved",
                   $"all companies hold {Numbers.Text(sum)} {pair.Key}, external in minus external out is {Numbers.Text(pair.Value)} {pair.Key}",
                   null),
        ];
    }

    /// <summary>No holding is negative, and the shares outstanding of a class equal the sum of its holdings.</summary>
    public static IReadOnlyList<Finding> Shares(Counted counted) => RegisterCheck.Of(counted);

    /// <summary>No commitment is drawn or released below zero.</summary>
    public static IReadOnlyList<Finding> Commitments(Counted counted) =>
        [
            .. CommitmentFold.Of(counted).Overdraws.Select(o => new Finding(
                "commitment-below-zero",
                $"event {o.Event.Header.Id} takes {o.Asked} of commitment {o.Commitment} of {o.Emitter}, of which {Numbers.Text(o.Open)} {o.Asked.Currency} is open",
                o.Event.Header.Id)),
        ];
}
