namespace ActorFinance.Scenarios.Branches;

/// <summary>Applies one edit; answers the rule that it breaks, or null.</summary>
internal static class EditApplication
{
    public static string? Apply(BranchEvents events, Edit edit, int place)
    {
        switch (edit)
        {
            case Edit.Scale { Factor: <= 0 } scale:
                return $"a factor is above 0, not {EventChange.Text(scale.Factor)}: 'drop' leaves events out";
            case Edit.SplitInKind { Share: <= 0 or > 1 } split:
                return $"the share in kind is above 0 and at most 1, not {EventChange.Text(split.Share)}";
            case Edit.Selecting selecting:
                var chosen = events.Matching(selecting.Selector);
                return chosen.Count == 0 ? NearestMatch.Of(selecting.Selector, events) : Selected(events, selecting, chosen, place);
            case Edit.SetPrice price:
                return PriceEdits.SetPrice(events, price, place);
            case Edit.SetRate rate:
                return PriceEdits.SetRate(events, rate, place);
            case Edit.SetCondition condition:
                return ConditionEdits.Set(events, condition, place);
            case Edit.DelayMilestone delay:
                return ConditionEdits.Delay(events, delay, place);
            case Edit.Insert insert:
                return Insertion.Apply(events, insert.Commands, place);
            case Edit.Restore restore:
                return Restore(events, restore, place);
            case Edit.Default failure:
                return DefaultEdit.Apply(events, failure, place);
            case Edit.CallOn call:
                return DefaultEdit.Call(events, call, place);
            case Edit.Freeze freeze:
                return Freeze(events, freeze, place);
            case Edit.Truncate truncate:
                return Truncate(events, truncate, place);
            default:
                throw new InvalidOperationException($"{edit.GetType().Name} has no application");
        }
    }

    /// <summary>The rule that a name of no company of the branch breaks; null for one that is there.</summary>
    public static string? Unknown(BranchEvents events, CompanyId company) =>
        events.Emits(company) ? null : $"'{company}' is no company of the book{Files.Spelling.Hint(company.Value, events.Base.Emitters.Select(one => one.Value))}";

    private static string? Selected(BranchEvents events, Edit.Selecting edit, List<RecordedEvent> chosen, int place)
    {
        if (edit is Edit.SetValuation valuation)
        {
            return ValuationEdit.Apply(events, valuation, chosen, place);
        }

        var legs = new LinkedLegs(events);
        var whole = edit.Linked ? legs.Whole(chosen) : legs.WholeSteps(chosen);
        events.Expect(whole.Count);
        return edit switch
        {
            Edit.Drop => Drop(events, whole, place),
            Edit.Scale scale => Scaling.Apply(events, whole, scale.Factor, place),
            Edit.Shift shift => Shift(events, shift, whole, place),
            Edit.Replace replace => Replace(events, replace, whole, place),
            Edit.SplitInKind split => KindEdits.Split(events, whole, split.Share, place),
            Edit.Merge => KindEdits.Merge(events, whole, place),
            Edit.Substitution substitution => KindEdits.Substitute(events, whole, substitution.With, place),
            _ => throw new InvalidOperationException($"{edit.GetType().Name} selects and does nothing"),
        };
    }

    private static string? Drop(BranchEvents events, IReadOnlyList<RecordedEvent> whole, int place)
    {
        foreach (var recorded in whole)
        {
            events.Drop(recorded, place);
        }

        return null;
    }

    private static string? Shift(BranchEvents events, Edit.Shift shift, IReadOnlyList<RecordedEvent> whole, int place)
    {
        if (whole.All(recorded => recorded.Event is DealAnnounced or DealContracted))
        {
            return NearestMatch.None("event that moves (a deal keeps the day on which it was made)", whole);
        }

        var moving = new Moving(shift.Months, shift.Days);
        var moved = whole.Select(recorded => EventChange.Shift(recorded, moving.Of)).ToList();
        if (moving.Rule is null)
        {
            moved.ForEach(recorded => events.Change(recorded, place));
        }

        return moving.Rule;
    }

    private static string? Replace(BranchEvents events, Edit.Replace replace, IReadOnlyList<RecordedEvent> whole, int place)
    {
        if (replace.With.Count > 0)
        {
            Drop(events, whole, place);
            return Insertion.Apply(events, replace.With, place);
        }

        if (replace.Amount is { } wanted && !wanted.IsPositive)
        {
            return $"an amount is above 0, not {wanted}: 'drop' leaves events out";
        }

        var (prices, any, changes) = (new IssuePrices(events), false, new List<RecordedEvent>());
        foreach (var recorded in whole)
        {
            var changed = recorded;
            if (replace.Amount is { } amount)
            {
                if (EventChange.AmountOf(recorded.Event) is not { } had)
                {
                    continue;
                }

                if (had.Currency != amount.Currency)
                {
                    return $"{TypeNames.Of(recorded.Event.GetType())} at offset {recorded.Offset} is of {had}, which {amount} cannot replace";
                }

                (any, changed) = (true, EventChange.With(recorded, EventChange.WithAmount(recorded.Event, amount)));
                if (changed.Event is SharesIssued { Quantity: not null } issued)
                {
                    if (prices.Bought(recorded, amount) is not { } bought)
                    {
                        return $"{amount} buys no share of '{issued.Class}' at the price of shares-issued at offset {recorded.Offset}";
                    }

                    changed = EventChange.With(recorded, issued with { Quantity = bought });
                }
            }

            changes.Add(replace.At is { } at ? EventChange.Shift(changed, _ => at) : changed);
        }

        if (replace.Amount is not null && !any)
        {
            return NearestMatch.None("single amount", whole);
        }

        changes.ForEach(recorded => events.Change(recorded, place));
        return null;
    }

    private static string? Restore(BranchEvents events, Edit.Restore restore, int place)
    {
        foreach (var recorded in restore.Events)
        {
            if (events.Find(recorded.Offset) is not null)
            {
                return $"offset {recorded.Offset} is taken: only what was dropped can be put back";
            }

            events.Restore(recorded, place);
        }

        return null;
    }

    private static string? Freeze(BranchEvents events, Edit.Freeze freeze, int place)
    {
        if (Unknown(events, freeze.Company) is { } rule)
        {
            return rule;
        }

        var promises = events.EmittedBy(freeze.Company).Where(recorded => recorded.Event is InvestmentCommitted or PurchaseCommitted or LoanCommitted or DealAnnounced or DealContracted).ToList();
        var later = promises.Where(recorded => recorded.Header.EffectiveAt >= freeze.At).ToList();
        if (later.Count == 0)
        {
            return $"matches nothing: '{freeze.Company}' promises nothing from {freeze.At} on{(promises.Count == 0 ? "" : $"; the last that it promised is {TypeNames.Of(promises[^1].Event.GetType())} at {promises[^1].Header.EffectiveAt} (offset {promises[^1].Offset})")}";
        }

        return Drop(events, later, place);
    }

    private static string? Truncate(BranchEvents events, Edit.Truncate truncate, int place)
    {
        var later = events.From(truncate.After).Where(recorded => recorded.Header.EffectiveAt > truncate.After && recorded.Event is not CompanyRegistered).ToList();
        if (later.Count > 0)
        {
            return Drop(events, later, place);
        }

        var last = events.LastEffectiveAt;
        return $"matches nothing: nothing happens after {truncate.After}{(last is { } at ? $"; the last event is at {at}" : "")}";
    }
}
