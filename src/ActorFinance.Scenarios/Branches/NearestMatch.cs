using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Branches;

/// <summary>What an edit that matches nothing might have meant.</summary>
internal static class NearestMatch
{
    private const int NamesShown = 12;

    /// <summary>A near name for a name that is nowhere; else the one condition without which most events would match.</summary>
    public static string Of(EventSelector selector, BranchEvents events)
    {
        var based = events.Base;
        foreach (var deal in selector.Deals.Where(deal => events.OfDeal(deal).Count == 0))
        {
            return $"matches nothing: no event of the book is under deal '{deal}'{Spelling.Hint(deal.Value, based.Deals.Select(one => one.Value).Where(one => one != deal.Value))}";
        }

        foreach (var company in new[] { selector.Payer, selector.Payee }.OfType<CompanyId>().Concat(selector.Companies).Where(company => !events.Emits(company)))
        {
            return $"matches nothing: '{company}' is no company of the book{Spelling.Hint(company.Value, based.Emitters.Select(one => one.Value))}";
        }

        var types = based.Types.Select(TypeNames.Of).ToList();
        foreach (var type in selector.Types.Where(type => !types.Contains(type)))
        {
            return $"matches nothing: the book has no event of type '{type}'{Spelling.Hint(type, types)}";
        }

        foreach (var (what, wanted, known) in Named(selector, based))
        {
            return $"matches nothing: the book has no {what} '{wanted}'{(known.Count == 0 ? $", and no {what} at all" : $"; it has {string.Join(", ", known.Take(NamesShown).Select(name => $"'{name}'"))}{(known.Count > NamesShown ? $" and {known.Count - NamesShown} more" : "")}{Spelling.Hint(wanted, known)}")}";
        }

        var relaxed = Relaxed(selector).Select(without => (without.Condition, Matches: events.Matching(without.Selector))).MaxBy(without => without.Matches.Count);
        return relaxed is { Matches: [var first, ..] matches }
            ? $"matches nothing: without '{relaxed.Condition}' it would match {matches.Count:#,0} events, the first {TypeNames.Of(first.Event.GetType())} of '{first.Header.Emitter}' at {first.Header.EffectiveAt} (offset {first.Offset}){TranchesOf(relaxed.Condition, matches)}"
            : "matches nothing, whichever of its conditions is left out";
    }

    /// <summary>Items, milestones and legs that no event of the book has, with those that some have.</summary>
    private static IEnumerable<(string What, string Wanted, List<string> Known)> Named(EventSelector selector, BranchBase based)
    {
        (string What, IEnumerable<string> Wanted, Func<RecordedEvent, string?> Of)[] all =
        [
            ("item", selector.Item is { } item ? [item] : [], recorded => EventSelector.ItemOf(recorded.Event)),
            ("milestone", selector.Milestone is { } milestone ? [milestone] : [], recorded => (recorded.Event as MilestoneReached)?.Milestone),
            ("leg", selector.Legs, recorded => recorded.Header.Leg),
        ];
        foreach (var (what, wanted, of) in all)
        {
            var known = wanted.Any() ? based.InFoldOrder.Select(of).OfType<string>().Distinct().ToList() : [];
            foreach (var name in wanted.Where(name => !known.Contains(name)))
            {
                yield return (what, name, known);
            }
        }
    }

    private static string TranchesOf(string condition, List<RecordedEvent> matches)
    {
        var tranches = matches.Select(recorded => recorded.Header.Tranche).OfType<string>().Distinct().ToList();
        return condition == "tranche" ? $"; {(tranches.Count == 0 ? "none of them states a tranche" : $"their tranches are {string.Join(", ", tranches.Take(NamesShown))}")}" : "";
    }

    /// <summary>What is said when events were found, and none of them has what the edit is about.</summary>
    public static string None(string what, IReadOnlyList<RecordedEvent> found) =>
        $"matches no {what}: the first it matches is {TypeNames.Of(found[0].Event.GetType())} of '{found[0].Header.Emitter}' (offset {found[0].Offset})";

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
            ("kind", selector.Kinds.Count > 0, selector with { Kinds = [] }),
            ("leg", selector.Legs.Count > 0, selector with { Legs = [] }),
            ("known-from", selector.KnownFrom is not null, selector with { KnownFrom = null }),
            ("known-to", selector.KnownTo is not null, selector with { KnownTo = null }),
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
