using CsCheck;

namespace ActorFinance.Model.Tests.Companies;

/// <summary>The marks along the timeline are a shortcut: with or without them the same facts stand or fall.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void Late_facts_removals_and_postings_give_what_a_fold_from_the_start_gives()
    {
        long accepted = 0, refused = 0, longest = 0;
        Gen.Int.Array[300, 500].Sample(
            seeds =>
            {
                var facts = new SortedDictionary<FactKey, LedgerFact>(Comparer<FactKey>.Create((left, right) => left.CompareTo(right)));
                var ledger = Ledger.Empty(Prudent, keepsCash: true);
                foreach (var (seed, number) in seeds.Select((seed, number) => (seed, number + 1)))
                {
                    var (change, after, own) = Change(new Random(seed), number, ledger, facts);
                    var expected = Refold(after.Values, own);
                    change.Refusal.ShouldBe(expected.Refusal);
                    if (change.Ledger is not { } next)
                    {
                        Interlocked.Increment(ref refused);
                        continue;
                    }

                    Interlocked.Increment(ref accepted);
                    ledger = next;
                    facts = after;
                    Picture(ledger.End).ShouldBe(Picture(expected.End!));
                }

                longest = Math.Max(longest, ledger.Count);
                var keys = facts.Keys.ToList();
                for (var i = 0; i < keys.Count; i += 17)
                {
                    Picture(ledger.Before(keys[i])).ShouldBe(Picture(Refold(facts.Values.Take(i), null).End!));
                }
            },
            iter: Effort.Samples(6),
            threads: 1);
        longest.ShouldBeGreaterThan(200);
        refused.ShouldBeGreaterThan(accepted / 20);
    }

    private static ((Ledger? Ledger, Refusal? Refusal) Change, SortedDictionary<FactKey, LedgerFact> After, EventId? Own) Change(
        Random random, int number, Ledger ledger, SortedDictionary<FactKey, LedgerFact> facts)
    {
        var after = new SortedDictionary<FactKey, LedgerFact>(facts, facts.Comparer);
        var kind = random.Next(12);
        if (kind == 0 && facts.Count > 0)
        {
            var gone = facts.Values.ElementAt(random.Next(facts.Count));
            after.Remove(gone.Key);
            return (ledger.Remove(gone.Key, gone.Id), after, null);
        }

        if (kind == 1 && facts.Values.Where(fact => fact.IsPending).Skip(random.Next(3)).FirstOrDefault() is { } pending)
        {
            after[pending.Key] = pending with { IsPending = false };
            return (ledger.Post(pending.Key, pending.Id), after, pending.Id);
        }

        var key = new FactKey(Instant.Of(2026, 1, number == 1 ? 1 : 1 + random.Next(28)), random.Next(3) - 1, number);
        var fact = new LedgerFact(key, Id(number), null, Fact(random, number), IsPending: random.Next(6) == 0 && number > 2);
        after.Add(key, fact);
        return (ledger.Insert(fact), after, fact.Id);
    }

    private static CompanyEvent Fact(Random random, int number) => number == 1
        ? Class(authorised: 2_000, decimals: 1)
        : random.Next(8) switch
        {
            0 => new ExternalCashPaid(Usd(random.Next(1, 30).ToString()), ExternalCategory.Opex),
            1 or 2 => new ExternalCashReceived(Usd(random.Next(1, 30).ToString()), ExternalCategory.Revenue),
            3 => new SharesTransferred(Founder, Holder("fund"), Common, Shares(random.Next(1, 90)), null, null, false, false),
            4 => random.Next(6) == 0 ? new SharesSplit(Common, random.Next(1, 4), random.Next(1, 4)) : new SharesRepurchased(Founder, Common, Shares(1), null),
            _ => Issued(random.Next(1, 12), random.Next(2) == 0 ? Founder : Holder("fund")),
        };

    /// <summary>From the start, one fact after the other: an empty ledger that only ever appends.</summary>
    private static (Standing? End, Refusal? Refusal) Refold(IEnumerable<LedgerFact> facts, EventId? own)
    {
        var ledger = Ledger.Empty(Prudent, keepsCash: true);
        foreach (var fact in facts)
        {
            var (next, refusal) = ledger.Insert(fact);
            if (next is null)
            {
                return (null, fact.Id == own ? refusal : new LaterStateInvalid(fact.Key.EffectiveAt, fact.Id, refusal!));
            }

            ledger = next;
        }

        return (ledger.End, null);
    }

    private static string Picture(Standing standing) => string.Join(
        "\n",
        standing.Cash.OrderBy(cash => cash.Key).Select(cash => cash.ToString())
            .Concat(standing.Classes.OrderBy(share => share.Key).SelectMany(share => share.Value.Holdings.OrderBy(held => held.Key).Select(held => $"{share.Key} {held.Key} {Numbers.Text(held.Value)}")
                .Append($"{share.Key} {Numbers.Text(share.Value.Outstanding)} {Numbers.Text(share.Value.PendingIssue)} {Numbers.Text(share.Value.InTransit)} {Numbers.Text(share.Value.AuthorisedNow)}"))));
}
