using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Orders;

/// <summary>A command of an agreement with expressions in it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Prototype">The command with something in the place of every expression.</param>
/// <param name="Patch">What puts the expressions' values there; null when there are none.</param>
/// <param name="Amounts">Those that say how much: an order for nothing is not given.</param>
/// <param name="Guard">The order is given only when this is true.</param>
/// <param name="Delay">How long after the agreement acts; null is at once.</param>
internal sealed record OrderTemplate(Place Place, CommandEnvelope Prototype, Patch? Patch, IReadOnlyList<Term> Amounts, Term? Guard, Term? Delay)
{
    /// <summary>The command as it is now; null when its guard says no, or when it is for nothing.</summary>
    public CommandEnvelope? Make(Evaluation evaluation)
    {
        if (Guard is not null && !Guard.Of(evaluation).IsTrue)
        {
            return null;
        }

        foreach (var amount in Amounts)
        {
            if (decimal.Round(amount.Of(evaluation).Number, Money.Decimals) == 0)
            {
                return null;
            }
        }

        return Patch is null ? Prototype : (CommandEnvelope)Patch.Apply(Prototype, evaluation)!;
    }
}
