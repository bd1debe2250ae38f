using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Cascade;

public sealed class ObligationsTests
{
    private static readonly LoanId Loan = Value.Parse<LoanId>("l");

    [Fact]
    public void What_commitments_and_loans_leave_open_is_owed_when_it_is_due()
    {
        var book = new BookBuilder().Registered("a", "b")
            .Add("a", "2026-01-01", new ExternalCashReceived(Usd(50), ExternalCategory.Opening))
            .Add("a", "2026-01-01", new PurchaseCommitted(Terms("p", "a", "b", 100, ("2026-06-30", 40), ("2027-06-30", 60))))
            .Add("a", "2026-02-01", new PurchasePaid(BookBuilder.Company("b"), Usd(10), Value.Parse<CommitmentId>("p"), null, null, null, false))
            .Add("b", "2026-03-01", new LoanDrawn(Loan, BookBuilder.Company("a"), Usd(30), null, null, null, BookBuilder.At("2026-12-31")))
            .Add("a", "2026-04-01", new LoanRepaid(Loan, BookBuilder.Company("b"), Usd(5)));

        var all = Of(book, FlowWindow.Everything);
        all.All.Select(o => $"{o.Debtor} {o.Creditor} {Numbers.Text(o.Amount)} {o.Due.ToDateText()}").ShouldBe(["a b 30 2026-06-30", "a b 25 2026-12-31", "a b 60 2027-06-30"]);
        all.Cash[BookBuilder.Company("a")].ShouldBe(50 - 10 + 30 - 5);
        Of(book, new(BookBuilder.At("2026-06-30"), BookBuilder.At("2026-12-31"))).All.Single().Amount.ShouldBe(25);
    }

    [Fact]
    public void A_loan_without_maturity_is_due_when_it_was_drawn_and_repayments_take_the_earliest_maturity_first()
    {
        var book = new BookBuilder().Registered("a", "b")
            .Add("b", "2026-01-01", new LoanDrawn(Loan, BookBuilder.Company("a"), Usd(30), null, null, null, BookBuilder.At("2028-01-01")))
            .Add("b", "2026-02-01", new LoanDrawn(Loan, BookBuilder.Company("a"), Usd(20), null, null, null, null))
            .Add("a", "2026-04-01", new LoanRepaid(Loan, BookBuilder.Company("b"), Usd(25)));

        Of(book, FlowWindow.Everything).All.Select(o => $"{Numbers.Text(o.Amount)} {o.Due.ToDateText()}").ShouldBe(["25 2028-01-01"]);
    }

    [Fact]
    public void What_the_outside_owes_and_guarantees_not_called_are_no_obligations()
    {
        var book = new BookBuilder().Registered("a", "b")
            .Add("a", "2026-01-01", new InvestmentCommitted(Terms("p", null, "a", 100)))
            .Add("a", "2026-01-01", new GuaranteeGiven(Value.Parse<GuaranteeId>("g"), BookBuilder.Company("b"), null, Usd(70)));

        Of(book, FlowWindow.Everything).All.ShouldBeEmpty();
    }

    [Fact]
    public void Announced_deals_count_only_when_asked_for()
    {
        var book = new BookBuilder().Registered("a", "b")
            .Add("a", "2026-01-01", new DealAnnounced(new(DealKind.Purchase, BookBuilder.Company("a"), BookBuilder.Company("b"), Usd(9), null, null, null, null, [], false)), deal: "d");

        Of(book, FlowWindow.Everything).All.ShouldBeEmpty();
        Of(book, FlowWindow.Everything, Firmness.Announced).All.Single().Amount.ShouldBe(9);
    }

    [Fact]
    public void Several_currencies_are_an_error_without_a_reporting_currency()
    {
        var book = new BookBuilder().Registered("a", "b")
            .Add("a", "2026-01-01", new PurchaseCommitted(Terms("p", "a", "b", 100)))
            .Add("a", "2026-01-01", new PurchaseCommitted(Terms("q", "a", "b", 100) with { Amount = BookBuilder.Money("8 EUR") }));

        var counted = new Book(book.Events).At(Cut.Everything);
        Obligations.Of(counted, FlowWindow.Everything, Firmness.Contracted, null).Error.ShouldBeOfType<FlowError.SeveralCurrencies>();
        Obligations.Of(counted, FlowWindow.Everything, Firmness.Contracted, Value.Parse<Currency>("USD")).Error.ShouldBeOfType<FlowError.MissingRate>();
    }

    private static Obligations Of(BookBuilder book, FlowWindow window, Firmness firmness = Firmness.Contracted) =>
        Obligations.Of(new Book(book.Events).At(Cut.Everything), window, firmness, null).Value!;

    private static CommitmentTerms Terms(string id, string? from, string? to, decimal amount, params (string At, decimal Amount)[] due) =>
        new(
            Value.Parse<CommitmentId>(id),
            from is null ? null : BookBuilder.Company(from),
            to is null ? null : BookBuilder.Company(to),
            Usd(amount),
            due.Select(d => new DueAmount(BookBuilder.At(d.At), Usd(d.Amount))).ToValueList(),
            null,
            null,
            null,
            null);

    private static Money Usd(decimal amount) => Money.Of(amount, Value.Parse<Currency>("USD"));
}
