using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Checks;

public sealed class BetweenCompaniesTests
{
    private static readonly CommitmentId C1 = Value.Parse<CommitmentId>("c1");
    private static readonly LoanId L1 = Value.Parse<LoanId>("l1");

    [Fact]
    public void A_loan_that_is_repaid_beyond_what_was_lent_is_found()
    {
        var findings = Of(
            new BookBuilder()
                .Add("oracle", "2026-01-01", new LoanDrawn(L1, Company("openai"), Money("10 USD"), null, null, null, null))
                .Add("openai", "2026-01-02", new LoanRepaid(L1, Company("oracle"), Money("8 USD")))
                .Add("openai", "2026-01-03", new LoanRepaid(L1, Company("oracle"), Money("5 USD"))));

        findings.ShouldBe([new("loan-over-repaid", "openai repays 5 USD of loan l1 to oracle, owed 2 USD", Id(3))]);
    }

    [Fact]
    public void A_refund_beyond_what_was_bought_is_found()
    {
        var findings = Of(
            new BookBuilder()
                .Add("openai", "2026-01-01", new PurchasePaid(Company("nvidia"), Money("10 USD"), null, null, null, null, false))
                .Add("nvidia", "2026-01-02", new PurchaseRefunded(Company("openai"), Money("11 USD"), null, null, null, false)));

        findings.ShouldBe([new("purchase-over-refunded", "nvidia refunds 11 USD to openai, bought and not refunded before: 10 USD", Id(2))]);
    }

    [Fact]
    public void A_draw_before_another_companys_milestone_is_found()
    {
        var findings = Of(Conditional(anySuffices: false).Add("nvidia", "2026-02-01", Invested()));

        findings.ShouldBe([new("drawn-before-milestone", "4 USD drawn of commitment c1 of nvidia before '1 GW deployed' of openai", Id(2))]);
    }

    [Fact]
    public void A_draw_after_the_milestone_is_in_order() =>
        Of(Conditional(anySuffices: false)
            .Add("openai", "2026-01-15", new MilestoneReached("1 GW deployed"))
            .Add("nvidia", "2026-02-01", Invested())).ShouldBeEmpty();

    [Fact]
    public void A_draw_may_rest_on_another_condition_where_any_suffices() =>
        Of(Conditional(anySuffices: true).Add("nvidia", "2026-02-01", Invested())).ShouldBeEmpty();

    [Fact]
    public void Steps_that_are_neither_posted_nor_voided_are_pending()
    {
        var issue = new SharesIssued(
            Holder("nvidia"), Value.Parse<ShareClassId>("common"), ShareQuantity.Of(1), null, Consideration.Cash, Company("nvidia"), Money("4 USD"), null, null, null);
        var book = new Book(
            new BookBuilder()
                .Add("openai", "2026-01-01", issue, step: 1, role: StepRole.Pending)
                .Add("nvidia", "2026-01-01", Invested(), step: 1, role: StepRole.Posting)
                .Add("openai", "2026-01-01", issue, step: 2, role: StepRole.Pending)
                .Void(3)
                .Add("openai", "2026-01-01", issue, step: 3, role: StepRole.Pending)
                .Events);

        PendingSteps.In(book).Select(e => e.Header.Id).ShouldBe([Id(5)]);
    }

    private static BookBuilder Conditional(bool anySuffices)
    {
        var conditions = new ConditionSet(
            anySuffices,
            [
                new(ConditionKind.Milestone, Company("openai"), "1 GW deployed", null, null, null),
                new(ConditionKind.Date, null, null, At("2026-01-10"), null, null),
            ],
            null);
        var terms = new CommitmentTerms(C1, Company("nvidia"), Company("openai"), Money("10 USD"), [], conditions, null, null, null);
        return new BookBuilder().Add("nvidia", "2026-01-01", new InvestmentCommitted(terms));
    }

    private static InvestmentMade Invested() =>
        new(Company("openai"), Money("4 USD"), Instrument.NotStated, null, null, null, null, C1, false);

    private static IReadOnlyList<Finding> Of(BookBuilder book) => BetweenCompanies.Of(new Book(book.Events).At(Cut.Everything));
}
