using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using static ActorFinance.Scenarios.Tests.Branches.Editing;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Edits that find events and cannot do to them what they say, and edits whose figures would leave what a book can hold.</summary>
public sealed class EditLimitTests
{
    private static readonly Book s_book = DecidedBook.Of(
        "a b",
        """
          - {company: a, effective: 2026-01-01, receive-external-cash: {amount: 100 USD, category: opening}}
          - {company: a, effective: 2026-01-01, deal: D, announce-deal: {terms: {kind: purchase, from: a, to: b, headline: 30 USD}}}
          - {company: a, effective: 2026-02-01, deal: D, commit-purchase: {terms: {commitment: C, from: a, to: b, amount: 30 USD}}}
          - {company: a, effective: 2026-03-01, deal: D, pay-purchase: {seller: b, amount: 30 USD, draws: C}}
          - {company: b, effective: 2026-03-01, deal: D, reach-milestone: {milestone: 1 GW}}
          - {company: b, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
          - {company: b, effective: 2026-01-01, issue-shares: {holder: others, class: common, quantity: 1000}}
          - {company: b, effective: 2026-04-01, deal: R, record-valuation: {valuation: V, preMoney: 300 USD}}
          - {company: $market, effective: 2025-01-01, record-fx-rate: {base: USD, quote: KRW, rate: 1390}}
        """);

    [Theory]
    [InlineData("scale type=milestone-reached by=2", "matches no amount and no shares: the first it matches is milestone-reached of 'b' (offset ")]
    [InlineData("scale type=purchase-paid by=1000000000000000", "purchase-paid at offset 6: 30 USD times 1000000000000000 is 10000000000000000 or more")]
    [InlineData("scale type=purchase-paid by=0.000000000001", "purchase-paid at offset 6: 30 USD times 0.000000000001 is nothing: 'drop' leaves events out")]
    [InlineData("scale type=shares-issued by=0.0001", "shares-issued at offset 9: 1000 shares times 0.0001 is nothing: 'drop' leaves events out")]
    [InlineData("shift type=deal-announced by=1M", "matches no event that moves (a deal keeps the day on which it was made): the first it matches is deal-announced of 'a' (offset ")]
    [InlineData("shift type=purchase-paid by=999Y", "9019-03-01T00:00:00Z moved by 11,988 months lies outside the years 1 to 9999", 9)]
    [InlineData("shift type=purchase-paid by=-12000D", "moved by -12,000 days lies outside the years 1 to 9999", 62)]
    [InlineData("delay company=b milestone=1_GW by=999Y", "moved by 11,988 months lies outside the years 1 to 9999", 9)]
    [InlineData("split type=purchase-committed in-kind=40%", "matches no investment or purchase in cash: the first it matches is purchase-committed of 'a' (offset ")]
    [InlineData("merge type=purchase-paid", "matches no payment in kind: the first it matches is purchase-paid of 'a' (offset ")]
    [InlineData("replace type=milestone-reached amount=5_USD", "matches no single amount: the first it matches is milestone-reached of 'b' (offset ")]
    [InlineData("replace type=purchase-paid amount=5_EUR", "purchase-paid at offset 6 is of 30 USD, which 5 EUR cannot replace")]
    [InlineData("set-valuation deal=R pre-money=300_EUR", "is of 300 USD, which 300 EUR cannot replace: it is in another currency")]
    [InlineData("set-price company=b class=preferred path=2026-05-01=1_USD", "matches nothing: 'b' has no shares of class 'preferred'; it has common")]
    [InlineData("set-price company=a path=2026-05-01=1_USD", "matches nothing: 'a' has no shares of class 'common'; it has none at all")]
    [InlineData("set-rate pair=USD/KRW by=0.00000000000001", "the rate of USD/KRW from 2025-01-01T00:00:00Z, 1390, times 0.00000000000001 is no rate")]
    [InlineData("freeze company=a at=2027-01-01", "matches nothing: 'a' promises nothing from 2027-01-01T00:00:00Z on; the last that it promised is purchase-committed at 2026-02-01T00:00:00Z (offset 5)")]
    [InlineData("freeze company=b at=2026-01-01", "matches nothing: 'b' promises nothing from 2026-01-01T00:00:00Z on")]
    [InlineData("truncate after=2027-01-01", "matches nothing: nothing happens after 2027-01-01T23:59:59.9999999Z; the last event is at 2026-04-01T00:00:00Z")]
    public void An_edit_that_can_change_nothing_says_so_and_one_beyond_all_limits_too(string edit, string rule, int times = 1)
    {
        var words = edit.Split(' ').Select(word => word.Replace('_', ' ')).ToArray();
        RuleOf(s_book, [.. Enumerable.Repeat(Parsed(words[0], words[1..]), times)]).ShouldContain(rule);
    }

    [Fact]
    public void What_an_edit_adds_is_told_by_what_it_is_when_it_loses_its_ground()
    {
        var branch = Applied(s_book, Parsed("default", "company=a", "at=2026-02-15"), Parsed("drop", "type=purchase-committed"));
        var misfit = branch.Misfits.ShouldHaveSingleItem();
        branch.Lost(misfit).Event.ShouldBeOfType<CommitmentReleased>().Amount.ShouldBe(Usd("30"));
    }

    /// <summary>The issuer does not publish how many shares there are: x gets 10 %, then has 14 %; y gets 20 %. Half of what x was given at the second time is 2 %.</summary>
    [Theory]
    [InlineData("deal=TWO", "0.5", 0.12, 0.2)]
    [InlineData("deal=ONE|TWO", "0.5", 0.07, 0.2)]
    [InlineData("deal=ONE", "0.5", 0.14, 0.2)]
    [InlineData("type=shares-issued", "2", 0.28, 0.4)]
    public void Of_a_stated_part_of_a_class_what_the_issue_added_is_scaled(string selected, string by, double x, double y)
    {
        var book = DecidedBook.Of(
            "a",
            """
              - {company: a, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1, decimals: 6, notional: true}}
              - {company: a, effective: 2026-02-01, deal: ONE, issue-shares: {holder: x, class: common, fractionHeld: 0.1}}
              - {company: a, effective: 2026-03-01, deal: OTHER, issue-shares: {holder: y, class: common, fractionHeld: 0.2}}
              - {company: a, effective: 2026-04-01, deal: TWO, issue-shares: {holder: x, class: common, fractionHeld: 0.14}}
            """);
        decimal? Of(Book of, string holder) =>
            OwnershipTable.Of(new OwnershipIndex(of).At(Cut.Everything, Id<CompanyId>("a")), OwnershipBasis.Outstanding).Holders.Single(one => one.Holder.Value == holder).Direct;
        var branch = Applied(book, Parsed("scale", selected, $"by={by}"));
        branch.Misfits.ShouldBeEmpty();
        Of(branch.Book, "x").ShouldBe((decimal)x);
        Of(branch.Book, "y").ShouldBe((decimal)y);
        RuleOf(book, Parsed("scale", "deal=TWO", "by=30")).ShouldBe("shares-issued at offset 5: x would hold 1.3 of common, and a part is from 0 to 1");
    }

    [Fact]
    public void Shares_sold_for_another_amount_keep_their_number_and_lose_their_price()
    {
        var book = DecidedBook.Of(
            "a b c",
            """
              - {company: c, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
              - {company: c, effective: 2026-01-01, issue-shares: {holder: a, class: common, quantity: 10}}
              - {company: c, effective: 2026-02-01, deal: S, transfer-shares: {from: a, to: b, class: common, quantity: 4, pricePerShare: 25 USD}}
            """);
        var branch = Applied(book, Parsed("replace", "deal=S", "amount=50 USD"));
        branch.Misfits.ShouldBeEmpty();
        CashOf(branch.Book, "a").ShouldBe(50m);
        branch.Book.At(Cut.Everything).Events.Select(recorded => recorded.Event).OfType<SharesTransferred>().ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(sold => sold.Quantity.Value.ShouldBe(4), sold => sold.Amount.ShouldBe(Usd("50")), sold => sold.PricePerShare.ShouldBeNull());
    }
}
