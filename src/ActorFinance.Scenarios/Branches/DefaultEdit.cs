using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>A company stops paying: what it owes, who gets what of it, and who had guaranteed for it.</summary>
internal static class DefaultEdit
{
    /// <summary>
    /// What it would have paid, and the legs that hang on that, do not happen; nor does what others would have put into it under a deal; what is open
    /// lapses. Of what it had promised to pay for purchases, and of its loans, the creditors get the recovery at once; a guarantor pays its beneficiary
    /// what that one loses, as far as the ceiling goes. A company that guaranteed for itself pays nothing.
    /// </summary>
    public static string? Apply(BranchEvents events, Edit.Default failure, int place)
    {
        if (EditApplication.Unknown(events, failure.Company) is { } rule)
        {
            return rule;
        }

        if (failure.Recovery is < 0 or > 1)
        {
            return $"the recovery is from 0 to 1, not {EventChange.Text(failure.Recovery)}";
        }

        var company = failure.Company;
        bool Later(RecordedEvent recorded) => recorded.Header.EffectiveAt >= failure.At && recorded.Event is not CompanyRegistered;
        var pays = events.OfParty(company).Where(recorded => Later(recorded) && Pays(recorded, company));
        foreach (var recorded in new LinkedLegs(events).Whole(pays).Where(Later))
        {
            events.Drop(recorded, place);
        }

        var losses = new Dictionary<(string Creditor, Currency Currency), decimal>();
        foreach (var open in Open(events, company))
        {
            Settle(events, failure, open, losses, place);
        }

        var owed = LoanFold.Of(events.Alone(events.OfParty(company))).Where(loan => loan.Borrower == company);
        foreach (var loan in owed)
        {
            var back = Part(loan.Amount.Amount, failure.Recovery);
            if (back > 0)
            {
                events.Append(company, new LoanRepaid(loan.Loan, loan.Lender, Money.Of(back, loan.Amount.Currency)), failure.At, loan.Drawn.Header.Deal, place);
            }

            Lose(losses, loan.Lender, loan.Amount.Currency, loan.Amount.Amount - back);
        }

        Guarantees(events, failure, losses, place);
        return null;
    }

    public static string? Call(BranchEvents events, Edit.CallOn call, int place)
    {
        var given = events.OfTypes(typeof(GuaranteeGiven));
        if (given.FirstOrDefault(recorded => ((GuaranteeGiven)recorded.Event).Guarantee == call.Guarantee) is not { Event: GuaranteeGiven guarantee } found)
        {
            return $"matches nothing: the book has no guarantee '{call.Guarantee}'{Files.Spelling.Hint(call.Guarantee.Value, given.Select(recorded => ((GuaranteeGiven)recorded.Event).Guarantee.Value))}";
        }

        if (guarantee.Beneficiary is not { } beneficiary)
        {
            return $"guarantee '{call.Guarantee}' is for the outside, whose cash the book does not keep";
        }

        var cash = CashFold.Of(events.Alone(events.OfParty(beneficiary).Where(recorded => recorded.Header.EffectiveAt <= call.At))).Balances
            .FirstOrDefault(balance => balance.Company == beneficiary && balance.Currency == guarantee.Ceiling.Currency)?.Amount ?? 0;
        var paid = Math.Min(LeftOf(events, found), -cash);
        if (paid > 0)
        {
            events.Append(found.Header.Emitter, new GuaranteeCalled(call.Guarantee, beneficiary, Money.Of(paid, guarantee.Ceiling.Currency)), call.At, found.Header.Deal, place);
        }

        return null;
    }

    private static bool Pays(RecordedEvent recorded, CompanyId company) =>
        EventParties.Of(recorded)?.From == company
        || (recorded.Header.Emitter == company && recorded.Event is InvestmentCommitted or PurchaseCommitted or LoanCommitted);

    /// <summary>What the company promised, and what was promised to it, as far as it is open.</summary>
    private static List<Commitment> Open(BranchEvents events, CompanyId company)
    {
        bool Concerns(CommitmentTerms? terms) => terms is not null && (terms.From == company || terms.To == company);
        var promises = events.OfParty(company).Where(recorded => Concerns(ConditionEdits.TermsOf(recorded.Event))).ToList();
        var kept = promises.Select(recorded => recorded.Header.Emitter).Distinct().SelectMany(events.EmittedBy)
            .Concat(promises.Select(recorded => recorded.Header.Deal).OfType<DealId>().Distinct().SelectMany(events.OfDeal));
        return [.. CommitmentFold.Of(events.Alone(kept)).All.Where(open => open.Outstanding > 0 && Concerns(open.Terms))];
    }

    private static void Settle(BranchEvents events, Edit.Default failure, Commitment open, Dictionary<(string, Currency), decimal> losses, int place)
    {
        var at = Instant.Later(failure.At, open.Key.EffectiveAt);
        var (rest, isDebt) = (open.Outstanding, open.Terms.From == failure.Company && open.Kind == FlowKind.Purchase);
        if (isDebt)
        {
            var part = Part(rest, failure.Recovery);
            if (part > 0)
            {
                ConditionEdits.Pay(events, open, Money.Of(part, open.Currency), at, place);
                rest -= part;
            }

            Lose(losses, open.Terms.To, open.Currency, rest);
        }

        if (rest > 0)
        {
            events.Append(open.Emitter, new CommitmentReleased(open.Id, Money.Of(rest, open.Currency), $"{failure.Company} defaults"), at, open.Deal, place);
        }
    }

    private static void Guarantees(BranchEvents events, Edit.Default failure, Dictionary<(string Creditor, Currency Currency), decimal> losses, int place)
    {
        foreach (var recorded in events.OfTypes(typeof(GuaranteeGiven)))
        {
            var given = (GuaranteeGiven)recorded.Event;
            var key = (given.Beneficiary?.Value ?? "", given.Ceiling.Currency);
            if (given.Obligor != failure.Company || recorded.Header.Emitter == failure.Company || !losses.TryGetValue(key, out var lost))
            {
                continue;
            }

            var paid = Math.Min(LeftOf(events, recorded), lost);
            if (paid > 0)
            {
                losses[key] = lost - paid;
                var at = Instant.Later(failure.At, recorded.Header.EffectiveAt);
                events.Append(recorded.Header.Emitter, new GuaranteeCalled(given.Guarantee, given.Beneficiary, Money.Of(paid, given.Ceiling.Currency)), at, recorded.Header.Deal, place);
            }
        }
    }

    private static decimal LeftOf(BranchEvents events, RecordedEvent given)
    {
        var guarantee = (GuaranteeGiven)given.Event;
        return guarantee.Ceiling.Amount
            - events.EmittedBy(given.Header.Emitter).Select(recorded => recorded.Event).OfType<GuaranteeCalled>().Where(called => called.Guarantee == guarantee.Guarantee).Sum(called => called.Amount.Amount);
    }

    private static decimal Part(decimal amount, decimal share) => decimal.Round(amount * share, Money.Decimals, MidpointRounding.ToEven);

    private static void Lose(Dictionary<(string, Currency), decimal> losses, CompanyId? creditor, Currency currency, decimal amount)
    {
        var key = (creditor?.Value ?? "", currency);
        losses[key] = losses.GetValueOrDefault(key) + amount;
    }
}
