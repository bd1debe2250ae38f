using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Tests.Branches.Editing;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>
/// b owes 60 to a (deal CHIPS), 20 to c (deal SPACE) and a loan of 20 to d (deal LOAN): 100 in all. With a recovery of 50 % there are 50 to share.
/// </summary>
public sealed class SeniorityTests
{
    private const string Owing =
        """
          - {company: b, effective: 2026-01-01, deal: CHIPS, commit-purchase: {terms: {commitment: CHIPS, from: b, to: a, amount: 60 USD, due: [{at: 2027-06-30, amount: 25 USD}, {at: 2028-06-30, amount: 35 USD}]}}}
          - {company: b, effective: 2026-01-01, deal: SPACE, commit-purchase: {terms: {commitment: SPACE, from: b, to: c, amount: 20 USD}}}
          - {company: d, effective: 2026-01-01, receive-external-cash: {amount: 20 USD, category: opening}}
          - {company: d, effective: 2026-01-01, deal: LOAN, draw-loan: {loan: L, borrower: b, amount: 20 USD, rate: 0.05, maturity: 2030-01-01}}
        """;

    private static readonly Book s_book = DecidedBook.Of("a b c d", Owing);

    // Shares of 50: in proportion 30, 10, 10. Loans first: 20, and 30 over claims of 80. The loan last: a and c have 80 before it, so 37.5 and 12.5.
    // c first and the loan last: 20, 30, nothing. The loan first and CHIPS last: 20, 20, and the last 10.
    [Theory]
    [InlineData("", "", 30, 10, 10)]
    [InlineData("loans", "", 22.5, 7.5, 20)]
    [InlineData("", "loans", 37.5, 12.5, 0)]
    [InlineData("", "d", 37.5, 12.5, 0)]
    [InlineData("", "LOAN", 37.5, 12.5, 0)]
    [InlineData("c", "loans", 30, 20, 0)]
    [InlineData("loans", "CHIPS", 10, 20, 20)]
    [InlineData("purchases", "", 37.5, 12.5, 0)]
    [InlineData("a|c", "loans", 37.5, 12.5, 0)]
    public void Senior_claims_are_paid_before_others_and_junior_ones_after_them(string senior, string junior, double a, double c, double d)
    {
        var failure = Failing("50%", senior, junior);
        var book = Applied(s_book, failure).Book;
        (CashOf(book, "a"), CashOf(book, "c"), CashOf(book, "d")).ShouldBe(((decimal)a, (decimal)c, (decimal)d));
        CashOf(book, "b").ShouldBe(20m - 50m, "what it borrowed, less what its creditors get");

        var cascade = BranchCascade.Of(new(s_book, AsKnown.All), [failure], FlowOptions.Default).ShouldHaveSingleItem().Answer.ShouldNotBeNull();
        cascade.Creditors.Where(creditor => creditor.Debtor == Id<CompanyId>("b")).Select(creditor => (creditor.Creditor!.Value.Value, creditor.Owed, creditor.Received))
            .ShouldBe([("a", 60m, (decimal)a), ("c", 20m, (decimal)c), ("d", 20m, (decimal)d)]);
    }

    [Fact]
    public void Of_a_third_that_does_not_divide_the_last_units_go_by_the_largest_remainder()
    {
        var book = Applied(s_book, Failing("0.3333333333", "", "loans")).Book;
        (CashOf(book, "a") + CashOf(book, "c")).ShouldBe(33.33333333m);
        CashOf(book, "a").ShouldBe(24.9999999975m);
    }

    [Fact]
    public void With_all_recovered_or_nothing_a_rank_makes_no_difference()
    {
        foreach (var recovery in (string[])["0", "100%"])
        {
            var (ranked, plain) = (Applied(s_book, Failing(recovery, "loans", "CHIPS")).Book, Applied(s_book, Failing(recovery, "", "")).Book);
            "a b c d".Split(' ').Select(company => CashOf(ranked, company)).ShouldBe("a b c d".Split(' ').Select(company => CashOf(plain, company)));
        }
    }

    [Theory]
    [InlineData("", "", 20, 10, 30)]
    [InlineData("", "investments", 0, 0, 60)]
    [InlineData("investments", "", 40, 20, 0)]
    public void What_was_promised_to_be_invested_or_lent_is_owed_as_the_cascade_counts_it(string senior, string junior, double invested, double lent, double bought)
    {
        var book = DecidedBook.Of(
            "b i l s",
            """
              - {company: b, effective: 2026-01-01, deal: STAKE, commit-investment: {terms: {commitment: STAKE, from: b, to: i, amount: 40 USD}}}
              - {company: b, effective: 2026-01-01, deal: CREDIT, commit-loan: {terms: {commitment: CREDIT, from: b, to: l, amount: 20 USD}}}
              - {company: b, effective: 2026-01-01, deal: CHIPS, commit-purchase: {terms: {commitment: CHIPS, from: b, to: s, amount: 60 USD}}}
            """);
        var failure = Failing("50%", senior, junior);
        var after = Applied(book, failure).Book;

        (CashOf(after, "i"), CashOf(after, "l"), CashOf(after, "s")).ShouldBe(((decimal)invested, (decimal)lent, (decimal)bought));
        var cascade = BranchCascade.Of(new(book, AsKnown.All), [failure], FlowOptions.Default).ShouldHaveSingleItem().Answer.ShouldNotBeNull();
        cascade.Creditors.Select(creditor => (creditor.Creditor!.Value.Value, creditor.Owed, creditor.Received))
            .ShouldBe([("i", 40m, (decimal)invested), ("l", 20m, (decimal)lent), ("s", 60m, (decimal)bought)]);
    }

    [Fact]
    public void A_guarantor_pays_what_the_rank_left_its_beneficiary_without()
    {
        var book = DecidedBook.Of("a b c d e", Owing + "\n" + "  - {company: e, effective: 2026-01-01, give-guarantee: {guarantee: G, obligor: b, beneficiary: d, ceiling: 15 USD}}");
        CashOf(Applied(book, Failing("50%", "", "loans")).Book, "e").ShouldBe(-15m);
        CashOf(Applied(book, Failing("50%", "", "")).Book, "e").ShouldBe(-10m);
        CashOf(Applied(book, Failing("50%", "loans", "")).Book, "e").ShouldBe(0m);
    }

    [Theory]
    [InlineData("bonds", "", "matches nothing: no claim on 'b' is named 'bonds'; there are CHIPS, LOAN, SPACE, a, c, d, loans, purchases")]
    [InlineData("loans", "loans", "'loans' is senior or junior, not both")]
    public void A_rank_of_no_claim_or_of_both_kinds_is_refused(string senior, string junior, string rule) => RuleOf(s_book, Failing("50%", senior, junior)).ShouldBe(rule);

    private static Edit Failing(string recovery, string senior, string junior) =>
        Parsed("default", [.. new[] { "company=b", "at=2027-01-01", $"recovery={recovery}", $"senior={senior}", $"junior={junior}" }.Where(term => !term.EndsWith('='))]);
}
