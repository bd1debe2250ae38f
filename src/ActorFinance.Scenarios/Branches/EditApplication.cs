using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;

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
                return Select(events, selecting, place);
            case Edit.Insert insert:
                return Insertion.Apply(events, insert, place);
            case Edit.Restore restore:
                return Restore(events, restore, place);
            case Edit.Default failure:
                return Default(events, failure, place);
            case Edit.Freeze freeze:
                return Freeze(events, freeze, place);
            case Edit.Truncate truncate:
                return Truncate(events, truncate, place);
            default:
                throw new InvalidOperationException($"{edit.GetType().Name} has no application");
        }
    }

    private static string? Select(BranchEvents events, Edit.Selecting edit, int place)
    {
        var all = events.ToList();
        var chosen = Enumerable.Range(0, all.Count).Where(i => edit.Selector.Matches(all[i])).ToList();
        if (chosen.Count == 0)
        {
            return NearestMatch.Of(edit.Selector, all);
        }

        var legs = new LinkedLegs(all);
        var whole = edit.Linked ? legs.Whole(chosen) : legs.WholeSteps(chosen);
        var decimals = all.Select(recorded => (recorded.Header.Emitter, recorded.Event)).Where(fact => fact.Event is ShareClassCreated)
            .ToDictionary(fact => (fact.Emitter, ((ShareClassCreated)fact.Event).Class), fact => ((ShareClassCreated)fact.Event).Decimals);
        foreach (var recorded in whole.Order().Select(index => all[index]))
        {
            switch (edit)
            {
                case Edit.Drop:
                    events.Drop(recorded, place);
                    break;
                case Edit.Scale scale:
                    int DecimalsOf(ShareClassId shareClass) => decimals.GetValueOrDefault((recorded.Header.Emitter, shareClass));
                    events.Change(EventChange.With(recorded, EventChange.Scale(recorded.Event, scale.Factor, DecimalsOf)), place);
                    break;
                case Edit.Shift shift:
                    events.Change(EventChange.Shift(recorded, shift.Months, shift.Days), place);
                    break;
                case Edit.SplitInKind split:
                    SplitInKind(events, recorded, split.Share, place);
                    break;
                default:
                    throw new InvalidOperationException($"{edit.GetType().Name} selects and does nothing");
            }
        }

        return null;
    }

    /// <summary>The cash part keeps the event's id; the part in kind is a fact of its own beside it.</summary>
    private static void SplitInKind(BranchEvents events, RecordedEvent recorded, decimal share, int place)
    {
        var header = recorded.Header;
        switch (recorded.Event)
        {
            case InvestmentMade { InKind: false } made:
                var (cash, kind) = Parts(made.Amount, share);
                if (cash.IsPositive)
                {
                    events.Change(EventChange.With(recorded, made with { Amount = cash }), place);
                    events.Append(header.Emitter, made with { Amount = kind, Instrument = Instrument.NotStated, Class = null, PricePerShare = null, Valuation = null, Convertible = null, InKind = true }, header.EffectiveAt, header.Deal, place);
                }
                else
                {
                    events.Change(EventChange.With(recorded, made with { InKind = true }), place);
                }

                break;
            case PurchasePaid { InKind: false } paid:
                (cash, kind) = Parts(paid.Amount, share);
                if (cash.IsPositive)
                {
                    events.Change(EventChange.With(recorded, paid with { Amount = cash }), place);
                    events.Append(header.Emitter, paid with { Amount = kind, InKind = true, Quantity = null, Unit = null }, header.EffectiveAt, header.Deal, place);
                }
                else
                {
                    events.Change(EventChange.With(recorded, paid with { InKind = true }), place);
                }

                break;
        }
    }

    private static (Money Cash, Money Kind) Parts(Money amount, decimal share)
    {
        var kind = decimal.Round(amount.Amount * share, Money.Decimals, MidpointRounding.ToEven);
        return (Money.Of(amount.Amount - kind, amount.Currency), Money.Of(kind, amount.Currency));
    }

    private static string? Restore(BranchEvents events, Edit.Restore restore, int place)
    {
        foreach (var recorded in restore.Events)
        {
            if (events.Has(recorded.Offset))
            {
                return $"offset {recorded.Offset} is taken: only what was dropped can be put back";
            }

            events.Restore(recorded, place);
        }

        return null;
    }

    /// <summary>What it would have paid, and the legs that hang on that, do not happen; nor does what others would have put into it under a deal; what is open lapses.</summary>
    private static string? Default(BranchEvents events, Edit.Default failure, int place)
    {
        var all = events.ToList();
        if (all.All(recorded => recorded.Header.Emitter != failure.Company))
        {
            return $"'{failure.Company}' is no company of the book{Files.Spelling.Hint(failure.Company.Value, all.Select(recorded => recorded.Header.Emitter.Value).Distinct())}";
        }

        bool Later(int index) => all[index].Header.EffectiveAt >= failure.At && all[index].Event is not CompanyRegistered;
        var pays = Enumerable.Range(0, all.Count).Where(i => Later(i) && Pays(all[i], failure.Company));
        foreach (var index in new LinkedLegs(all).Whole(pays).Where(Later))
        {
            events.Drop(all[index], place);
        }

        var counted = new Book(events.InOffsetOrder()).At(Cut.Everything);
        foreach (var open in CommitmentFold.Of(counted).All.Where(open => open.Outstanding > 0 && (open.Terms.From == failure.Company || open.Terms.To == failure.Company)))
        {
            events.Append(
                open.Emitter,
                new CommitmentReleased(open.Id, Money.Of(open.Outstanding, open.Currency), $"{failure.Company} defaults"),
                Instant.Later(failure.At, open.Key.EffectiveAt),
                open.Deal,
                place);
        }

        return null;
    }

    private static bool Pays(RecordedEvent recorded, CompanyId company) =>
        (EventParties.Of(recorded) is { } parties && parties.From == company)
        || (recorded.Header.Emitter == company && recorded.Event is InvestmentCommitted or PurchaseCommitted or LoanCommitted);

    private static string? Freeze(BranchEvents events, Edit.Freeze freeze, int place)
    {
        foreach (var recorded in events.ToList().Where(recorded => recorded.Header.Emitter == freeze.Company
            && recorded.Header.EffectiveAt >= freeze.At
            && recorded.Event is InvestmentCommitted or PurchaseCommitted or LoanCommitted or DealAnnounced or DealContracted))
        {
            events.Drop(recorded, place);
        }

        return null;
    }

    private static string? Truncate(BranchEvents events, Edit.Truncate truncate, int place)
    {
        foreach (var recorded in events.ToList().Where(recorded => recorded.Header.EffectiveAt > truncate.After && recorded.Event is not CompanyRegistered))
        {
            events.Drop(recorded, place);
        }

        return null;
    }
}
