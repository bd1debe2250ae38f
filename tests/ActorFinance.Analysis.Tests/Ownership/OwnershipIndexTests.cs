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
            iter: 300);

    [Fact]
    public void One_issuer_is_the_same_alone() =>
        Gen.Select(ShareGen.Events, ShareGen.Cuts).Sample(
            (events, cut) =>
            {
                var index = new OwnershipIndex(new(events));
                foreach (var issuer in index.At(cut).Issuers)
                {
                    Text(index.At(cut, issuer.Issuer)).ShouldBe(Text(issuer));
                }
            },
            iter: 100);

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
            iter: 300);

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
            iter: 50);

    private static string Text(ShareRegister register) => string.Join('\n', register.Issuers.Select(Text));

    private static string Text(IssuerRegister issuer) =>
        string.Join(
            '\n',
            Bases.Select(b => JsonSerializer.Serialize(OwnershipTable.Of(issuer, b)) + string.Join(';', OwnershipTable.EventsBehind(issuer, b).OrderBy(h => h.Key)))
                .Append(JsonSerializer.Serialize(StakeValue.Of(issuer)))
                .Append(string.Join(';', issuer.Ungrounded)));
}
