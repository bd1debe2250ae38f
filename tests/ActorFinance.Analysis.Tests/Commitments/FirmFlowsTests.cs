using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using ActorFinance.Testing.Generators;
using CsCheck;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Commitments;

public sealed class FirmFlowsTests
{
    [Fact]
    public void Each_firmness_adds_to_the_one_before_and_changes_nothing_in_it() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var counted = new Book(events).At(cut);
                    var all = FirmFlows.UpTo(counted, Firmness.Announced);
                    all.Where(f => f.Firmness == Firmness.Paid).ShouldBe(FirmFlows.UpTo(counted, Firmness.Paid));
                    all.Where(f => f.Firmness != Firmness.Announced).ShouldBe(FirmFlows.UpTo(counted, Firmness.Contracted));
                },
                iter: Effort.Samples(500));

    [Fact]
    public void An_announced_deal_counts_its_headline_and_never_its_maximum()
    {
        var flows = AnnouncedBy(Announced("deal-1", "10 USD", "100 USD"));

        flows.ShouldBe([("deal-1", Money("10 USD"))]);
    }

    [Fact]
    public void An_announced_deal_without_a_headline_is_no_flow() =>
        AnnouncedBy(Announced("deal-1", null, "100 USD")).ShouldBeEmpty();

    [Fact]
    public void An_announced_deal_is_no_flow_beside_its_commitments() =>
        AnnouncedBy(Announced("deal-1", "10 USD", null).Add("nvidia", "2026-01-02", Committed("6 USD"), deal: "deal-1")).ShouldBeEmpty();

    [Fact]
    public void A_contracted_deal_without_commitments_is_neither_contracted_nor_announced()
    {
        var book = Announced("deal-1", "10 USD", null).Add("nvidia", "2026-02-01", new DealContracted(Terms("10 USD", null)), deal: "deal-1");

        FirmFlows.UpTo(CountedOf(book), Firmness.Announced).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("superseded")]
    [InlineData("cancelled")]
    [InlineData("completed")]
    public void A_deal_that_is_over_is_no_longer_announced(string how)
    {
        CompanyEvent end = how switch
        {
            "superseded" => new DealSuperseded(Value.Parse<DealId>("deal-2")),
            "cancelled" => new DealCancelled("off"),
            _ => new DealCompleted(),
        };

        AnnouncedBy(Announced("deal-1", "10 USD", null).Add("nvidia", "2026-02-01", end, deal: "deal-1")).ShouldBeEmpty();
    }

    [Fact]
    public void A_summary_is_never_counted_and_what_it_sums_is()
    {
        var book = Announced("deal-1", "10 USD", null)
            .Add("nvidia", "2026-01-03", new DealAnnounced(Terms("30 USD", null, "deal-1", "deal-2")), deal: "umbrella");

        AnnouncedBy(book).ShouldBe([("deal-1", Money("10 USD"))]);
    }

    [Fact]
    public void A_commitment_is_a_flow_at_each_due_date_for_what_is_open()
    {
        var terms = new CommitmentTerms(
            Value.Parse<CommitmentId>("c1"),
            Company("nvidia"),
            Company("openai"),
            Money("10 USD"),
            [new(At("2026-06-30"), Money("4 USD")), new(At("2026-12-31"), Money("6 USD"))],
            null,
            null,
            null,
            null);
        var book = new BookBuilder().Add("nvidia", "2026-01-01", new PurchaseCommitted(terms));

        var flows = FirmFlows.UpTo(CountedOf(book), Firmness.Contracted);

        flows.Select(f => (f.At, f.Amount, f.Kind, f.Firmness)).ShouldBe(
        [
            (At("2026-06-30"), Money("4 USD"), FlowKind.Purchase, Firmness.Contracted),
            (At("2026-12-31"), Money("6 USD"), FlowKind.Purchase, Firmness.Contracted),
        ]);
    }

    [Fact]
    public void A_commitment_follows_its_deal_into_kind()
    {
        var book = new BookBuilder()
            .Add("nvidia", "2026-01-01", new DealContracted(Terms(null, null) with { InKind = true }), deal: "deal-1")
            .Add("nvidia", "2026-01-01", Committed("6 USD"), deal: "deal-1");

        FirmFlows.UpTo(CountedOf(book), Firmness.Contracted).Single().InKind.ShouldBeTrue();
    }

    [Fact]
    public void Deals_without_amount_or_maximum_are_named_unless_they_are_over_or_a_summary()
    {
        var book = Announced("priced", "10 USD", null)
            .Add("nvidia", "2026-01-01", new DealAnnounced(Terms(null, "100 USD")), deal: "maximum-only")
            .Add("nvidia", "2026-01-01", new DealAnnounced(Terms(null, null)), deal: "bare")
            .Add("nvidia", "2026-01-01", new DealContracted(Terms(null, null)), deal: "contracted-bare")
            .Add("nvidia", "2026-01-01", new DealAnnounced(Terms(null, null, "bare")), deal: "summary")
            .Add("nvidia", "2026-01-01", new DealAnnounced(Terms(null, null)), deal: "cancelled")
            .Add("nvidia", "2026-01-02", new DealCancelled("off"), deal: "cancelled")
            .Add("nvidia", "2026-01-01", new DealAnnounced(Terms(null, null)), deal: "priced-later")
            .Add("nvidia", "2026-01-02", new DealAnnounced(Terms("1 USD", null)), deal: "priced-later");

        FirmFlows.UnpricedDeals(CountedOf(book)).Select(d => d.Deal.Value).ShouldBe(["bare", "contracted-bare"]);
    }

    private static BookBuilder Announced(string deal, string? headline, string? maximum) =>
        new BookBuilder().Add("nvidia", "2026-01-01", new DealAnnounced(Terms(headline, maximum)), deal: deal);

    private static DealTerms Terms(string? headline, string? maximum, params string[] sums) =>
        new(
            DealKind.Investment,
            Company("nvidia"),
            Company("openai"),
            headline is null ? null : Money(headline),
            maximum is null ? null : Money(maximum),
            null,
            null,
            null,
            sums.Select(Value.Parse<DealId>).ToValueList(),
            false);

    private static InvestmentCommitted Committed(string amount) =>
        new(new(Value.Parse<CommitmentId>("c1"), Company("nvidia"), Company("openai"), Money(amount), [], null, null, null, null));

    private static Counted CountedOf(BookBuilder book) => new Book(book.Events).At(Cut.Everything);

    private static IEnumerable<(string, Money)> AnnouncedBy(BookBuilder book) =>
        FirmFlows.UpTo(CountedOf(book), Firmness.Announced)
            .Where(f => f.Firmness == Firmness.Announced)
            .Select(f => (f.Event.Header.Deal!.Value.Value, f.Amount));
}
