using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Timeline;

public sealed class MovementsTests
{
    [Fact]
    public void Every_event_either_moves_money_or_is_named_as_one_that_does_not()
    {
        var all = typeof(CompanyEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CompanyEvent)) && !t.IsAbstract);

        Movements.Moving.Concat(Movements.Still).Select(t => t.Name).Order().ShouldBe(all.Select(t => t.Name).Order());
    }

    [Fact]
    public void Parties_are_read_from_every_event_that_names_a_company()
    {
        var naming = typeof(CompanyEvent).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(CompanyEvent)))
            .Where(t => t.GetProperties().Any(p =>
                p.PropertyType == typeof(CompanyId) || p.PropertyType == typeof(CompanyId?)
                || p.PropertyType == typeof(CommitmentTerms) || p.PropertyType == typeof(DealTerms)))
            .Select(t => t.Name)
            .Order();

        naming.ShouldBe(Parties.Naming.Select(t => t.Name).Order());
    }

    [Fact]
    public void A_dividend_pays_companies_and_the_outside()
    {
        var movements = Of(new DividendDeclared(null, [new(Holder("nvidia"), Money("2 USD")), new(Holder("fund"), Money("1 USD"))]));

        movements.ShouldBe(
        [
            new(Company("openai"), Company("nvidia"), Money("2 USD"), FlowKind.Dividend, null, false),
            new(Company("openai"), null, Money("1 USD"), FlowKind.Dividend, null, false),
        ]);
    }

    [Fact]
    public void Shares_move_nothing_and_the_payment_that_posts_them_does()
    {
        Of(new SharesTransferred(Holder("nvidia"), Holder("fund"), Value.Parse<ShareClassId>("common"), ShareQuantity.Of(1), Money("5 USD"), Money("5 USD"), SellerIsCompany: true, BuyerIsCompany: false))
            .ShouldBeEmpty();
        Of(new StepPaid(Company("anthropic"), Company("nvidia"), Money("5 USD")))
            .ShouldBe([new(Company("openai"), Company("nvidia"), Money("5 USD"), FlowKind.StepPayment, null, false)]);
    }

    private static IReadOnlyList<CashMovement> Of(CompanyEvent fact) =>
        Movements.Of(new BookBuilder().Add("openai", "2026-01-01", fact).Last.Envelope, holder => holder == Holder("nvidia"));
}
