using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Cascade;

public sealed class ReceivablesTests
{
    private static readonly Currency Usd = Value.Parse<Currency>("USD");

    /// <summary>The example of docs/measures/receivables.md.</summary>
    [Fact]
    public void The_example_of_the_page()
    {
        var book = Page();
        At(book, "2026-03-15").ShouldHaveSingleItem().ShouldBe(new(BookBuilder.Company("a"), Usd, NotDue: 50, To30: 0, To60: 100, To90: 0, Over90: 0, FinancedSales: 80));
        book.Add("b", "2026-03-16", new LoanRepaid(Value.Parse<LoanId>("l-b"), BookBuilder.Company("a"), BookBuilder.Money("25 USD")));
        WriteOff.Of(new Book(book.Events).At(Cut.Everything), BookBuilder.Company("b")).ShouldHaveSingleItem()
            .ShouldBe(new(BookBuilder.Company("a"), BookBuilder.Company("b"), Usd, Amount: 75, RevenueToReverse: 75));
    }

    [Theory]
    [InlineData("2026-01-31", 0)]
    [InlineData("2026-02-01", 0)]
    [InlineData("2026-02-02", 1)]
    [InlineData("2026-03-03", 1)]
    [InlineData("2026-03-04", 2)]
    [InlineData("2026-04-02", 2)]
    [InlineData("2026-04-03", 3)]
    [InlineData("2026-05-02", 3)]
    [InlineData("2026-05-03", 4)]
    [InlineData("2036-05-03", 4)]
    public void A_day_decides_the_bucket(string day, int bucket)
    {
        var owed = At(Page(), day).Single();
        new[] { owed.NotDue - 50, owed.To30, owed.To60, owed.To90, owed.Over90 }.ShouldBe([.. Enumerable.Range(0, 5).Select(i => i == bucket ? 100m : 0m)]);
    }

    /// <summary>With no cut, the day of the last event is the day of the question.</summary>
    [Fact]
    public void All_times_end_with_the_last_event() => Receivables.Of(new Book(Page().Events).At(Cut.Everything)).Single().Late.ShouldBe(0);

    [Fact]
    public void Nothing_is_owed_in_an_empty_book() => Receivables.Of(new Book([]).At(Cut.Everything)).ShouldBeEmpty();

    private static BookBuilder Page()
    {
        LoanDrawn Loan(string borrower, string amount, string? maturity) =>
            new(Value.Parse<LoanId>($"l-{borrower}"), BookBuilder.Company(borrower), BookBuilder.Money(amount), Draws: null, Rate: null, DayCount: null, maturity is null ? null : BookBuilder.At(maturity));
        var book = new BookBuilder();
        book.Add("a", "2026-01-01", Loan("b", "100 USD", "2026-02-01"));
        book.Add("a", "2026-01-01", Loan("c", "50 USD", maturity: null));
        book.Add("b", "2026-01-01", new PurchasePaid(BookBuilder.Company("a"), BookBuilder.Money("80 USD"), Draws: null, Item: null, Quantity: null, Unit: null, InKind: false));
        return book;
    }

    private static IReadOnlyList<Receivables> At(BookBuilder book, string day) => Receivables.Of(new Book(book.Events).At(new(BookBuilder.At(day).EndOfDay(), AsKnown.All)));
}
