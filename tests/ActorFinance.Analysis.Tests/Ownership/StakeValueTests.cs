using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class StakeValueTests
{
    [Fact]
    public void A_pre_money_price_holds_for_what_the_round_issues() =>
        Values(new ShareBook().HasClass().Issue("a", 1000).Valued(pre: 500_000).Issue("b", 200)).ShouldBe("a 500000 USD, b 100000 USD");

    [Fact]
    public void A_post_money_value_counts_the_shares_of_the_round() =>
        Values(new ShareBook().HasClass().Issue("a", 1000).Valued(post: 600_000).Issue("b", 200)).ShouldBe("a 500000 USD, b 100000 USD");

    [Fact]
    public void The_last_price_holds_whether_of_a_valuation_or_of_an_issue()
    {
        var book = new ShareBook().HasClass().Issue("a", 10, price: 2m);
        Values(book).ShouldBe("a 20 USD");
        Values(book.Valued(price: 3m)).ShouldBe("a 30 USD");
        Values(book.Issue("b", 1, price: 4m)).ShouldBe("a 40 USD, b 4 USD");
    }

    [Fact]
    public void A_price_as_converted_is_multiplied_by_the_conversion_ratio() =>
        Values(new ShareBook().HasClass().HasClass("preferred", ratio: 3).Issue("a", 70).Issue("b", 10, "preferred").Valued(pre: 200)).ShouldBe("a 140 USD, b 60 USD");

    [Fact]
    public void A_split_changes_no_value() =>
        Values(new ShareBook().HasClass().Issue("a", 10).Valued(pre: 300).Split(3, 1)).ShouldBe("a 300 USD");

    [Fact]
    public void Without_a_price_there_is_a_reason()
    {
        Values(new ShareBook().HasClass().Issue("a", 10)).ShouldBe("a: no price of ai common is recorded");
        Values(new ShareBook().HasClass().Valued(pre: 300).Issue("a", 10)).ShouldBe("a: no shares were outstanding before the pre-money valuation");
    }

    private static string Values(ShareBook book) =>
        string.Join(", ", StakeValue.Of(book.Register).Select(s => s.Value is { } value ? $"{s.Holder} {Numbers.Text(value)} {s.Currency}" : $"{s.Holder}: {s.WhyNull}"));
}
