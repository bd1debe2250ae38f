using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Books;

namespace ActorFinance.Analysis.Tests.Checks;

/// <summary>The generated book that every large measurement stands on: it has the shapes that it says it has, and it is sound.</summary>
public sealed class MarketBookTests
{
    private const int Companies = 60;
    private const int Events = 6_000;
    private static readonly Lazy<IReadOnlyList<RecordedEvent>> s_book = new(() => MarketRecords.Of(Companies, Events, seed: 7));

    private static IReadOnlyList<RecordedEvent> Book => s_book.Value;

    [Fact]
    public void The_same_sizes_and_seed_give_the_same_events()
    {
        MarketRecords.Of(Companies, Events, seed: 7).ShouldBe(Book);
        MarketRecords.Of(Companies, Events, seed: 8).ShouldNotBe(Book);
    }

    [Fact]
    public void Every_kind_of_fact_that_the_measures_look_at_is_there()
    {
        Book.Count.ShouldBeInRange(Events, Events + 10);
        var kinds = Book.CountBy(recorded => recorded.Event.GetType()).ToDictionary();
        Type[] wanted =
        [
            typeof(InvestmentMade), typeof(PurchasePaid), typeof(PurchaseRefunded), typeof(TransferPaid), typeof(PurchaseCommitted), typeof(InvestmentCommitted),
            typeof(CommitmentReleased), typeof(DealAnnounced), typeof(DealCancelled), typeof(LoanDrawn), typeof(LoanRepaid), typeof(InterestPaid), typeof(SharesIssued),
            typeof(SharesTransferred), typeof(SharesSplit), typeof(StepPosted), typeof(FxRateRecorded), typeof(EventVoided),
        ];
        wanted.Where(kind => !kinds.ContainsKey(kind)).ShouldBeEmpty();
    }

    [Fact]
    public void Some_facts_are_late_some_of_the_future_some_voided_and_some_steps_pending()
    {
        var told = Book.Where(recorded => recorded.Header.EffectiveAt > Instant.Of(2020, 1, 1)).ToList();
        double Share(Func<RecordedEvent, bool> of) => told.Count(of) / (double)told.Count;
        Share(recorded => recorded.Header.RecordedAt.UtcTicks - recorded.Header.EffectiveAt.UtcTicks > TimeSpan.TicksPerDay).ShouldBeInRange(0.02, 0.10);
        Share(recorded => recorded.Header.EffectiveAt > recorded.Header.RecordedAt).ShouldBeInRange(0.01, 0.10);
        Share(recorded => recorded.Header.KnownAt < recorded.Header.RecordedAt).ShouldBeInRange(0.05, 0.20);
        Share(recorded => recorded.Event is EventVoided).ShouldBeInRange(0.002, 0.05);
        PendingSteps.In(new Book(Book)).Count.ShouldBeInRange(1, 3);
    }

    [Fact]
    public void A_tenth_of_the_payments_carries_most_of_the_money_and_a_tenth_of_the_companies_makes_most_payments()
    {
        var amounts = Book.Select(recorded => recorded.Event).OfType<PurchasePaid>().Select(paid => paid.Amount.Amount).OrderDescending().ToList();
        amounts.Take(amounts.Count / 10).Sum().ShouldBeGreaterThan(amounts.Sum() / 2);
        var payers = Book.Where(recorded => recorded.Event is PurchasePaid).CountBy(recorded => recorded.Header.Emitter).Select(payer => payer.Value).OrderDescending().ToList();
        payers.Take(Companies / 10).Sum().ShouldBeGreaterThan(payers.Sum() / 4);
    }

    [Fact]
    public void The_book_keeps_every_invariant_at_every_offset()
    {
        var book = new Book(Book);
        for (var offset = 500L; offset <= Book.Count; offset += 500)
        {
            Invariants.Of(book.At(new Cut(Instant.Maximum, new AsKnown.AtOffset(new(offset))))).ShouldBeEmpty();
        }
    }
}
