using ActorFinance.Analysis.Cash;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>Who held what of an issuer at a time.</summary>
public sealed record OwnershipSeriesPoint(Instant At, IssuerOwnership Ownership);

/// <summary>
/// The direct ownership of one issuer over time, from its first share event to its last: at the end of each calendar period (UTC), or after each
/// instant at which a share event took effect. One pass over its events.
/// </summary>
public sealed record OwnershipSeries(CompanyId Issuer, OwnershipBasis Basis, SeriesStep Step, ValueList<OwnershipSeriesPoint> Points)
{
    /// <summary>Each period ends with its last tick, the last one at the cut if that comes first; one in which nothing happened repeats the table.</summary>
    /// <param name="issuer">As the cut leaves it.</param>
    /// <param name="basis">Of the fractions.</param>
    /// <param name="step">After every change, or how long the periods are.</param>
    /// <param name="asOf">The cut's effective time.</param>
    public static OwnershipSeries Of(IssuerRegister issuer, OwnershipBasis basis, SeriesStep step, Instant asOf)
    {
        var points = new List<OwnershipSeriesPoint>();
        var replay = new IssuerRegister(issuer.Issuer);
        Instant? end = null;
        foreach (var fact in issuer.Events)
        {
            var at = fact.EffectiveAt;
            if (end is { } closing && closing < at)
            {
                var table = OwnershipTable.Of(replay, basis);
                points.Add(new(closing, table));
                for (var next = step == SeriesStep.Change ? at : step.EndOf(new(closing.UtcTicks + 1)); next < at; next = step.EndOf(new(next.UtcTicks + 1)))
                {
                    points.Add(new(next, table));
                }

                end = null;
            }

            end ??= step.EndOf(at);
            replay.Apply(fact);
        }

        if (end is { } last)
        {
            points.Add(new(Instant.Earlier(last, asOf), OwnershipTable.Of(replay, basis)));
        }

        return new(issuer.Issuer, basis, step, points.ToValueList());
    }
}
