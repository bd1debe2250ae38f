using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Branches;

/// <summary>What an edit that matches nothing might have meant.</summary>
internal static class NearestMatch
{
    /// <summary>A near name for a name that is nowhere; else the one condition without which most events would match.</summary>
    public static string Of(EventSelector selector, IReadOnlyList<RecordedEvent> events)
    {
        var deals = events.Select(recorded => recorded.Header.Deal?.Value).OfType<string>().Distinct().ToList();
        foreach (var deal in selector.Deals.Where(deal => !deals.Contains(deal.Value)))
        {
            return $"matches nothing: no event of the book is under deal '{deal}'{Spelling.Hint(deal.Value, deals)}";
        }

        var companies = events.Select(recorded => recorded.Header.Emitter.Value).Distinct().ToList();
        foreach (var company in selector.Companies.Append(selector.Payer ?? default).Append(selector.Payee ?? default).Where(company => company != default && !companies.Contains(company.Value)))
        {
            return $"matches nothing: '{company}' is no company of the book{Spelling.Hint(company.Value, companies)}";
        }

        var types = events.Select(recorded => TypeNames.Of(recorded.Event.GetType())).Distinct().ToList();
        foreach (var type in selector.Types.Where(type => !types.Contains(type)))
        {
            return $"matches nothing: the book has no event of type '{type}'{Spelling.Hint(type, types)}";
        }

        var relaxed = Relaxed(selector).Select(without => (without.Condition, Matches: events.Where(without.Selector.Matches).ToList())).MaxBy(without => without.Matches.Count);
        return relaxed is { Matches: [var first, ..] matches }
            ? $"matches nothing: without '{relaxed.Condition}' it would match {matches.Count:#,0} events, the first {TypeNames.Of(first.Event.GetType())} of '{first.Header.Emitter}' at {first.Header.EffectiveAt} (offset {first.Offset})"
            : "matches nothing, whichever of its conditions is left out";
    }

    private static IEnumerable<(string Condition, EventSelector Selector)> Relaxed(EventSelector selector)
    {
        (string, bool, EventSelector)[] all =
        [
            ("event", selector.Events.Count > 0, selector with { Events = [] }),
            ("deal", selector.Deals.Count > 0, selector with { Deals = [] }),
            ("company", selector.Companies.Count > 0, selector with { Companies = [] }),
            ("payer", selector.Payer is not null, selector with { Payer = null }),
            ("payee", selector.Payee is not null, selector with { Payee = null }),
            ("type", selector.Types.Count > 0, selector with { Types = [] }),
            ("item", selector.Item is not null, selector with { Item = null }),
            ("milestone", selector.Milestone is not null, selector with { Milestone = null }),
            ("tranche", selector.Tranches.Count > 0 || selector.FirstTranche is not null || selector.LastTranche is not null, selector with { Tranches = [], FirstTranche = null, LastTranche = null }),
            ("from", selector.From is not null, selector with { From = null }),
            ("to", selector.To is not null, selector with { To = null }),
            ("firmness", selector.Firmness is not null, selector with { Firmness = null }),
            ("confidence", selector.ConfidenceAtMost is not null, selector with { ConfidenceAtMost = null }),
        ];
        return all.Where(condition => condition.Item2).Select(condition => (condition.Item1, condition.Item3));
    }
}
