using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using ActorFinance.Testing.Generators;
using CsCheck;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Commitments;

public sealed class CommitmentFoldTests
{
    private static readonly CommitmentId C1 = Value.Parse<CommitmentId>("c1");

    [Fact]
    public void The_open_parts_always_add_up_to_what_is_outstanding() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    foreach (var commitment in CommitmentFold.Of(new Book(events).At(cut)).All)
                    {
                        commitment.Open().Sum(p => p.Amount).ShouldBe(Math.Max(0, commitment.Outstanding));
                        commitment.Open().ShouldAllBe(p => p.Amount > 0);
                    }
                },
                iter: Effort.Samples(500));

    [Fact]
    public void The_book_of_promises_alone_gives_what_the_whole_book_gives() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var places = new EventPlaces();
                    var promises = new KeptEvents(places);
                    foreach (var recorded in events)
                    {
                        places.Add(PlacedEvent.Of(recorded));
                        if (PromiseEvents.Concern(recorded.Event))
                        {
                            promises.AddLast(recorded);
                        }
                    }

                    var (whole, alone) = (new Book(events).At(cut), promises.At(cut));
                    CommitmentFold.Of(alone).All.ShouldBe(CommitmentFold.Of(whole).All);
                    DealFold.Of(alone).ShouldBe(DealFold.Of(whole));
                    alone.Resolved.ShouldBe(whole.Resolved);
                    alone.IncompleteKnowledge.ShouldBe(whole.IncompleteKnowledge);
                },
                iter: Effort.Samples(2_000));

    [Fact]
    public void A_commitment_is_below_zero_only_where_an_overdraw_says_so() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var fold = CommitmentFold.Of(new Book(events).At(cut));
                    var overdrawn = fold.Overdraws.Select(o => (o.Emitter, o.Commitment)).ToHashSet();
                    fold.All.Where(c => c.Outstanding < 0).ShouldAllBe(c => overdrawn.Contains(new(c.Emitter, c.Id)));
                },
                iter: Effort.Samples(500));

    [Fact]
    public void Draws_and_releases_use_up_the_earliest_due_amounts_first()
    {
        var commitment = Single(
            Committed("10 USD", ("2026-06-30", "4 USD"), ("2026-03-31", "3 USD"), ("2026-09-30", "3 USD"))
                .Add("nvidia", "2026-02-01", Invested("4 USD", C1))
                .Add("nvidia", "2026-02-02", new CommitmentReleased(C1, Money("1 USD"), null)));

        commitment.Outstanding.ShouldBe(5);
        commitment.Open().ShouldBe([new(At("2026-06-30"), 2, true), new(At("2026-09-30"), 3, true)]);
        commitment.Events.ShouldBe([Id(1), Id(2), Id(3)]);
    }

    [Fact]
    public void An_undated_commitment_is_due_at_its_own_effective_time() =>
        Single(Committed("10 USD")).Open().ShouldBe([new(At("2026-01-01"), 10, IsDated: false)]);

    [Fact]
    public void Superseding_a_deal_releases_what_is_open_under_it()
    {
        var commitment = Single(
            Committed("10 USD")
                .Add("nvidia", "2026-02-01", Invested("4 USD", C1))
                .Add("nvidia", "2026-03-01", new DealSuperseded(Value.Parse<DealId>("deal-2")), deal: "deal-1"));

        (commitment.Drawn, commitment.Released, commitment.Outstanding).ShouldBe((4m, 6m, 0m));
    }

    [Fact]
    public void Money_that_moves_after_the_other_side_cancelled_the_deal_was_not_released()
    {
        var fold = Of(
            Committed("10 USD")
                .Add("openai", "2026-02-01", new DealCancelled("off"), deal: "deal-1")
                .Add("nvidia", "2026-03-01", Invested("4 USD", C1)));

        fold.Overdraws.ShouldBeEmpty();
        var commitment = fold.All.Single();
        (commitment.Drawn, commitment.Released, commitment.Outstanding).ShouldBe((4m, 6m, 0m));
    }

    [Fact]
    public void A_step_draws_once_though_both_its_events_name_the_commitment()
    {
        var commitment = Single(
            Committed("10 USD")
                .Add("openai", "2026-02-01", Issued("4 USD", Company("nvidia"), C1), step: 1, role: StepRole.Pending)
                .Add("nvidia", "2026-02-01", Invested("4 USD", C1), step: 1, role: StepRole.Posting));

        commitment.Drawn.ShouldBe(4);
    }

    [Fact]
    public void An_issue_draws_for_a_payment_that_names_no_commitment()
    {
        var commitment = Single(
            Committed("10 USD")
                .Add("openai", "2026-02-01", Issued("4 USD", Company("nvidia"), C1), step: 1, role: StepRole.Pending)
                .Add("nvidia", "2026-02-01", Invested("4 USD", null), step: 1, role: StepRole.Posting));

        commitment.Drawn.ShouldBe(4);
    }

    [Fact]
    public void An_issue_that_the_outside_pays_draws_what_the_issuer_recorded_for_it()
    {
        var terms = new CommitmentTerms(C1, null, Company("openai"), Money("10 USD"), [], null, null, null, null);
        var commitment = Single(
            new BookBuilder()
                .Add("openai", "2026-01-01", new InvestmentCommitted(terms))
                .Add("openai", "2026-02-01", Issued("4 USD", null, C1), step: 1, role: StepRole.Pending)
                .Add("openai", "2026-02-01", new ExternalCashReceived(Money("4 USD"), ExternalCategory.Financing), step: 1, role: StepRole.Posting));

        commitment.Drawn.ShouldBe(4);
    }

    [Fact]
    public void A_draw_known_before_its_commitment_lacks_its_ground()
    {
        var events = new BookBuilder()
            .Add("nvidia", "2025-01-01", new InvestmentCommitted(Terms("10 USD")), known: "2025-09-01")
            .Add("nvidia", "2025-02-01", Invested("4 USD", C1), known: "2025-02-01")
            .Events;
        var counted = new Book(events).At(new(Instant.Maximum, new AsKnown.AtTime(At("2025-03-01"))));

        CommitmentFold.Of(counted).All.ShouldBeEmpty();

        counted.IncompleteKnowledge.ShouldBe([new(new(2), Id(2), "commitment c1 of nvidia in USD")]);
    }

    [Fact]
    public void The_gap_is_what_is_owed_by_the_date_beyond_the_cash_there_is()
    {
        var counted = CountedOf(
            Committed("10 USD", ("2026-03-31", "4 USD"), ("2026-06-30", "6 USD"))
                .Add("nvidia", "2026-01-01", new ExternalCashReceived(Money("3 USD"), ExternalCategory.Opening)));

        FundingGap.Of(counted, At("2026-03-31")).ShouldBe([new(Company("nvidia"), Value.Parse<Currency>("USD"), 3, 4, 0, 1, 1)]);
        FundingGap.Of(counted, At("2026-12-31")).Single().Gap.ShouldBe(7);
    }

    private static BookBuilder Committed(string amount, params (string At, string Amount)[] due) =>
        new BookBuilder().Add("nvidia", "2026-01-01", new InvestmentCommitted(Terms(amount, due)), deal: "deal-1");

    private static CommitmentTerms Terms(string amount, params (string At, string Amount)[] due) =>
        new(C1, Company("nvidia"), Company("openai"), Money(amount), due.Select(d => new DueAmount(At(d.At), Money(d.Amount))).ToValueList(), null, null, null, null);

    private static InvestmentMade Invested(string amount, CommitmentId? draws) =>
        new(Company("openai"), Money(amount), Instrument.NotStated, null, null, null, null, draws, false);

    private static SharesIssued Issued(string amount, CompanyId? payer, CommitmentId draws) =>
        new(Holder("nvidia"), Value.Parse<ShareClassId>("common"), ShareQuantity.Of(1), null, Consideration.Cash, payer, Money(amount), null, null, draws);

    private static Counted CountedOf(BookBuilder book) => new Book(book.Events).At(Cut.Everything);

    private static CommitmentFold Of(BookBuilder book) => CommitmentFold.Of(CountedOf(book));

    private static Commitment Single(BookBuilder book) => Of(book).All.Single();
}
