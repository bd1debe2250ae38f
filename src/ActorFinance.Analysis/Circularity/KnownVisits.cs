using System.Collections.Concurrent;
using ActorFinance.Analysis.Networks;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// How the components of a matrix were solved for the cycling index. In another matrix a component of the same members, amounts and losses has the same visits; and one of the same arcs
/// is solved by the same plan.
/// </summary>
internal sealed class KnownVisits
{
    private readonly ConcurrentDictionary<CompanyId, (SparseGraph<double> Paid, double[] Lost, EliminationPlan Plan, double[] Visits)> _of = [];

    /// <summary>n_ii of a component.</summary>
    /// <param name="first">Its first member.</param>
    /// <param name="paid">What its members pay each other.</param>
    /// <param name="lost">What each of them loses.</param>
    /// <param name="near">What is known of a matrix that is nearly the same: it saves time and changes nothing.</param>
    /// <param name="kept">Is told of the component.</param>
    /// <param name="progress">Told which part is done, from 0 to 1.</param>
    public static double[] Of(CompanyId first, SparseGraph<double> paid, double[] lost, KnownVisits? near, KnownVisits? kept, Action<double>? progress)
    {
        EliminationPlan? plan = null;
        if (near is not null && near._of.TryGetValue(first, out var known) && known.Plan.IsOf(paid))
        {
            // Whoever the members are: visits follow from the numbers alone.
            if (known.Paid.Weights.SequenceEqual(paid.Weights) && known.Lost.AsSpan().SequenceEqual(lost))
            {
                return known.Visits;
            }

            plan = known.Plan;
        }

        plan ??= EliminationPlan.Of(paid);
        var visits = ExpectedVisits.Of(paid, lost, plan, progress);
        if (kept is not null)
        {
            kept._of[first] = (paid, lost, plan, visits);
        }

        return visits;
    }
}
