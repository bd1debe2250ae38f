using System.Text.Json;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Testing.Books;
using CsCheck;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>What holds of edits on any book.</summary>
public sealed class BranchTests
{
    private static readonly Gen<Book> s_books = Gen.Int[1, 1_000_000].Select(seed => new Book(MarketRecords.Of(companies: 12, events: 250, seed)));

    private static readonly Gen<EventSelector> s_selectors = Gen.OneOf(
        Gen.Int[0, 11].Select(company => new EventSelector { Payer = Company(company) }),
        Gen.Int[0, 11].Select(company => new EventSelector { Companies = [Company(company)], Types = ["purchase-paid", "investment-made"] }),
        Gen.Int[1, 5].Select(month => new EventSelector { From = Id<Instant>("2023-01-01"), To = EventChange.Moved(Id<Instant>("2023-01-01"), month * 10, 0), Types = ["purchase-paid"] }));

    [Fact]
    public void No_edits_make_no_difference() =>
        s_books.Sample(book =>
        {
            var branch = Applied(book);
            branch.Changes.ShouldBeEmpty();
            branch.Misfits.ShouldBeEmpty();
            SameAnswers(branch.Book, book);
        }, iter: Effort.Samples(30));

    [Fact]
    public void What_was_dropped_and_put_back_makes_no_difference() =>
        Gen.Select(s_books, s_selectors).Sample((book, selector) =>
        {
            if (Branch.Apply(book, AsKnown.All, [new Edit.Drop(selector)]) is not BranchResult.Applied dropped)
            {
                return;
            }

            var gone = dropped.Changes.Where(change => change.Edit == 0).Select(change => change.Before!);
            var back = Applied(book, new Edit.Drop(selector), new Edit.Restore([.. gone.OrderBy(recorded => recorded.Offset)]));
            back.Changes.ShouldBeEmpty();
            SameAnswers(back.Book, book);
        }, iter: Effort.Samples(60));

    [Fact]
    public void A_factor_of_one_and_a_shift_of_nothing_change_nothing() =>
        Gen.Select(s_books, s_selectors).Sample((book, selector) =>
        {
            if (Branch.Apply(book, AsKnown.All, [new Edit.Scale(selector, 1m), new Edit.Shift(selector, 0, 0)]) is BranchResult.Applied branch)
            {
                branch.Changes.ShouldBeEmpty();
                branch.Misfits.ShouldBeEmpty();
            }
        }, iter: Effort.Samples(60));

    [Fact]
    public void Whatever_is_edited_the_branch_keeps_every_invariant_once_its_misfits_are_out()
    {
        var (edited, withMisfits) = (0, 0);
        Gen.Select(s_books, s_selectors, Gen.Int[1, 18], Gen.Int[0, 3]).Sample((book, selector, months, kind) =>
        {
            Edit edit = kind switch
            {
                0 => new Edit.Drop(selector),
                1 => new Edit.Shift(selector, -months, 3),
                2 => new Edit.Scale(selector, months / 3m),
                _ => new Edit.Default(Company(months % 12), Id<Instant>("2024-06-01")),
            };
            if (Branch.Apply(book, AsKnown.All, [edit]) is BranchResult.Applied branch)
            {
                Interlocked.Increment(ref edited);
                Interlocked.Add(ref withMisfits, branch.Misfits.Count > 0 ? 1 : 0);
                Invariants.Of(branch.Book.At(Cut.Everything)).ShouldBeEmpty();
                StockFlowMatrix.Of(branch.Book.At(Cut.Everything)).SelectMany(matrix => matrix.Check()).ShouldBeEmpty();
            }
        }, iter: Effort.Samples(120));
        edited.ShouldBeGreaterThan(60);
        withMisfits.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Edits_of_disjoint_deals_commute() =>
        s_books.Sample(book =>
        {
            var deals = book.At(Cut.Everything).Events.Where(recorded => recorded.Event is PurchaseCommitted).Select(recorded => recorded.Header.Deal!.Value).Distinct().Take(2).ToList();
            if (deals.Count < 2)
            {
                return;
            }

            Edit one = new Edit.Drop(new() { Deals = [deals[0]] });
            Edit other = new Edit.Scale(new() { Deals = [deals[1]] }, 0.5m);
            SameAnswers(Applied(book, one, other).Book, Applied(book, other, one).Book);
        }, iter: Effort.Samples(60));

    [Fact]
    public void An_edit_that_matches_nothing_is_refused_with_what_is_nearest()
    {
        var book = new Book(MarketRecords.Of(companies: 12, events: 250, seed: 3));
        RuleOf(book, new Edit.Drop(new() { Payer = Id<CompanyId>("company-0000") })).ShouldBe("matches nothing: 'company-0000' is no company of the book (did you mean 'company-00000'?)");
        RuleOf(book, new Edit.Drop(new() { Types = ["purchase-payed"] })).ShouldBe("matches nothing: the book has no event of type 'purchase-payed' (did you mean 'purchase-paid'?)");
        RuleOf(book, new Edit.Drop(new() { Payer = Company(1), To = Id<Instant>("2010-01-01") })).ShouldStartWith("matches nothing: without 'to' it would match ");
        RuleOf(book, new Edit.Scale(new() { Payer = Company(1) }, 0m)).ShouldBe("a factor is above 0, not 0: 'drop' leaves events out");
    }

    private static string RuleOf(Book book, Edit edit) => Branch.Apply(book, AsKnown.All, [edit]).ShouldBeOfType<BranchResult.Refused>().Problems.ShouldHaveSingleItem().Rule;

    private static BranchResult.Applied Applied(Book book, params Edit[] edits) => Branch.Apply(book, AsKnown.All, edits).ShouldBeOfType<BranchResult.Applied>();

    private static void SameAnswers(Book one, Book other)
    {
        static string Balances(Book book) => JsonSerializer.Serialize(CashFold.Of(book.At(Cut.Everything)).Balances);
        static string Matrix(Book book) => JsonSerializer.Serialize(StockFlowMatrix.Of(book.At(Cut.Everything)));
        Balances(one).ShouldBe(Balances(other));
        Matrix(one).ShouldBe(Matrix(other));
    }

    private static CompanyId Company(int number) => Id<CompanyId>($"company-{number:00000}");
}
