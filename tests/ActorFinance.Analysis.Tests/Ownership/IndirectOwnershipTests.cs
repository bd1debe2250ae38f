using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class IndirectOwnershipTests
{
    private const double Exact = 1e-14;

    private const string Halves = """
        b 0.5 a
        people-a 0.5 a
        a 0.5 b
        people-b 0.5 b
        """;

    [Fact]
    public void Two_firms_that_hold_half_of_each_other_as_Elliott_Golub_and_Jackson_2014_print_them()
    {
        var of = Table(Halves, "a");
        of["a"].Ultimate.ShouldBe(2.0 / 3, Exact);
        of["b"].Ultimate.ShouldBe(1.0 / 3, Exact);
        of["people-a"].Ultimate.ShouldBe(2.0 / 3, Exact);
        of["people-b"].Ultimate.ShouldBe(1.0 / 3, Exact);
        of["b"].LookThrough.ShouldBe(0.5, Exact);
        of["a"].LookThrough.ShouldBe(0.25, Exact);
    }

    [Fact]
    public void Chains_add_up_to_the_percentage_that_White_gives_for_consolidation()
    {
        // A. White, When matrix theory explains consolidation (Sigma Conso): 10 % + 32 % + 2.4 % + 12 % = 56.4 %.
        var walk = Holdings.Walk("""
            s0 0.8 s1
            s2 0.1 s1
            s0 0.6 s2
            s0 0.1 s3
            s1 0.4 s3
            s2 0.2 s3
            """, "s0");

        Parts(walk, "s0")["s3"].ShouldBe(0.564, Exact);
    }

    [Fact]
    public void Companies_that_hold_each_other_are_linked_as_the_close_link_example_of_Vadalog_prints_them()
    {
        // Prometheux, Vadalog documentation, Company control: close link detection. It also lets d hold 0.9 of a, of which b has 0.8 already; without
        // that the ways that do not pass through d are as printed.
        var walk = Holdings.Walk("a 0.2 b\nb 0.8 a\nb 0.2 c\nc 0.6 d\na 0.2 c", "a", "b", "c", "d");

        Parts(walk, "a")["b"].ShouldBe(0.2, Exact);
        Parts(walk, "a")["c"].ShouldBe(0.24, Exact);
        Parts(walk, "b")["c"].ShouldBe(0.36, Exact);
        Parts(walk, "b")["d"].ShouldBe(0.216, Exact);
        Parts(walk, "c")["d"].ShouldBe(0.6, Exact);
    }

    [Fact]
    public void Three_companies_in_a_chain_as_the_page_works_them_out()
    {
        // docs/measures/look-through-ownership.md
        var walk = Holdings.Walk("""
            a 0.6 b
            a 0.1 c
            b 0.5 c
            fund 0.4 a
            """);

        Parts(walk, "a")["c"].ShouldBe(0.4, Exact);
        Parts(walk, "fund")["c"].ShouldBe(0.16, Exact);
        LookThrough.Of(walk, Holdings.Holder("a")).Value!.SelfOwnership.ShouldBe(0);
    }

    [Fact]
    public void Three_companies_in_a_ring_as_the_page_works_them_out()
    {
        // docs/measures/ultimate-ownership.md: once round is 0.5 x 0.5 x 0.4 = 0.1, so n = 1 / 0.9 each.
        var of = Table("""
            c 0.5 a
            fund 0.5 a
            a 0.5 b
            b 0.4 c
            """, "a");

        of["a"].LookThrough.ShouldBe(0.1, Exact);
        of["c"].LookThrough.ShouldBe(0.5, Exact);
        of["b"].LookThrough.ShouldBe(0.2, Exact);
        of["a"].Ultimate.ShouldBe(0.5 / 0.9, Exact);
        of["b"].Ultimate.ShouldBe(0.5 * 0.2 / 0.9, Exact);
        of["c"].Ultimate.ShouldBe(0.6 * 0.5 / 0.9, Exact);
        of["fund"].Ultimate.ShouldBe(0.5 / 0.9, Exact);
        of["outside"].Ultimate.ShouldBe(0.4 / 0.9, Exact);
    }

    [Fact]
    public void Those_with_indirect_shares_only_are_listed_and_so_is_the_issuer() =>
        Table("fund 1 a\na 0.3 b\nb 0.5 c", "c").Keys.Order().ShouldBe(["a", "b", "c", "fund", "outside"]);

    [Fact]
    public void A_group_that_holds_all_of_itself_is_an_error_that_names_it()
    {
        var walk = Holdings.Walk("b 1 a\nc 1 b\na 1 c\na 0.2 d\ne 0.1 f");

        walk.OwnerlessGroups.Single().Select(c => c.Value).ShouldBe(["a", "b", "c"]);
        IndirectOwnership.Of(walk, Holdings.Company("d")).Error!.Message.ShouldBe("a, b, c hold all of each other: the group has no owner");
        LookThrough.Of(walk, Holdings.Holder("b")).Error.ShouldBeOfType<OwnershipError.OwnsAllOfItself>();
        IndirectOwnership.Of(walk, Holdings.Company("f")).Error.ShouldBeNull();
        IndirectOwnership.Of(Holdings.Walk("a 1 a"), Holdings.Company("a")).Error!.Message.ShouldBe("a holds all of itself: it has no owner");
    }

    [Fact]
    public void A_company_that_holds_some_of_itself_is_held_by_the_rest()
    {
        var of = Table("a 0.2 a\nfund 0.6 a", "a");

        of["a"].LookThrough.ShouldBe(0.2, Exact);
        of["a"].Ultimate.ShouldBe(1, Exact);
        of["fund"].Ultimate.ShouldBe(0.75, Exact);
    }

    [Fact]
    public void A_company_of_which_no_shares_are_recorded_is_held_by_the_outside()
    {
        var walk = Holdings.Walk("giant 0.1 b\nfund 0.9 b", "giant");
        var of = IndirectOwnership.Of(walk, Holdings.Company("b")).Value!.Holders.ToDictionary(h => h.Holder.Value);

        of["giant"].Ultimate.ShouldBe(0.1, Exact);
        of["outside"].Ultimate.ShouldBe(0.1, Exact);
        of["outside"].LookThrough.ShouldBe(0.1, Exact);
    }

    private static Dictionary<string, IndirectHolder> Table(string lines, string issuer) =>
        IndirectOwnership.Of(Holdings.Walk(lines), Holdings.Company(issuer)).Value!.Holders.ToDictionary(h => h.Holder.Value);

    private static Dictionary<string, double> Parts(OwnershipWalk walk, string holder) =>
        LookThrough.Of(walk, Holdings.Holder(holder)).Value!.Parts.ToDictionary(p => p.Issuer.Value, p => p.Part);
}
