using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using ActorFinance.Testing.Generators;
using CsCheck;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Cash;

public sealed class CashIndexTests
{
    private static readonly Currency Usd = Value.Parse<Currency>("USD");

    [Fact]
    public void The_index_equals_the_plain_fold_of_the_reference_at_every_cut() =>
        Gen.Select(BookGen.Events, BookGen.Cuts.Array[1, 5])
            .Sample(
                (events, cuts) =>
                {
                    var index = IndexOf(events);
                    return cuts.All(cut => index.At(cut) == Plain(index, events, cut));
                },
                iter: Effort.Samples(2_000));

    [Fact]
    public void Accounts_of_many_entries_equal_the_plain_fold_too_wherever_they_were_shown() =>
        Gen.Select(BookGen.OfUpTo(4_000), BookGen.Cuts.Array[1, 4], Gen.Int[1, 2_000])
            .Sample(
                (events, cuts, every) =>
                {
                    var index = new CashIndex();
                    for (var i = 0; i < events.Count; i++)
                    {
                        index.Apply(events[i]);
                        if (i % every == 0)
                        {
                            _ = index.At(cuts[0]);
                        }
                    }

                    return cuts.All(cut => index.At(cut) == Plain(index, events, cut) && SameAmounts(index, cut));
                },
                iter: Effort.Samples(6));

    [Fact]
    public void One_company_is_answered_as_it_stands_among_all() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var index = IndexOf(events);
                    var bee = Company("bee");
                    return index.At(cut, bee).Balances.SequenceEqual(index.At(cut).Balances.Where(b => b.Company == bee));
                },
                iter: Effort.Samples(500));

    [Fact]
    public void An_index_that_is_asked_between_its_events_answers_as_one_that_was_not() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var index = new CashIndex();
                    foreach (var recorded in events)
                    {
                        index.Apply(recorded);
                        _ = index.At(cut);
                    }

                    return index.At(cut) == IndexOf(events).At(cut);
                },
                iter: Effort.Samples(300));

    /// <summary>Leaves of two entries, two nodes each, a version every other change: a small book has trees of several levels.</summary>
    private static readonly BalanceTreeShape Small = new(EntriesMinimum: 0, Leaf: 2, Fan: 2, Stride: 2);

    [Fact]
    public void The_tree_equals_the_plain_fold_of_the_reference_at_every_cut() =>
        Gen.Select(BookGen.OfUpTo(120), BookGen.Cuts.Array[1, 5], Gen.Int[1, 4], Gen.Int[2, 4], Gen.Int[1, 5])
            .Sample(
                (events, cuts, leaf, fan, stride) =>
                {
                    var index = new CashIndex(new EventPlaces(), Small with { Leaf = leaf, Fan = fan, Stride = stride });
                    foreach (var recorded in events)
                    {
                        index.Apply(recorded);
                    }

                    return cuts.All(cut => index.At(cut) == Plain(index, events, cut) && SameAmounts(index, cut));
                },
                iter: Effort.Samples(2_000));

    [Fact]
    public void The_tree_equals_the_plain_fold_when_it_is_asked_between_the_events() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var index = new CashIndex(new EventPlaces(), Small);
                    return Enumerable.Range(0, events.Count).All(i =>
                    {
                        index.Apply(events[i]);
                        return index.At(cut) == Plain(index, [.. events.Take(i + 1)], cut) && SameAmounts(index, cut);
                    });
                },
                iter: Effort.Samples(200));

    [Fact]
    public void What_was_published_stays_as_it_was_while_the_book_goes_on() =>
        Gen.Select(BookGen.Events, BookGen.Cuts, Gen.Int[0, 40])
            .Sample(
                (events, cut, published) =>
                {
                    foreach (var index in new[] { new CashIndex(), new CashIndex(new EventPlaces(), Small) })
                    {
                        List<(CashSnapshot Snapshot, int Count)> snapshots = [];
                        for (var i = 0; i < events.Count; i++)
                        {
                            index.Apply(events[i]);
                            if (i % 10 == published % 10)
                            {
                                snapshots.Add((index.Publish(), i + 1));
                            }
                        }

                        foreach (var (snapshot, count) in snapshots)
                        {
                            var then = IndexOf([.. events.Take(count)]);
                            snapshot.At(cut).ShouldBe(Plain(then, [.. events.Take(count)], cut));
                            snapshot.Registered.ShouldBe(then.Registered);
                        }
                    }
                },
                iter: Effort.Samples(500));

    [Fact]
    public void A_series_ends_at_the_balance_and_adds_up() =>
        Gen.Select(BookGen.Events, BookGen.Cuts, Gen.Enum<SeriesStep>())
            .Sample(
                (events, cut, step) =>
                {
                    var index = IndexOf(events);
                    foreach (var balance in index.At(cut).Balances)
                    {
                        var points = CashSeries.Of(index, cut, balance.Company, balance.Currency, step).Points;
                        (points.Count == 0 ? 0 : points[^1].Amount).ShouldBe(balance.Amount);
                        points.Sum(p => p.Received - p.Paid).ShouldBe(balance.Amount);
                        points.ShouldAllBe(p => p.At <= cut.AsOf);
                    }
                },
                iter: Effort.Samples(300));

    [Fact]
    public void A_book_of_many_companies_has_them_all_in_order()
    {
        var book = new BookBuilder();
        for (var i = 99; i >= 0; i--)
        {
            book.Registered($"company-{i:00}").Add($"company-{i:00}", "2026-01-01", Received($"{i + 1} USD"));
        }

        var index = IndexOf(book.Events);

        index.At(Cut.Everything).ShouldBe(Plain(index, book.Events, Cut.Everything));
        index.Registered.Select(company => company.Value).ShouldBe(Enumerable.Range(0, 100).Select(i => $"company-{i:00}"));
    }

    [Fact]
    public void The_zero_before_the_first_event_is_not_the_lowest_point()
    {
        var balance = BalanceOf(new BookBuilder().Add("openai", "2026-01-01", Received("5 USD")).Add("openai", "2026-01-02", Received("1 USD")));

        balance.ShouldBe(new(Company("openai"), Usd, 6, new(5, At("2026-01-01"), Id(1)), null, HasOpening: false));
    }

    [Fact]
    public void The_lowest_point_is_the_first_of_equals_and_the_first_shortfall_the_first_below_zero()
    {
        var balance = BalanceOf(
            new BookBuilder()
                .Add("openai", "2026-01-01", new ExternalCashReceived(Money("5 USD"), ExternalCategory.Opening))
                .Add("openai", "2026-01-02", Paid("6 USD"))
                .Add("openai", "2026-01-03", Paid("2 USD"))
                .Add("openai", "2026-01-04", Received("1 USD"))
                .Add("openai", "2026-01-05", Paid("1 USD")));

        balance.Lowest.ShouldBe(new(-3, At("2026-01-03"), Id(3)));
        balance.FirstShortfall.ShouldBe(new(-1, At("2026-01-02"), Id(2)));
        balance.HasOpening.ShouldBeTrue();
    }

    [Fact]
    public void A_balance_is_taken_after_the_whole_event_and_not_between_its_parts()
    {
        var balance = BalanceOf(
            new BookBuilder()
                .Add("openai", "2026-01-01", Received("5 USD"))
                .Add("openai", "2026-01-02", new DividendDeclared(null, [new(Holder("fund"), Money("2 USD")), new(Holder("nvidia"), Money("4 USD"))])));

        balance.FirstShortfall.ShouldBe(new(-1, At("2026-01-02"), Id(2)));
    }

    [Fact]
    public void What_is_paid_in_kind_moves_no_cash() =>
        new CashIndex(new BookBuilder().Add("nvidia", "2026-01-01", Invested("5 USD", inKind: true)).Events).At(Cut.Everything).Balances.ShouldBeEmpty();

    [Fact]
    public void A_company_without_cash_events_stands_there_with_zero_in_its_own_currency() =>
        BalanceOf(new BookBuilder().Registered("openai")).ShouldBe(new(Company("openai"), Usd, 0, null, null, false));

    [Fact]
    public void A_dividend_to_a_holder_is_its_cash_only_where_it_is_known_to_be_a_company()
    {
        var index = IndexOf(
            new BookBuilder()
                .Registered("nvidia")
                .Add("nvidia", "2026-01-01", new DividendDeclared(null, [new(Holder("softbank"), Money("2 USD"))]))
                .Registered("softbank")
                .Events);

        index.At(new(Instant.Maximum, new AsKnown.AtOffset(new(2)))).Balances.Select(b => b.Company).ShouldBe([Company("nvidia")]);
        index.At(Cut.Everything, Company("softbank")).Balances.Single().Amount.ShouldBe(2);
    }

    [Fact]
    public void A_total_of_1e18_is_an_error_and_not_a_rounded_figure()
    {
        var book = new BookBuilder();
        for (var i = 0; i < 101; i++)
        {
            book.Add("openai", "2026-01-01", Received("9999999999999999 USD"));
        }

        Should.Throw<OverflowException>(() => IndexOf(book.Events).At(Cut.Everything)).Message.ShouldContain("the cash of openai comes to 1009999999999999899 USD");
    }

    [Fact]
    public void A_month_without_movement_repeats_the_balance_and_the_last_one_ends_at_the_cut()
    {
        var index = IndexOf(new BookBuilder().Add("openai", "2026-01-31", Received("5 USD")).Add("openai", "2026-03-01", Paid("1 USD")).Events);

        var points = CashSeries.Of(index, Cut.Everything with { AsOf = At("2026-03-05") }, Company("openai"), Usd, SeriesStep.Month).Points;

        points.ShouldBe(
        [
            new(At("2026-01-31").EndOfDay(), 5, 5, 0, [Id(1)]),
            new(At("2026-02-28").EndOfDay(), 5, 0, 0, []),
            new(At("2026-03-05"), 4, 0, 1, [Id(2)]),
        ]);
    }

    /// <summary>The plain shape of the same book says which amounts are right; accounts that it does not list have none.</summary>
    private static bool SameAmounts(CashIndex index, Cut cut)
    {
        var balances = index.At(cut).Balances.ToDictionary(balance => (balance.Company.Value, balance.Currency.Code), balance => balance.Amount);
        return new[] { "ant", "bee", "cat", "dog", "fund" }.All(company => new[] { "USD", "EUR" }.All(currency =>
            index.AmountAt(cut, Company(company), Value.Parse<Currency>(currency)) == balances.GetValueOrDefault((company, currency))));
    }

    private static CashIndex IndexOf(IReadOnlyList<RecordedEvent> events) => new(events);

    private static CashAnswer Plain(CashIndex index, IReadOnlyList<RecordedEvent> events, Cut cut) =>
        CashFold.Of(index.Places.Resolve(cut), ReferenceFold.State(events, cut), holder => ReferenceFold.IsCompany(events, holder, cut.AsKnown));

    private static CashBalance BalanceOf(BookBuilder book) => IndexOf(book.Events).At(Cut.Everything, Company("openai")).Balances.Single();

    private static ExternalCashReceived Received(string amount) => new(Money(amount), ExternalCategory.Revenue);

    private static ExternalCashPaid Paid(string amount) => new(Money(amount), ExternalCategory.Opex);

    private static InvestmentMade Invested(string amount, bool inKind) =>
        new(Company("openai"), Money(amount), Instrument.NotStated, null, null, null, null, null, inKind);
}
