namespace ActorFinance.Model;

/// <summary>Deals go forward only; what is promised is drawn and released at most once; a guarantee is called up to its ceiling.</summary>
internal static class CommitmentRules
{
    public static Applied Commit(Standing standing, CommitmentTerms terms, DealId? deal)
    {
        if (standing.Commitments.ContainsKey(terms.Commitment))
        {
            return new CommitmentExists(terms.Commitment);
        }

        if (deal is { } named && standing.Deals.TryGetValue(named, out var state) && state is DealState.Superseded or DealState.Cancelled)
        {
            return new DealInState(deal.Value, Word(standing.Deals[deal.Value]), "committed under");
        }

        return standing with { Commitments = standing.Commitments.Add(terms.Commitment, new(deal, terms.Amount, terms.Amount)) };
    }

    public static Applied Reduce(Standing standing, CommitmentId commitment, Money amount)
    {
        if (!standing.Commitments.TryGetValue(commitment, out var committed))
        {
            return new UnknownCommitment(commitment);
        }

        if (committed.Committed.Currency != amount.Currency)
        {
            return new CurrenciesDiffer($"commitment '{commitment}'", committed.Committed.Currency, amount.Currency);
        }

        if (committed.Outstanding.Amount < amount.Amount)
        {
            return new DrawAboveCommitment(commitment, committed.Outstanding, amount);
        }

        var left = committed with { Outstanding = committed.Outstanding - amount };
        return standing with { Commitments = standing.Commitments.SetItem(commitment, left) };
    }

    public static Applied Move(Standing standing, LedgerFact fact)
    {
        var deal = fact.Deal ?? throw new CorruptJournalException($"{fact.Event.GetType().Name} {fact.Id} names no deal");
        DealState? before = standing.Deals.TryGetValue(deal, out var known) ? known : null;
        var (after, asked, fits) = fact.Event switch
        {
            DealAnnounced => (DealState.Announced, "announced", before is null),
            DealContracted => (DealState.Contracted, "contracted", before is null or DealState.Announced),
            DealSuperseded => (DealState.Superseded, "superseded", before is DealState.Announced or DealState.Contracted),
            DealCancelled => (DealState.Cancelled, "cancelled", before is DealState.Announced or DealState.Contracted),
            _ => (DealState.Completed, "completed", before is DealState.Announced or DealState.Contracted),
        };
        if (!fits)
        {
            return before is { } state ? new DealInState(deal, Word(state), asked) : new UnknownDeal(deal);
        }

        var moved = standing with { Deals = standing.Deals.SetItem(deal, after) };
        return after is DealState.Superseded or DealState.Cancelled ? ReleaseAll(moved, deal) : moved;
    }

    public static Applied Give(Standing standing, GuaranteeGiven given) =>
        standing.Guarantees.ContainsKey(given.Guarantee)
            ? new GuaranteeExists(given.Guarantee)
            : standing with { Guarantees = standing.Guarantees.Add(given.Guarantee, new(given.Beneficiary, given.Ceiling, Money.Of(0, given.Ceiling.Currency))) };

    public static Applied Call(Standing standing, GuaranteeCalled called)
    {
        if (!standing.Guarantees.TryGetValue(called.Guarantee, out var given))
        {
            return new UnknownGuarantee(called.Guarantee);
        }

        if (given.Ceiling.Currency != called.Amount.Currency)
        {
            return new CurrenciesDiffer($"guarantee '{called.Guarantee}'", given.Ceiling.Currency, called.Amount.Currency);
        }

        var total = given.Called + called.Amount;
        return total.Amount > given.Ceiling.Amount
            ? new AboveCeiling(called.Guarantee, given.Ceiling, given.Called, called.Amount)
            : standing with { Guarantees = standing.Guarantees.SetItem(called.Guarantee, given with { Called = total }) };
    }

    public static string Word(DealState state) => state.ToString().ToLowerInvariant();

    private static Standing ReleaseAll(Standing standing, DealId deal)
    {
        var commitments = standing.Commitments;
        foreach (var (id, commitment) in commitments)
        {
            if (commitment.Deal == deal && commitment.Outstanding.Amount != 0)
            {
                commitments = commitments.SetItem(id, commitment with { Outstanding = Money.Of(0, commitment.Committed.Currency) });
            }
        }

        return standing with { Commitments = commitments };
    }
}
