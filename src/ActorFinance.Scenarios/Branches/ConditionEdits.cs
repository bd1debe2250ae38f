using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// Whether and when a milestone is reached, and what hangs on it: the legs of its tranche; promises whose conditions name it, which are then paid or lapse;
/// warrants whose conditions name it, which then vest or do not.
/// </summary>
internal static class ConditionEdits
{
    public static string? Set(BranchEvents events, Edit.SetCondition set, int place)
    {
        bool Names(Condition condition) => condition.Kind == ConditionKind.Milestone && condition.Company == set.Company && condition.Milestone == set.Milestone;
        if (EditApplication.Unknown(events, set.Company) is { } unknown)
        {
            return unknown;
        }

        var reached = Reached(events, set.Company, set.Milestone);
        if (reached.Count == 0 && !Promised(events, Names).Any() && !Granted(events, Names).Any())
        {
            return Nearest(events, set.Company, set.Milestone);
        }

        switch (set.Outcome)
        {
            case ConditionOutcome.Never:
                var legs = new LinkedLegs(events).Whole(reached);
                foreach (var recorded in legs)
                {
                    if (TermsOf(recorded.Event) is null)
                    {
                        events.Drop(recorded, place);
                    }
                }

                foreach (var promise in legs.Where(recorded => TermsOf(recorded.Event) is not null))
                {
                    Lapse(events, promise, place);
                }

                break;
            case ConditionOutcome.At when reached.Count == 0:
                events.Append(set.Company, new MilestoneReached(set.Milestone), set.Time!.Value, deal: null, place);
                break;
            default:
                foreach (var recorded in reached.Where(recorded => set.Outcome == ConditionOutcome.At || recorded.Header.EffectiveAt < set.Time))
                {
                    var by = set.Time!.Value.UtcTicks - recorded.Header.EffectiveAt.UtcTicks;
                    Move(events, recorded, Names, at => new(Math.Clamp(at.UtcTicks + by, Instant.Minimum.UtcTicks, Instant.Maximum.UtcTicks)), place);
                }

                break;
        }

        Follow(events, Names, place);
        return null;
    }

    public static string? Delay(BranchEvents events, Edit.DelayMilestone delay, int place)
    {
        bool Names(Condition condition) => condition.Kind == ConditionKind.Milestone && condition.Company == delay.Company && condition.Milestone == delay.Milestone;
        if (EditApplication.Unknown(events, delay.Company) is { } unknown)
        {
            return unknown;
        }

        var reached = Reached(events, delay.Company, delay.Milestone);
        var moving = new Moving(delay.Months, delay.Days);
        foreach (var recorded in reached)
        {
            Move(events, recorded, Names, moving.Of, place);
        }

        Follow(events, Names, place);
        return reached.Count == 0 ? Nearest(events, delay.Company, delay.Milestone) : moving.Rule;
    }

    /// <summary>What hangs on conditions of this sort, once what they look at was edited.</summary>
    public static void Follow(BranchEvents events, Func<Condition, bool> names, int place)
    {
        foreach (var promise in Promised(events, names).ToList())
        {
            FollowPromise(events, promise, place);
        }

        foreach (var granted in Granted(events, names).ToList())
        {
            var grant = (WarrantGranted)granted.Event;
            foreach (var tranche in grant.Tranches.Where(tranche => tranche.Conditions is { } set && set.Conditions.Any(names)))
            {
                FollowVesting(events, granted, tranche, place);
            }
        }
    }

    private static List<RecordedEvent> Reached(BranchEvents events, CompanyId company, string milestone) =>
        [.. events.EmittedBy(company).Where(recorded => recorded.Event is MilestoneReached reached && reached.Milestone == milestone)];

    private static IEnumerable<RecordedEvent> Promised(BranchEvents events, Func<Condition, bool> names) =>
        events.OfTypes(typeof(InvestmentCommitted), typeof(PurchaseCommitted), typeof(LoanCommitted))
            .Where(recorded => TermsOf(recorded.Event)!.Conditions is { } set && set.Conditions.Any(names));

    private static IEnumerable<RecordedEvent> Granted(BranchEvents events, Func<Condition, bool> names) =>
        events.OfTypes(typeof(WarrantGranted)).Where(recorded => ((WarrantGranted)recorded.Event).Tranches.Any(tranche => tranche.Conditions is { } set && set.Conditions.Any(names)));

    /// <summary>A deadline stays where it is: what comes too late for it lapses.</summary>
    private static void Move(BranchEvents events, RecordedEvent reached, Func<Condition, bool> names, Func<Instant, Instant> moved, int place)
    {
        var promises = Promised(events, names).ToList();
        var draws = promises.SelectMany(promise => DrawsOf(events, promise));
        foreach (var recorded in new LinkedLegs(events).Whole(promises.Concat(draws).Append(reached).DistinctBy(recorded => recorded.Offset)))
        {
            events.Change(EventChange.Shift(recorded, moved, keepsDeadlines: true), place);
        }
    }

    private static void FollowPromise(BranchEvents events, RecordedEvent promise, int place)
    {
        var terms = TermsOf(promise.Event)!;
        if (MetAt(events, terms.Conditions!) is not { } met)
        {
            foreach (var recorded in new LinkedLegs(events).WholeSteps(DrawsOf(events, promise)))
            {
                events.Drop(recorded, place);
            }

            Lapse(events, promise, place);
            return;
        }

        foreach (var recorded in new LinkedLegs(events).WholeSteps(DrawsOf(events, promise).Where(recorded => recorded.Header.EffectiveAt < met)))
        {
            events.Change(EventChange.At(recorded, met), place);
        }

        if (Standing(events, promise) is { } open)
        {
            foreach (var part in open.Open())
            {
                var at = part.IsDated ? Instant.Later(met, part.At) : Instant.Later(met, promise.Header.EffectiveAt);
                Pay(events, open, Money.Of(part.Amount, open.Currency), at, place);
            }
        }
    }

    private static void FollowVesting(BranchEvents events, RecordedEvent granted, WarrantTranche tranche, int place)
    {
        var warrant = ((WarrantGranted)granted.Event).Warrant;
        var vested = events.EmittedBy(granted.Header.Emitter).FirstOrDefault(recorded => recorded.Event is WarrantVested one && one.Warrant == warrant && one.TrancheName == tranche.Name);
        switch (MetAt(events, tranche.Conditions!), vested)
        {
            case (null, { } gone):
                events.Drop(gone, place);
                break;
            case ({ } met, null):
                events.Append(granted.Header.Emitter, new WarrantVested(warrant, tranche.Name), Instant.Later(met, granted.Header.EffectiveAt), granted.Header.Deal, place);
                break;
            case ({ } met, { } before):
                events.Change(EventChange.At(before, Instant.Later(met, granted.Header.EffectiveAt)), place);
                break;
        }
    }

    /// <summary>When the whole set is first met; null if never, or only after its deadline.</summary>
    private static Instant? MetAt(BranchEvents events, ConditionSet set)
    {
        var times = set.Conditions.Select(condition => MetAt(events, condition)).ToList();
        Instant? met = set.AnySuffices ? times.Where(time => time is not null).Min() : times.Contains(null) ? null : times.Max();
        return met is { } at && (set.Deadline is not { } deadline || at <= deadline) ? at : null;
    }

    private static Instant? MetAt(BranchEvents events, Condition condition) => condition.Kind switch
    {
        ConditionKind.Date => condition.Date,
        ConditionKind.Milestone when condition is { Company: { } company, Milestone: { } milestone } =>
            Reached(events, company, milestone).Select(recorded => (Instant?)recorded.Header.EffectiveAt).FirstOrDefault(),
        ConditionKind.Price when condition is { Company: { } issuer, PricePerShare: { } level } =>
            events.EmittedBy(issuer)
                .Where(recorded => PriceIn(recorded.Event, condition.Class) is { } price && price.Currency == level.Currency && price.Amount >= level.Amount)
                .Select(recorded => (Instant?)recorded.Header.EffectiveAt)
                .FirstOrDefault(),
        _ => null,
    };

    private static Money? PriceIn(CompanyEvent fact, ShareClassId? wanted) => fact switch
    {
        ValuationRecorded { PricePerShare: { } price } valuation when valuation.Class is null || wanted is null || valuation.Class == wanted => price,
        SharesIssued { PricePerShare: { } price } issued when wanted is null || issued.Class == wanted => price,
        _ => null,
    };

    private static Commitment? Standing(BranchEvents events, RecordedEvent promise) =>
        CommitmentsOf(events, promise.Header.Emitter, promise.Header.Deal).FirstOrDefault(one => one.Id == TermsOf(promise.Event)!.Commitment);

    /// <summary>All that the company keeps, with what the ends of this deal release.</summary>
    internal static IEnumerable<Commitment> CommitmentsOf(BranchEvents events, CompanyId emitter, DealId? deal)
    {
        var alone = events.Alone(events.EmittedBy(emitter).Concat(deal is { } named ? events.OfDeal(named) : []));
        return CommitmentFold.Of(alone).All.Where(commitment => commitment.Emitter == emitter);
    }

    private static IEnumerable<RecordedEvent> DrawsOf(BranchEvents events, RecordedEvent promise)
    {
        var id = TermsOf(promise.Event)!.Commitment;
        return events.EmittedBy(promise.Header.Emitter).Where(recorded => Payments.DrawOf(recorded.Event) is { } draw && draw.Commitment == id);
    }

    /// <summary>What is open is owed no longer: from the deadline on, else it never was.</summary>
    private static void Lapse(BranchEvents events, RecordedEvent promise, int place)
    {
        if (Standing(events, promise) is { Outstanding: > 0 } open)
        {
            var at = open.Terms.Conditions?.Deadline is { } deadline ? Instant.Later(deadline, promise.Header.EffectiveAt) : promise.Header.EffectiveAt;
            events.Append(open.Emitter, new CommitmentReleased(open.Id, Money.Of(open.Outstanding, open.Currency), "its condition is never met"), at, open.Deal, place);
        }
    }

    /// <summary>What was promised is paid; with the outside as far as there is an event for it.</summary>
    internal static void Pay(BranchEvents events, Commitment open, Money amount, Instant at, int place)
    {
        CompanyEvent? payment = (open.Terms.From, open.Terms.To, open.Kind) switch
        {
            ({ }, { } to, FlowKind.Investment) =>
                new InvestmentMade(to, amount, Instrument.NotStated, Class: null, PricePerShare: null, Valuation: null, Convertible: null, open.Id, InKind: false),
            ({ }, { } to, FlowKind.Purchase) => new PurchasePaid(to, amount, open.Id, open.Terms.Item, Quantity: null, Unit: null, InKind: false),
            ({ }, { } to, FlowKind.Loan) when LoanId.TryParse(open.Id.Value, out var loan) => new LoanDrawn(loan, to, amount, open.Id, Rate: null, DayCount: null, Maturity: null),
            (null, { }, _) => new ExternalCashReceived(amount, ExternalCategory.Financing),
            ({ }, null, _) => new ExternalCashPaid(amount, ExternalCategory.Other),
            _ => null,
        };
        if (payment is null)
        {
            return;
        }

        events.Append(open.Emitter, payment, at, open.Deal, place);
        if (payment is ExternalCashReceived or ExternalCashPaid)
        {
            events.Append(open.Emitter, new CommitmentReleased(open.Id, amount, "paid"), at, open.Deal, place);
        }
    }

    internal static CommitmentTerms? TermsOf(CompanyEvent fact) => fact switch
    {
        InvestmentCommitted committed => committed.Terms,
        PurchaseCommitted committed => committed.Terms,
        LoanCommitted committed => committed.Terms,
        _ => null,
    };

    private static string Nearest(BranchEvents events, CompanyId company, string milestone)
    {
        var known = events.OfTypes(typeof(MilestoneReached)).Where(recorded => recorded.Header.Emitter == company).Select(recorded => ((MilestoneReached)recorded.Event).Milestone)
            .Concat(events.OfTypes(typeof(InvestmentCommitted), typeof(PurchaseCommitted), typeof(LoanCommitted))
                .SelectMany(recorded => (IEnumerable<Condition>?)TermsOf(recorded.Event)!.Conditions?.Conditions ?? []).Where(condition => condition.Company == company).Select(condition => condition.Milestone))
            .Concat(events.OfTypes(typeof(WarrantGranted)).SelectMany(recorded => ((WarrantGranted)recorded.Event).Tranches)
                .SelectMany(tranche => (IEnumerable<Condition>?)tranche.Conditions?.Conditions ?? []).Where(condition => condition.Company == company).Select(condition => condition.Milestone))
            .OfType<string>().Distinct().ToList();
        var has = known.Count == 0 ? $"'{company}' has no milestone" : $"'{company}' has {string.Join(", ", known.Take(12).Select(one => $"'{one}'"))}";
        return $"matches nothing: no milestone '{milestone}' is reached or waited for; {has}{Files.Spelling.Hint(milestone, known)}";
    }
}
