namespace ActorFinance.Client.Tests.Commands;

/// <summary>Every answer of the service fits the client's types, on the book of the AI deals.</summary>
public sealed class QuestionTests(DealsService deals) : IClassFixture<DealsService>
{
    private readonly ActorFinanceClient _client = new(new() { Url = deals.Service.Client.BaseAddress! });

    [Fact]
    public async Task Cash_is_that_of_the_service_to_the_last_digit()
    {
        var answer = await _client.Questions.CashAsync();
        var raw = await deals.Service.GetAsync("/v1/cash");
        answer.Balances.Select(balance => (balance.Company, balance.Amount)).ShouldBe(
            raw["balances"]!.AsArray().Select(balance => ((string)balance!["company"]!, decimal.Parse((string)balance["amount"]!, System.Globalization.CultureInfo.InvariantCulture))));
        answer.Commitments.Sum(commitment => commitment.Open.Sum(part => part.Amount)).ShouldBe(answer.Commitments.Sum(commitment => commitment.Committed - commitment.Drawn - commitment.Released));
        answer.AsKnown.Offset.ShouldBe((long)raw["asKnown"]!["offset"]!);
    }

    [Fact]
    public async Task Ownership_sums_to_one_for_each_issuer()
    {
        var answer = await _client.Questions.OwnershipAsync(new() { Basis = "voting" });
        answer.Basis.ShouldBe("voting");
        answer.Issuers.ShouldNotBeEmpty();
        foreach (var issuer in answer.Issuers.Where(issuer => issuer.Holders.All(holding => holding.Direct is not null)))
        {
            issuer.Holders.Sum(holding => holding.Direct!.Value).ShouldBe(1, 1e-9, issuer.Company);
        }
    }

    [Fact]
    public async Task Circular_traces_every_unit()
    {
        var answer = await _client.Questions.CircularAsync(new() { Firmness = "contracted", Hops = 2, Currency = "USD", Company = "nvidia" });
        var nvidia = answer.Companies.Single();
        nvidia.RoundTrip.WithinHops!.Keys.ShouldBe(["1", "2"]);
        var traced = nvidia.Traced;
        traced.Invested.ShouldBe(traced.Returned + traced.ReturnedOtherwise + traced.SpentOutside + traced.Absorbed + traced.Held);
    }

    [Fact]
    public async Task Deals_have_their_terms_and_their_commitments()
    {
        var answer = await _client.Questions.DealsAsync(new() { Company = "nvidia" });
        answer.Deals.ShouldNotBeEmpty();
        answer.Deals.ShouldAllBe(deal => deal.Terms != null && deal.StatedBy.Length == 36);
    }

    [Fact]
    public async Task Events_come_page_by_page_and_are_those_of_one_page()
    {
        var small = (await _client.Questions.EventsAsync(new() { PageSize = 7, All = true }).TakenAsync()).ConvertAll(one => one.EventId);
        var large = (await _client.Questions.EventsAsync(new() { PageSize = 1_000, All = true }).TakenAsync()).ConvertAll(one => one.EventId);
        small.ShouldBe(large);
        small.Count.ShouldBeGreaterThan(20);
    }
}
