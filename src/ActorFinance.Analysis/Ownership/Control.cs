using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>The companies that a company controls, by id; never itself.</summary>
public sealed record Controls(CompanyId Company, ValueList<CompanyId> Controlled);

/// <summary>
/// Control by votes: i controls j when i, together with all that i controls, has more than half of j's votes. The least set of which this is true is
/// taken, so that companies which only hold each other control nothing on that ground (the company control problem: I. Mumick, H. Pirahesh and
/// R. Ramakrishnan 1990, The Magic of Duplicates and Aggregates, VLDB, 264). In exact votes, not in rounded parts: half is not more than half.
/// <example>a has 60 of 100 votes of b and 30 of c, b has 25 of c: a controls b, and with b's 25 c too.</example>
/// </summary>
public static class Control
{
    /// <summary>The companies that control any, by id. O(holdings of the controlled) for each company.</summary>
    /// <param name="votes">All issuers on the voting basis.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut.</param>
    public static ValueList<Controls> Of(OwnershipAnswer votes, Func<HolderId, bool> isCompany)
    {
        if (votes.Basis != OwnershipBasis.Voting)
        {
            throw new ArgumentException("control is by votes", nameof(votes));
        }

        var total = votes.Issuers.ToDictionary(i => i.Issuer, i => i.Outstanding);
        var held = votes.Issuers
            .SelectMany(i => i.Holders.Where(h => h.Shares > 0).Select(h => (h.Holder, i.Issuer, h.Shares)))
            .GroupBy(h => h.Holder)
            .ToDictionary(g => g.Key, g => g.Select(h => (h.Issuer, h.Shares)).ToArray());
        return held.Keys
            .Where(h => !h.IsOutside && (total.ContainsKey(h.AsCompany() ?? default) || isCompany(h)))
            .Order()
            .Select(h => new Controls(h.AsCompany()!.Value, ControlledBy(h, held, total)))
            .Where(c => c.Controlled.Count > 0)
            .ToValueList();
    }

    private static ValueList<CompanyId> ControlledBy(HolderId holder, Dictionary<HolderId, (CompanyId Issuer, decimal Votes)[]> held, Dictionary<CompanyId, decimal> total)
    {
        var gathered = new Dictionary<CompanyId, decimal>();
        var controlled = new SortedSet<CompanyId>();
        var waiting = new Queue<HolderId>([holder]);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var (issuer, votes) in held.GetValueOrDefault(next) ?? [])
            {
                var sum = gathered[issuer] = gathered.GetValueOrDefault(issuer) + votes;
                // sum > total / 2 without a division or a product that could round.
                if (HolderId.Of(issuer) != holder && sum > total[issuer] - sum && controlled.Add(issuer))
                {
                    waiting.Enqueue(HolderId.Of(issuer));
                }
            }
        }

        return controlled.ToValueList();
    }
}
