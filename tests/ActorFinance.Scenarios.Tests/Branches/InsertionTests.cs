using ActorFinance.Analysis.Timeline;
using static ActorFinance.Scenarios.Tests.Branches.Editing;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Companies of a branch decide on orders as those of the journal would.</summary>
public sealed class InsertionTests
{
    /// <summary>A registration holds wherever a fact names the company, also before the day that it states.</summary>
    [Fact]
    public void A_company_registered_later_than_its_first_facts_takes_orders()
    {
        var book = Recorded(
            Order("a", "2026-06-01", new RegisterCompany("A", Id<Currency>("USD"))),
            Order("a", "2026-01-01", new ReceiveExternalCash(Usd("100"), ExternalCategory.Opening)),
            Order("a", "2026-01-01", new CreateShareClass(Id<ShareClassId>("common"), Quantity.Of(1))),
            Order("a", "2026-02-01", new IssueShares(Id<HolderId>("founders"), Id<ShareClassId>("common"), ShareQuantity.Of(10))));
        var branch = Applied(book, Inserted("  - {company: a, effective: 2026-03-01, pay-external-cash: {amount: 30 USD, category: opex}}\n  - {company: a, effective: 2026-03-01, transfer-shares: {from: founders, to: fund, class: common, quantity: 4}}"));
        CashOf(branch.Book, "a").ShouldBe(70m);
        RuleOf(book, Inserted("  - {company: a, effective: 2026-03-01, transfer-shares: {from: founders, to: fund, class: common, quantity: 11}}")).ShouldContain("'founders' holds 10 common, needs 11");
    }

    /// <summary>Of a careful company too: its cash policy holds for what came before the day on which it says so.</summary>
    [Fact]
    public void A_policy_stated_later_binds_orders_before_it()
    {
        var book = Recorded(
            Order("a", "2026-06-01", new RegisterCompany("A", Id<Currency>("USD"), CashPolicy: CashPolicy.RejectShortfall)),
            Order("a", "2026-01-01", new ReceiveExternalCash(Usd("100"), ExternalCategory.Opening)));
        RuleOf(book, Inserted("  - {company: a, effective: 2026-03-01, pay-external-cash: {amount: 130 USD, category: opex}}")).ShouldContain("shortfall");
    }

    private static CommandEnvelope Order(string company, string effective, CompanyCommand command) =>
        new(Id<CommandId>($"{company}-{effective}-{command.GetType().Name}"), Id<CompanyId>(company), Id<Instant>(effective), command);

    private static Book Recorded(params CommandEnvelope[] orders)
    {
        var ids = 0;
        var companies = new Rehearsal(CompanyState.Empty, () => Instant.Of(2026, 12, 1), () => new(++ids, 0, 0, new byte[8]));
        return new(orders.SelectMany(order =>
        {
            var outcome = companies.Submit(order);
            outcome.Refusal.ShouldBeNull(outcome.Refusal?.Message);
            return outcome.Events;
        }).Select((envelope, i) => new RecordedEvent(new(i + 1), envelope)));
    }
}
