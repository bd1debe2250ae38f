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
        return edit switch
        {
            Edit.Drop => Each(recorded => events.Drop(recorded, place)),
            Edit.Scale scale => Each(recorded => events.Change(EventChange.With(recorded, EventChange.Scale(recorded.Event, scale.Factor, DecimalsOf(events, recorded))), place)),
            Edit.Shift shift => Each(recorded => events.Change(EventChange.Shift(recorded, at => EventChange.Moved(at, shift.Months, shift.Days)), place)),
            Edit.Replace replace => Replace(events, replace, whole, place),
            Edit.SplitInKind split => Each(recorded => KindEdits.Split(events, recorded, split.Share, place)),
            Edit.Merge => Each(recorded => KindEdits.Merge(events, recorded, place)),
            Edit.Substitution substitution => KindEdits.Substitute(events, whole, substitution.With, place),
            _ => throw new InvalidOperationException($"{edit.GetType().Name} selects and does nothing"),
        };

        string? Each(Action<RecordedEvent> change)
        {
            foreach (var recorded in whole)
            {
                change(recorded);
            }

            return null;
        }
    }

    private static Func<ShareClassId, int> DecimalsOf(BranchEvents events, RecordedEvent recorded) => shareClass =>
        events.Among(events.Base.OfType(typeof(ShareClassCreated)), one => one.Event is ShareClassCreated)
            .Where(one => one.Header.Emitter == recorded.Header.Emitter)
            .Select(one => (ShareClassCreated)one.Event)
            .FirstOrDefault(created => created.Class == shareClass)?.Decimals ?? 0;

    private static string? Replace(BranchEvents events, Edit.Replace replace, IReadOnlyList<RecordedEvent> whole, int place)
    {
        if (replace.With.Count > 0)
        {
            foreach (var recorded in whole)
            {
                events.Drop(recorded, place);
            }

            return Insertion.Apply(events, replace.With, place);
        }

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

                changed = EventChange.With(recorded, EventChange.WithAmount(recorded.Event, amount));
            }

            events.Change(replace.At is { } at ? EventChange.Shift(changed, _ => at) : changed, place);
        }

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

        foreach (var recorded in events.EmittedBy(freeze.Company).Where(recorded => recorded.Header.EffectiveAt >= freeze.At
            && recorded.Event is InvestmentCommitted or PurchaseCommitted or LoanCommitted or DealAnnounced or DealContracted))
        {
            events.Drop(recorded, place);
        }

        return null;
    }

    private static string? Truncate(BranchEvents events, Edit.Truncate truncate, int place)
    {
        foreach (var recorded in events.From(truncate.After).Where(recorded => recorded.Header.EffectiveAt > truncate.After && recorded.Event is not CompanyRegistered))
        {
            events.Drop(recorded, place);
        }

        return null;
    }
}
