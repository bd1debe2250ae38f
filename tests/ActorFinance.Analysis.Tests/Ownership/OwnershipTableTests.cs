using System.Text.Json;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class OwnershipTableTests
{
    [Fact]
    public void Fully_diluted_adds_warrants_convertibles_with_terms_and_pools()
    {
        var book = new ShareBook().HasClass().Issue("a", 900).Issue("b", 100).Grant("w", "b", 1m, 150, 50).Vest("w", "t1").Reserve(50);

        book.Fractions().ShouldBe("a 0.9, b 0.1");
        book.Fractions(OwnershipBasis.FullyDiluted).ShouldBe("a 0.72, b 0.24, outside 0.04");

        book.Lend("n", "c", 1000, 4m).Lend("vague", "d", 500, null);
        book.Shares(OwnershipBasis.FullyDiluted).ShouldBe("a 900, b 300, c 250, outside 50");
        var table = OwnershipTable.Of(book.Register, OwnershipBasis.FullyDiluted);
        table.Pool.ShouldBe(50);
        table.LeftOut.ShouldBe([Value.Parse<ConvertibleId>("vague")]);
        OwnershipTable.Of(book.Register, OwnershipBasis.Outstanding).LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void A_lapsed_warrant_no_longer_dilutes() =>
        new ShareBook().HasClass().Issue("a", 100).Grant("w", "b", 1m, 100).Add(new WarrantLapsed(Value.Parse<WarrantId>("w")))
            .Fractions(OwnershipBasis.FullyDiluted).ShouldBe("a 1");

    [Fact]
    public void Outstanding_is_as_converted_and_voting_counts_votes()
    {
        var book = new ShareBook().HasClass().HasClass("preferred", votes: 10, ratio: 3).HasClass("silent", votes: 0)
            .Issue("a", 100).Issue("b", 100, "preferred").Issue("c", 100, "silent");

        book.Fractions().ShouldBe("b 0.6, a 0.2, c 0.2");
        book.Fractions(OwnershipBasis.Voting).ShouldBe("b 0.909090909091, a 0.090909090909, c 0");
    }

    [Fact]
    public void Without_any_vote_there_is_no_fraction() =>
        new ShareBook().HasClass(votes: 0).Issue("a", 100).Fractions(OwnershipBasis.Voting).ShouldBe("a null");

    [Fact]
    public void Thirds_sum_to_exactly_one_and_the_remainder_goes_by_holder_id() =>
        new ShareBook().HasClass().Issue("c", 1).Issue("b", 1).Issue("a", 1).Fractions().ShouldBe("a 0.333333333334, b 0.333333333333, c 0.333333333333");

    [Fact]
    public void Behind_a_holders_figure_stand_the_events_that_made_it()
    {
        var book = new ShareBook().HasClass().Issue("a", 10).Issue("b", 5).Transfer("a", "b", 1).Grant("w", "b", 1m, 5).Split(2, 1);

        long[] Behind(string holder, OwnershipBasis basis) =>
            [.. OwnershipTable.EventsBehind(book.Register, basis)[Holdings.Holder(holder)].Select(e => e.Offset.Value)];
        Behind("a", OwnershipBasis.Outstanding).ShouldBe([2, 4, 6]);
        Behind("b", OwnershipBasis.Outstanding).ShouldBe([3, 4, 6]);
        Behind("b", OwnershipBasis.FullyDiluted).ShouldBe([3, 4, 5, 6]);
    }

    [Fact]
    public void In_JSON_shares_are_text_and_ratios_are_numbers()
    {
        var answer = OwnershipTable.Of(ShareRegister.Fold(new ShareBook().HasClass(decimals: 1).Issue("a", 1.5m).Events), OwnershipBasis.FullyDiluted);

        JsonSerializer.Serialize(answer, JsonSerializerOptions.Web).ShouldBe(
            """{"basis":"fully-diluted","issuers":[{"issuer":"ai","outstanding":"1.5","holders":[{"holder":"a","shares":"1.5","direct":1}],"pool":"0","leftOut":[]}]}""");
    }
}
