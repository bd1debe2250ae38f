namespace ActorFinance.Model;

internal static class CommitmentDecisions
{
    public static Decision Commit(Order order, CommitmentTerms terms, CompanyEvent fact)
    {
        var refusal = Guards.Positive("amount", terms.Amount)
            ?? Parties.Check(order, terms.From, terms.To)
            ?? Payer(order, terms)
            ?? Due(terms)
            ?? Guards.Text("item", terms.Item, 200)
            ?? Guards.Text("unit", terms.Unit, 40)
            ?? ConditionGuards.Check(terms.Conditions);
        return refusal is null ? order.Fit(fact) : refusal;
    }

    public static Decision Release(Order order, ReleaseCommitment release) =>
        order.FitUnless(
            Guards.Positive("amount", release.Amount) ?? Guards.Text("reason", release.Reason, Guards.TextLimit),
            new CommitmentReleased(release.Commitment, release.Amount, release.Reason));

    /// <summary>The one who will pay commits; the receiver only for a payer outside.</summary>
    private static Refusal? Payer(Order order, CommitmentTerms terms) =>
        (terms.From ?? terms.To) == order.Company ? null : new NotAParty(order.Company);

    private static Refusal? Due(CommitmentTerms terms)
    {
        if (terms.Due.Count == 0)
        {
            return null;
        }

        var total = 0m;
        foreach (var due in terms.Due)
        {
            if (due.Amount.Currency != terms.Amount.Currency)
            {
                return new CurrenciesDiffer($"commitment '{terms.Commitment}'", terms.Amount.Currency, due.Amount.Currency);
            }

            if (Guards.Positive("due", due.Amount) is { } refusal)
            {
                return refusal;
            }

            total += due.Amount.Amount;
        }

        if (total >= Money.TotalLimit)
        {
            return new TotalTooLarge($"the due amounts of commitment '{terms.Commitment}'", Numbers.Text(total));
        }

        return total == terms.Amount.Amount ? null : new DueAmountsDiffer(terms.Commitment, terms.Amount, Money.Total(total, terms.Amount.Currency));
    }
}

internal static class ConditionGuards
{
    public static Refusal? Check(ConditionSet? set)
    {
        if (set is null)
        {
            return null;
        }

        return set.Conditions.Count == 0
            ? new InvalidField("conditions", "", "at least one condition")
            : set.Conditions.Select(Check).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Check(Condition condition)
    {
        var complete = condition.Kind switch
        {
            ConditionKind.Milestone => condition is { Company: not null, Milestone: not null, Date: null, Class: null, PricePerShare: null },
            ConditionKind.Date => condition is { Company: null, Milestone: null, Date: not null, Class: null, PricePerShare: null },
            ConditionKind.Price => condition is { Company: not null, Milestone: null, Date: null, PricePerShare: not null },
            _ => false,
        };
        return complete
            ? Guards.Text("milestone", condition.Milestone, 200)
            : new InvalidField("conditions", condition.Kind.ToString(), "a milestone (company, milestone), a date (date) or a price (company, pricePerShare, class)");
    }
}
