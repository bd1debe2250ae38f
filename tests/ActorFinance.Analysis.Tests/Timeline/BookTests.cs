using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using ActorFinance.Testing.Generators;
using CsCheck;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Timeline;

public sealed class BookTests
{
    [Fact]
    public void The_book_equals_the_reference_fold_at_every_cut() =>
        Gen.Select(BookGen.Events, BookGen.Cuts.Array[1, 5])
            .Sample(
                (events, cuts) =>
                {
                    var book = new Book(events);
                    return cuts.All(cut => book.At(cut).Events.SequenceEqual(ReferenceFold.State(events, cut)));
                },
                iter: Effort.Samples(2_000));

    [Fact]
    public void A_book_that_is_asked_between_its_events_equals_one_that_was_read_at_once() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var book = new Book();
                    foreach (var recorded in events)
                    {
                        book.Add(recorded);
                        _ = book.At(cut);
                    }

                    return book.At(cut).Events.SequenceEqual(new Book(events).At(cut).Events);
                },
                iter: Effort.Samples(300));

    [Fact]
    public void An_offset_cut_is_the_whole_of_the_prefix_up_to_it() =>
        Gen.Select(BookGen.Events, Gen.Long[0, 160])
            .Sample(
                (events, offset) =>
                {
                    var prefix = new Book(events.Where(e => e.Offset.Value <= offset));
                    var whole = new Book(events).At(Cut.Everything with { AsKnown = new AsKnown.AtOffset(new(offset)) });
                    return whole.Events.SequenceEqual(prefix.At(Cut.Everything).Events);
                },
                iter: Effort.Samples(500));

    [Fact]
    public void Who_is_a_company_equals_the_reference() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var book = new Book(events);
                    return new[] { "ant", "bee", "cat", "dog", "fund", "outside" }.Select(Holder)
                        .All(holder => book.IsCompany(holder, cut.AsKnown) == ReferenceFold.IsCompany(events, holder, cut.AsKnown));
                },
                iter: Effort.Samples(500));

    [Fact]
    public void An_empty_book_answers_with_nothing()
    {
        var answer = new Book().At(Cut.Everything);

        answer.Events.ShouldBeEmpty();
        answer.Resolved.Offset.ShouldBe(default);
        answer.Resolved.Time.ShouldBeNull();
    }

    [Fact]
    public void A_pending_event_counts_from_its_posting_on()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", Issue(), step: 1, role: StepRole.Pending)
            .Add("openai", "2026-01-01", new MilestoneReached("between"))
            .Add("nvidia", "2026-01-01", Pay(), step: 1, role: StepRole.Posting)
            .Events;

        NumbersAt(events, offset: 2).ShouldBe([2]);
        NumbersAt(events, offset: 3).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_pending_event_that_is_refused_never_counts()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", Issue(), step: 1, role: StepRole.Pending)
            .Add("nvidia", "2026-01-01", new StepRefused(Company("openai"), "shortfall", "not enough"), step: 1, role: StepRole.Refusing)
            .Void(1)
            .Events;

        NumbersAt(events, offset: 1).ShouldBeEmpty();
        NumbersAt(events, offset: 3).ShouldBe([2, 3]);
    }

    [Fact]
    public void A_void_leaves_its_event_out_also_before_its_own_effective_time()
    {
        var events = new BookBuilder()
            .Add("nvidia", "2026-01-01", new MilestoneReached("one"))
            .Void(1, effective: "2027-01-01")
            .Events;

        NumbersAt(events, offset: 1).ShouldBe([1]);
        NumbersAt(events, offset: 2, asOf: "2026-06-01").ShouldBeEmpty();
    }

    [Fact]
    public void A_step_is_voided_wholly_when_the_payers_void_posts_the_pending_one()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", Issue(), step: 1, role: StepRole.Pending)
            .Add("nvidia", "2026-01-01", Pay(), step: 1, role: StepRole.Posting)
            .Add("openai", "2026-01-02", new EventVoided(Id(1), "a mistake", Company("nvidia"), Id(2)), step: 2, role: StepRole.Pending)
            .Add("nvidia", "2026-01-02", new EventVoided(Id(2), "a mistake", null, null), step: 2, role: StepRole.Posting)
            .Events;

        NumbersAt(events, offset: 3).ShouldBe([1, 2]);
        NumbersAt(events, offset: 4).ShouldBe([3, 4]);
    }

    [Fact]
    public void A_pending_void_that_was_refused_and_voided_changes_nothing_even_if_it_were_posted_later()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", new MilestoneReached("one"))
            .Add("openai", "2026-01-01", new EventVoided(Id(1), "a mistake", null, null), step: 1, role: StepRole.Pending)
            .Void(2)
            .Add("nvidia", "2026-01-01", Pay(), step: 1, role: StepRole.Posting)
            .Events;

        NumbersAt(events, offset: 4).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public void A_void_that_counts_cannot_be_voided()
    {
        var events = new BookBuilder().Add("openai", "2026-01-01", new MilestoneReached("one")).Void(1).Void(2).Events;

        NumbersAt(events, offset: 3).ShouldBe([2, 3]);
    }

    [Fact]
    public void Events_of_one_instant_are_folded_by_rank_and_then_by_offset()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", new MilestoneReached("a"), rank: 2)
            .Add("openai", "2026-01-01", new MilestoneReached("b"), rank: 1)
            .Add("nvidia", "2026-01-01", new MilestoneReached("c"), rank: 1)
            .Events;

        NumbersAt(events, offset: 3).ShouldBe([2, 3, 1]);
    }

    [Fact]
    public void A_known_time_cut_reports_the_time_asked_and_the_last_offset_known_then()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", new MilestoneReached("a"), known: "2025-06-01")
            .Add("openai", "2026-01-01", new MilestoneReached("b"))
            .Add("openai", "2026-01-01", new MilestoneReached("c"), known: "2025-05-01", offsetsSkipped: 4)
            .Add("openai", "2026-01-01", new MilestoneReached("d"))
            .Events;

        var resolved = new Book(events).At(new(Instant.Maximum, new AsKnown.AtTime(At("2025-12-31")))).Resolved;

        resolved.Offset.ShouldBe(new(7));
        resolved.Time.ShouldBe(At("2025-12-31"));
    }

    [Fact]
    public void An_offset_cut_reports_when_the_last_event_up_to_it_was_recorded()
    {
        var events = new BookBuilder()
            .Add("openai", "2026-01-01", new MilestoneReached("a"))
            .Add("openai", "2026-01-01", new MilestoneReached("b"))
            .Add("openai", "2026-01-01", new MilestoneReached("c"), offsetsSkipped: 4)
            .Events;

        var resolved = new Book(events).At(new(Instant.Maximum, new AsKnown.AtOffset(new(5)))).Resolved;

        resolved.Offset.ShouldBe(new(2));
        resolved.Time.ShouldBe(At("2026-01-01T00:01:00Z"));
    }

    [Fact]
    public void A_company_that_is_registered_later_is_a_named_outside_holder_before()
    {
        var book = new Book(new BookBuilder().Registered("openai").Registered("softbank").Events);

        book.IsCompany(Holder("softbank"), new AsKnown.AtOffset(new(1))).ShouldBeFalse();
        book.IsCompany(Holder("softbank"), new AsKnown.AtOffset(new(2))).ShouldBeTrue();
    }

    [Fact]
    public void A_company_named_by_an_event_that_counts_is_one_though_its_registration_became_known_later()
    {
        var events = new BookBuilder()
            .Registered("openai", "nvidia")
            .Add("openai", "2025-01-01", new PurchasePaid(Company("nvidia"), Money("1 USD"), null, null, null, null, false), known: "2025-01-01")
            .Events;

        new Book(events).IsCompany(Holder("nvidia"), new AsKnown.AtTime(At("2025-06-01"))).ShouldBeTrue();
    }

    [Fact]
    public void Offsets_that_do_not_ascend_are_refused_as_a_misread_journal()
    {
        var events = new BookBuilder().Registered("openai", "nvidia").Events;
        var book = new Book(events);

        Should.Throw<ArgumentException>(() => book.Add(events[0])).Message.ShouldContain("offset 1 does not follow 2");
    }

    private static int[] NumbersAt(IReadOnlyList<RecordedEvent> events, long offset, string? asOf = null)
    {
        var cut = new Cut(asOf is null ? Instant.Maximum : At(asOf), new AsKnown.AtOffset(new(offset)));
        return [.. new Book(events).At(cut).Events.Select(e => events.ToList().IndexOf(e) + 1)];
    }

    private static SharesIssued Issue() =>
        new(Holder("nvidia"), Value.Parse<ShareClassId>("common"), ShareQuantity.Of(1), null, Consideration.Cash, Company("nvidia"), Money("1 USD"), null, null, null);

    private static InvestmentMade Pay() =>
        new(Company("openai"), Money("1 USD"), Instrument.Equity, Value.Parse<ShareClassId>("common"), null, null, null, null, false);
}
