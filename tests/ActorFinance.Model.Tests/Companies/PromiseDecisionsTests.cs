namespace ActorFinance.Model.Tests.Companies;

/// <summary>Deals, commitments, loans and guarantees.</summary>
public sealed class PromiseDecisionsTests
{
    [Theory]
    [InlineData("", "announce", true)]
    [InlineData("", "contract", true)]
    [InlineData("", "complete", false)]
    [InlineData("announce", "announce", false)]
    [InlineData("announce", "contract", true)]
    [InlineData("announce", "supersede", true)]
    [InlineData("announce", "cancel", true)]
    [InlineData("announce", "complete", true)]
    [InlineData("contract", "announce", false)]
    [InlineData("contract", "contract", false)]
    [InlineData("contract", "supersede", true)]
    [InlineData("contract", "cancel", true)]
    [InlineData("contract", "complete", true)]
    [InlineData("contract complete", "cancel", false)]
    [InlineData("contract cancel", "complete", false)]
    [InlineData("contract supersede", "contract", false)]
    public void A_deal_only_goes_forward(string before, string asked, bool accepted)
    {
        var facts = before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Given.Under(Deal, word switch
        {
            "announce" => new DealAnnounced(Terms(Acme, Openai)),
            "contract" => new DealContracted(Terms(Acme, Openai)),
            "supersede" => new DealSuperseded(OtherDeal),
            "cancel" => new DealCancelled("no"),
            _ => new DealCompleted(),
        })).ToArray();
        var decision = Given.Company(facts).When(
            asked switch
            {
                "announce" => new AnnounceDeal(Terms(Acme, Openai)),
                "contract" => new ContractDeal(Terms(Acme, Openai)),
                "supersede" => new SupersedeDeal(OtherDeal),
                "cancel" => new CancelDeal("no"),
                _ => (CompanyCommand)new CompleteDeal(),
            },
            deal: Deal).Decision;
        (decision is Decision.Accepted).ShouldBe(accepted, decision.ToString());
    }

    [Fact]
    public void A_cancelled_deal_releases_what_is_open_under_it_and_takes_no_more() =>
        Given.Company(
                Given.Under(Deal, new DealContracted(Terms(Acme, Openai))),
                Given.Under(Deal, new InvestmentCommitted(Committed("10bn", Acme, Openai))),
                Paid(Openai, "1bn", Promise),
                Given.Under(Deal, new DealCancelled("no")))
            .When(new Invest(Openai, Usd("1"), Promise))
            .ThenRefused(new DrawAboveCommitment(Promise, Usd("0"), Usd("1")));

    [Fact]
    public void A_backdated_cancellation_is_refused_for_the_draw_after_it() =>
        Given.Company(
                Given.Under(Deal, new DealContracted(Terms(Acme, Openai))),
                Given.Under(Deal, new InvestmentCommitted(Committed("10bn", Acme, Openai))),
                Given.At(Day3, Paid(Openai, "1bn", Promise)))
            .When(new CancelDeal("no"), Day2, deal: Deal)
            .ThenRefused(new LaterStateInvalid(Day3, Id(3), new DrawAboveCommitment(Promise, Usd("0"), Usd("1bn"))));

    [Fact]
    public void A_maximum_is_at_least_the_headline_in_its_currency()
    {
        Given.Company().When(new AnnounceDeal(Terms(Acme, Openai, "10", Usd("9"))), deal: Deal).Refusal().ShouldBeOfType<InvalidField>();
        Given.Company().When(new AnnounceDeal(Terms(Acme, Openai, "10", Eur("90"))), deal: Deal).ThenRefused(new CurrenciesDiffer("the headline amount", Dollar, Euro));
    }

    [Fact]
    public void Due_amounts_beyond_any_total_are_refused_and_no_fault() =>
        Given.Company()
            .When(new CommitInvestment(Committed("5", Acme, Openai, [.. Enumerable.Repeat(new DueAmount(Day3, Usd("9999999999999999")), 101)])))
            .Refusal().ShouldBeOfType<TotalTooLarge>();

    [Fact]
    public void A_convertible_sold_to_the_outside_draws_what_the_issuer_was_promised() =>
        Given.Company(new InvestmentCommitted(Committed("5", null, Acme)))
            .When(new SellConvertible(Note, Founder, Usd("6"), Draws: Promise))
            .ThenRefused(new DrawAboveCommitment(Promise, Usd("5"), Usd("6")));

    [Fact]
    public void Shares_sold_to_the_outside_draw_what_the_issuer_was_promised() =>
        Given.Company(Class(), new InvestmentCommitted(Committed("5", null, Acme)))
            .When(new SellShares(Founder, Common, Usd("6"), Usd("1"), Draws: Promise))
            .ThenRefused(new DrawAboveCommitment(Promise, Usd("5"), Usd("6")));

    [Fact]
    public void Conditions_are_complete_for_their_kind()
    {
        static Decision Commit(Condition condition) => Given.Company()
            .When(new CommitInvestment(Committed("5", Acme, Openai) with { Conditions = new(false, [condition], null) })).Decision;

        Commit(new(ConditionKind.Milestone, Openai, "1 GW deployed", null, null, null)).ShouldBeOfType<Decision.Accepted>();
        Commit(new(ConditionKind.Milestone, null, "1 GW deployed", null, null, null)).ShouldBeOfType<Decision.Refused>();
        Commit(new(ConditionKind.Date, null, null, Day3, null, null)).ShouldBeOfType<Decision.Accepted>();
        Commit(new(ConditionKind.Date, Openai, null, Day3, null, null)).ShouldBeOfType<Decision.Refused>();
        Commit(new(ConditionKind.Price, Openai, null, null, Common, Usd("5"))).ShouldBeOfType<Decision.Accepted>();
        Commit(new(ConditionKind.Price, Openai, null, null, Common, null)).ShouldBeOfType<Decision.Refused>();
        Given.Company().When(new CommitInvestment(Committed("5", Acme, Openai) with { Conditions = new(false, [], null) })).Refusal().ShouldBeOfType<InvalidField>();
    }

    [Fact]
    public void A_guarantee_pays_the_beneficiary_it_was_given_for() =>
        Given.Company(new GuaranteeGiven(Guarantee, Openai, Nvidia, Usd("10"))).When(new CallGuarantee(Guarantee, Usd("4")))
            .ThenAccepted(new GuaranteeCalled(Guarantee, Nvidia, Usd("4")));

    [Fact]
    public void More_is_repaid_than_was_lent_without_refusal() =>
        Given.Company().When(new RepayLoan(Loan, Nvidia, Usd("10"))).ThenAccepted(new LoanRepaid(Loan, Nvidia, Usd("10")));
}
