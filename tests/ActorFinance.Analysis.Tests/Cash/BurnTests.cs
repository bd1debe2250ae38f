using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Tests.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Cash;

public sealed class BurnTests
{
    // docs/measures/burn-and-runway.md
    private const string Page = """
        2026-01-01 outside -> a 80 opening
        2026-01-01 outside -> b 100 opening
        2026-01-01 outside -> c 50 opening
        2026-02-01 a -> b 30 investment
        2026-02-10 c -> b 15 purchase
        2026-03-20 b -> outside 45 opex
        """;

    [Fact]
    public void Three_companies_as_the_page_works_them_out()
    {
        var of = Burns(Page, "3M", Instant.Of(2026, 3, 31).EndOfDay());

        (of["b"].Earned, of["b"].Spent, of["b"].Financed, of["b"].PerMonth, of["b"].Cash, of["b"].RunwayMonths).ShouldBe((15m, 45m, 130m, 10m, 100m, 10.0));
        (of["c"].PerMonth, of["c"].Cash, of["c"].RunwayMonths).ShouldBe((5m, 35m, 7.0));
        (of["a"].PerMonth, of["a"].Financed, of["a"].RunwayMonths).ShouldBe((0m, 50m, null));
        of["b"].Events.Select(e => e.Offset.Value).ShouldBe([5, 6]);
    }

    [Fact]
    public void A_question_about_all_times_ends_with_the_day_of_the_last_cash_event()
    {
        var of = Burns(Page, "1M", Instant.Maximum);

        (of["b"].From, of["b"].To).ShouldBe((Instant.Of(2026, 2, 20).EndOfDay(), Instant.Of(2026, 3, 20).EndOfDay()));
        (of["b"].PerMonth, of["b"].RunwayMonths).ShouldBe((45m, 100 / 45.0));
    }

    [Fact]
    public void Who_is_younger_than_the_window_has_no_burn_and_without_opening_cash_there_is_no_runway()
    {
        var of = Burns("2026-01-02 outside -> a 5 opening\n2026-03-01 a -> b 4 purchase\n2026-03-05 b -> outside 1 opex", "3M", Instant.Of(2026, 3, 31).EndOfDay());
        of["a"].PerMonth.ShouldBeNull();
        of["a"].RunwayMonths.ShouldBeNull();

        var old = Burns("2025-01-02 b -> a 5 purchase\n2026-03-01 b -> outside 4 opex", "2M", Instant.Of(2026, 3, 31).EndOfDay());
        (old["b"].PerMonth, old["b"].Cash, old["b"].RunwayMonths).ShouldBe((2m, -9m, null));
    }

    [Fact]
    public void Who_has_nothing_left_has_no_months_left() =>
        Burns("2025-01-01 outside -> a 4 opening\n2026-03-01 a -> outside 6 opex", "1M", Instant.Of(2026, 3, 31).EndOfDay())["a"].RunwayMonths.ShouldBe(0);

    [Fact]
    public void In_days_a_month_is_a_twelfth_of_365_and_a_quarter_days() =>
        Burns("2025-01-01 outside -> a 100 opening\n2026-03-30 a -> outside 2 opex", "1461D", Instant.Of(2026, 3, 31).EndOfDay())["a"].Months.ShouldBe(48);

    [Fact]
    public void What_was_earned_and_spent_and_financed_is_what_the_balance_changed_by() =>
        Gen.Select(BookGen.Events, BookGen.Cuts, Gen.Int[1, 12]).Sample((events, cut, days) =>
        {
            var book = new Book(events);
            foreach (var burn in Burn.Of(book.At(cut), new(days, 'D')))
            {
                var change = Cash(book, cut with { AsOf = burn.To }, burn) - Cash(book, cut with { AsOf = burn.From }, burn);
                (burn.Earned - burn.Spent + burn.Financed).ShouldBe(change);
                burn.Cash.ShouldBe(Cash(book, cut, burn));
            }
        });

    private static decimal Cash(Book book, Cut cut, Burn of) =>
        CashFold.Of(book.At(cut)).Balances.FirstOrDefault(b => b.Company == of.Company && b.Currency == of.Currency)?.Amount ?? 0;

    private static Dictionary<string, Burn> Burns(string lines, string span, Instant asOf) =>
        Burn.Of(new Book(FlowBook.Of(lines)).At(new(asOf, AsKnown.All)), RollingSpan.Parse(span)!).ToDictionary(one => one.Company.Value);
}
