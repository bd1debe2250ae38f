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
    /// lapses. Of all that it had promised to pay, whatever for, and of its loans (what the cascade counts as owed too), the creditors get the recovery at once; senior claims before others, junior ones after them
    /// (<see cref="Claim"/>); a guarantor pays its beneficiary what that one loses, as far as the ceiling goes. A company that guaranteed for itself pays nothing.
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

        var (open, owed) = (Open(events, company), LoanFold.Of(events.Alone(events.OfParty(company))).Where(loan => loan.Borrower == company).ToList());
        var debts = open.Where(commitment => commitment.Terms.From == company).ToList();
        List<Claim> claims =
        [
            .. debts.Select(commitment => new Claim(commitment.Kind == FlowKind.Purchase ? FlowKind.Purchase : FlowKind.Investment, commitment.Terms.To, commitment.Deal, Money.Of(commitment.Outstanding, commitment.Currency))),
            .. owed.Select(loan => new Claim(FlowKind.Loan, loan.Lender, loan.Drawn.Header.Deal, loan.Amount)),
        ];
        if (Claim.RuleOf(failure, claims) is { } unranked)
        {
            return unranked;
        }

        var (paid, losses) = (Claim.Paid(failure, claims), new Dictionary<(string Creditor, Currency Currency), decimal>());
        foreach (var commitment in open)
        {
            Settle(events, failure, commitment, debts.IndexOf(commitment) is >= 0 and var debt ? paid[debt] : 0, place);
        }

        foreach (var (loan, back) in owed.Zip(paid.Skip(debts.Count)))
        {
            if (back > 0)
            {
                events.Append(company, new LoanRepaid(loan.Loan, loan.Lender, Money.Of(back, loan.Amount.Currency)), failure.At, loan.Drawn.Header.Deal, place);
            }
        }

        foreach (var (claim, got) in claims.Zip(paid))
        {
            var key = (claim.Creditor?.Value ?? "", claim.Owed.Currency);
            losses[key] = losses.GetValueOrDefault(key) + claim.Owed.Amount - got;
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

    private static void Settle(BranchEvents events, Edit.Default failure, Commitment open, decimal paid, int place)
    {
        var at = Instant.Later(failure.At, open.Key.EffectiveAt);
        if (paid > 0)
        {
            ConditionEdits.Pay(events, open, Money.Of(paid, open.Currency), at, place);
        }

        if (open.Outstanding > paid)
        {
            events.Append(open.Emitter, new CommitmentReleased(open.Id, Money.Of(open.Outstanding - paid, open.Currency), $"{failure.Company} defaults"), at, open.Deal, place);
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
}
