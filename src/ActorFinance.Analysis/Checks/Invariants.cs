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
    /// <summary>All findings; none when the books are sound. Where cash is too large to be kept exactly, nothing is added up.</summary>
    public static IReadOnlyList<Finding> Of(Counted counted)
    {
        var tooLarge = Totals(counted);
        return [.. tooLarge.Count > 0 ? tooLarge : Cash(counted), .. Shares(counted), .. Commitments(counted)];
    }

    /// <summary>No company's cash reaches 1e18: a payer knows its own side only, so what many pay to one can. One finding an account, of the first event.</summary>
    public static IReadOnlyList<Finding> Totals(Counted counted)
    {
        var balances = new Dictionary<(CompanyId, Currency), decimal>();
        var findings = new SortedDictionary<(CompanyId, Currency), Finding>();
        foreach (var recorded in counted.Events)
        {
            foreach (var change in CashChange.Of(recorded.Envelope, counted.IsCompany))
            {
                var key = (change.Company, change.Currency);
                var balance = balances[key] = balances.GetValueOrDefault(key) + change.Net;
                if (Math.Abs(balance) >= Money.TotalLimit)
                {
                    findings.TryAdd(key, new("cash-too-large", AccountFold.TooLarge(change.Company, change.Currency, balance, recorded.Header.Id).Message, recorded.Header.Id));
                }
            }
        }

        return [.. findings.Values];
    }

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
