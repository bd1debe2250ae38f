using System.Text.Json;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class OwnershipIndexTests
{
    private static readonly OwnershipBasis[] Bases = [OwnershipBasis.Outstanding, OwnershipBasis.Voting, OwnershipBasis.FullyDiluted];

    [Fact]
    public void The_index_equals_the_reference_fold_at_every_cut() =>
        Gen.Select(ShareGen.Events, ShareGen.Cuts.Array[4]).Sample(
            (events, cuts) =>
            {
                var index = new OwnershipIndex();
                foreach (var recorded in events)
                {
                    index.Apply(recorded);
                }

                foreach (var cut in cuts)
                {
                    Text(index.At(cut)).ShouldBe(Text(ShareRegister.Fold(ReferenceFold.State(events, cut))));
                }
            },
            iter: Effort.Samples(500));

    [Fact]
    public void It_equals_the_reference_fold_on_books_with_steps_however_often_it_is_published() =>
        Gen.Select(BookGen.Events, BookGen.Cuts.Array[3], Gen.Int[1, 7]).Sample(
            (events, cuts, every) =>
            {
                var index = new OwnershipIndex();
                for (var i = 0; i < events.Count; i++)
                {
                    index.Apply(events[i]);
                    if (i % every == 0)
                    {
                        index.Publish();
                    }
                }

                foreach (var cut in cuts)
                {
                    Text(index.At(cut)).ShouldBe(Text(ShareRegister.Fold(ReferenceFold.State(events, cut))));
                }
            },
            iter: Effort.Samples(300));

    [Fact]
    public void What_was_published_stays_as_it_was_when_more_arrives() =>
        Gen.Select(ShareGen.Events, ShareGen.Cuts.Array[3], Gen.Int[0, 50]).Sample(
            (events, cuts, first) =>
            {
                var index = new OwnershipIndex();
                var known = events.Take(first).ToList();
                known.ForEach(index.Apply);
                var published = index.Publish();
                foreach (var recorded in events.Skip(first))
                {
                    index.Apply(recorded);
                    index.Publish();
                }

                foreach (var cut in cuts)
                {
                    Text(published.At(cut)).ShouldBe(Text(ShareRegister.Fold(ReferenceFold.State(known, cut))));
                }
            },
            iter: Effort.Samples(200));

    [Fact]
    public async Task Others_ask_while_the_writer_appends()
    {
        var book = new ShareBook().HasClass();
        var random = new Random(5);
        for (var i = 0; i < 3_000; i++)
        {
            // Every third comes late, so that what readers hold is rewritten behind them.
            book.Issue($"h{random.Next(50)}", random.Next(1, 1_000), at: i % 3 == 0 ? "2026-01-02" : "2026-01-03");
        }

        var sums = book.Events.Aggregate(new List<decimal> { 0 }, (list, e) => [.. list, list[^1] + (e.Event is SharesIssued issued ? issued.Quantity!.Value.Value : 0)]);
        var index = new OwnershipIndex();
        index.Apply(book.Events[0]);
        index.Publish();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var asked = 0;
            do
            {
                var register = index.Published.At(Cut.Everything, ShareBook.Ai);
                register.Classes.Single().Outstanding.ShouldBe(sums[register.Events.Count]);
                register.Classes.Single().Holdings.Sum(h => h.Shares).ShouldBe(sums[register.Events.Count]);
                asked++;
            }
            while (!done.IsCancellationRequested);
            return asked;
        })).ToArray();
        for (var i = 1; i < book.Events.Count; i++)
        {
            index.Apply(book.Events[i]);
            index.Publish();
        }

        await done.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(asked => asked > 0);
        index.At(Cut.Everything, ShareBook.Ai).Classes.Single().Outstanding.ShouldBe(sums[^1]);
    }

    [Fact]
    public void Numbers_too_fine_or_too_large_for_64_bits_are_folded_plainly()
    {
        foreach (var book in new[]
        {
            new ShareBook().HasClass(decimals: 10).Issue("a", 9_000_000_000_000_000m).Issue("b", 0.0000000001m).Split(3, 2),
            new ShareBook().HasClass().Issue("a", 1_000_000_000_000_000m).Split(2_000_000_000, 1),
            new ShareBook().HasClass().Issue("a", 5).Issue("b", 1.25m).Transfer("a", "b", 0.125m).Split(1, 3),
        })
        {
            Text(new OwnershipIndex(new Book(book.Events)).At(Cut.Everything, ShareBook.Ai)).ShouldBe(Text(book.Register));
        }
    }

    [Fact]
    public void One_issuer_is_the_same_alone() =>
        Gen.Select(ShareGen.Events, ShareGen.Cuts).Sample(
            (events, cut) =>
            {
                var index = new OwnershipIndex(new Book(events));
                foreach (var issuer in index.At(cut).Issuers)
                {
                    Text(index.At(cut, issuer.Issuer)).ShouldBe(Text(issuer));
                }
            },
            iter: Effort.Samples(100));

    [Fact]
    public void Fractions_sum_to_exactly_one_and_outstanding_is_the_sum_of_holdings_none_negative() =>
        Gen.Select(ShareGen.Events, ShareGen.Cuts).Sample(
            (events, cut) =>
            {
                foreach (var issuer in ShareRegister.Fold(ReferenceFold.State(events, cut)).Issuers)
                {
                    foreach (var shares in issuer.Classes)
                    {
                        shares.Holdings.Sum(h => h.Shares).ShouldBe(shares.Outstanding);
                        shares.Holdings.ShouldAllBe(h => h.Shares >= 0);
                    }

                    foreach (var basis in Bases)
                    {
                        var table = OwnershipTable.Of(issuer, basis);
                        table.Holders.Sum(h => h.Direct ?? 0).ShouldBe(table.Outstanding > 0 ? 1m : 0m);
                        table.Holders.Sum(h => h.Shares).ShouldBe(table.Outstanding);
                    }
                }
            },
            iter: Effort.Samples(300));

    [Fact]
    public void What_is_diluted_ends_where_the_table_stands() =>
        ShareGen.Events.Sample(
            events =>
            {
                foreach (var issuer in ShareRegister.Fold(ReferenceFold.State(events, Cut.Everything)).Issuers)
                {
                    var last = Dilution.Of(issuer, OwnershipBasis.FullyDiluted).GroupBy(r => r.Holder).ToDictionary(g => g.Key, g => g.Last().After);
                    foreach (var holder in OwnershipTable.Of(issuer, OwnershipBasis.FullyDiluted).Holders)
                    {
                        last[holder.Holder].ShouldBe(holder.Direct ?? 0);
                    }
                }
            },
            iter: Effort.Samples(50));

    private static string Text(ShareRegister register) => string.Join('\n', register.Issuers.Select(Text));

    private static string Text(IssuerRegister issuer) =>
        string.Join(
            '\n',
            Bases.Select(b => JsonSerializer.Serialize(OwnershipTable.Of(issuer, b)) + string.Join(';', OwnershipTable.EventsBehind(issuer, b).OrderBy(h => h.Key)))
                .Append(JsonSerializer.Serialize(StakeValue.Of(issuer)))
                .Append(string.Join(';', issuer.Ungrounded)));
}
