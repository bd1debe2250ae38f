using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>What a company took in by its own facts and what it paid, in all, in one currency; voided facts too.</summary>
public readonly record struct Turnover(decimal In, decimal Out);

/// <summary>
/// Both sides stay below the limit of a total. Then the company's own facts come to less at every time and every point of knowledge, since any
/// of them leaves out a part of either side, and no timeline need be kept for it. What other companies pay it stands in their journals; it is never
/// refused here, and counted where the company acknowledges it (decision 0028).
/// </summary>
internal static class Turnovers
{
    public static Refusal? Exceeds(CompanyState state, CompanyEvent fact)
    {
        if (fact is ExternalCashReceived { Amount: var received })
        {
            var total = state.Turnover.GetValueOrDefault(received.Currency).In + received.Amount;
            return total < Money.TotalLimit ? null : new TotalTooLarge($"what '{state.Id}' takes in, in all, in {received.Currency}", Numbers.Text(total));
        }

        var turnover = state.Turnover;
        foreach (var (_, paid) in Payments.Of(fact))
        {
            turnover = Paid(turnover, paid);
            var total = turnover[paid.Currency].Out;
            if (total >= Money.TotalLimit)
            {
                return new TotalTooLarge($"what '{state.Id}' pays, in all, in {paid.Currency}", Numbers.Text(total));
            }
        }

        return null;
    }

    public static ImmutableDictionary<Currency, Turnover> With(ImmutableDictionary<Currency, Turnover> turnover, CompanyEvent fact)
    {
        Money? taken = fact switch
        {
            ExternalCashReceived external => external.Amount,
            ReceiptAcknowledged acknowledged => acknowledged.Amount,
            _ => null,
        };
        if (taken is { } received)
        {
            var before = turnover.GetValueOrDefault(received.Currency);
            return turnover.SetItem(received.Currency, before with { In = before.In + received.Amount });
        }

        foreach (var (_, paid) in Payments.Of(fact))
        {
            turnover = Paid(turnover, paid);
        }

        return turnover;
    }

    private static ImmutableDictionary<Currency, Turnover> Paid(ImmutableDictionary<Currency, Turnover> turnover, Money paid)
    {
        var before = turnover.GetValueOrDefault(paid.Currency);
        return turnover.SetItem(paid.Currency, before with { Out = before.Out + paid.Amount });
    }
}
