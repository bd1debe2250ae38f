namespace ActorFinance.Model;

/// <summary>A fact that breaks a rule of its company's timeline, because an edit took its ground.</summary>
public sealed record Misfit(EventId Event, CompanyId Company, Refusal Refusal);

/// <summary>
/// For branches only, where an edit may take the ground from under a later fact: what a journal holds was decided, and never misfits.
/// </summary>
public static class Misfits
{
    /// <summary>
    /// The facts that the company would have refused at their place, each judged after those before it that hold. One pass of the fold.
    /// </summary>
    /// <param name="company">The emitter of all facts.</param>
    /// <param name="facts">Facts that count, in fold order (effective time, rank, offset).</param>
    public static IReadOnlyList<Misfit> Of(CompanyId company, IEnumerable<EventEnvelope> facts)
    {
        var timeline = facts.ToList();
        var keepsCash = timeline.Select(fact => fact.Event).OfType<CompanyRegistered>().Any(registered => registered.CashPolicy == CashPolicy.RejectShortfall);
        var standing = Standing.Empty(company, keepsCash);
        var misfits = new List<Misfit>();
        for (var i = 0; i < timeline.Count; i++)
        {
            var (header, fact) = (timeline[i].Header, timeline[i].Event);
            if (!StandingFold.Checks(fact, keepsCash))
            {
                continue;
            }

            var applied = StandingFold.Apply(standing, new(new(header.EffectiveAt, header.Rank, i), header.Id, header.Deal, fact, IsPending: false));
            if (applied.Refusal is { } refusal)
            {
                misfits.Add(new(header.Id, company, refusal));
            }
            else
            {
                standing = applied.Standing!;
            }
        }

        return misfits;
    }
}
