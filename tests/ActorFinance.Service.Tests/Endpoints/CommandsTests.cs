using System.Net;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Endpoints;

public sealed class CommandsTests
{
    [Fact]
    public async Task An_accepted_command_is_seen_by_who_waits_for_it_and_has_one_effect_across_a_restart()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        using var first = await service.SendAsync(Orders.Pay("order-1", "openai", "nvidia", 35));
        var answer = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        ((string?)answer["outcome"]).ShouldBe("accepted", answer.ToJsonString());
        ((bool)answer["repeated"]!).ShouldBeFalse();

        var cash = await service.GetAsync($"/v1/cash?company=nvidia&atLeast=openai:{answer["lastSequenceNumber"]}");
        ((string?)cash["balances"]![0]!["amount"]).ShouldBe("35");

        await service.RestartAsync();
        using var second = await service.SendAsync(Orders.Pay("order-1", "openai", "nvidia", 35));
        var again = JsonNode.Parse(await second.Content.ReadAsStringAsync())!;
        ((bool)again["repeated"]!).ShouldBeTrue();
        ((long)again["lastSequenceNumber"]!).ShouldBe((long)answer["lastSequenceNumber"]!);
        ((string?)(await service.GetAsync("/v1/cash?company=nvidia"))["balances"]![0]!["amount"]).ShouldBe("35");
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_with_a_problem_that_names_it()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        (await service.SendAsync(Orders.Pay("order-1", "openai", "nvidia", 35))).Dispose();
        using var other = await service.SendAsync(Orders.Pay("order-1", "openai", "nvidia", 36));
        var problem = await RunningService.ProblemOf(other, 422);
        ((string?)problem["code"]).ShouldBe("command-id-reused");
        ((string?)problem["detail"])!.ShouldContain("'order-1'");
        ((string?)problem["figures"]!["id"]).ShouldBe("order-1");
    }

    [Fact]
    public async Task The_idempotency_key_is_the_id_of_a_command_that_has_none()
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands")
        {
            Content = RunningService.Json("""{"company":"acme","effective":"2026-01-01","command":{"type":"register-company","name":"Acme","currency":"USD"}}"""),
        };
        request.Headers.Add("Idempotency-Key", "key-1");
        using var response = await service.Client.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        response.StatusCode.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        ((string?)answer["command"]).ShouldBe("key-1");

        using var clash = new HttpRequestMessage(HttpMethod.Post, "/v1/commands") { Content = RunningService.Json(CommandJson.Serialize(Orders.Register("other"))) };
        clash.Headers.Add("Idempotency-Key", "key-2");
        using var refused = await service.Client.SendAsync(clash);
        ((string?)(await RunningService.ProblemOf(refused, 400))["errors"]![0]!["field"]).ShouldBe("id");
    }

    [Fact]
    public async Task A_batch_answers_each_command_for_itself_in_order()
    {
        await using var service = await RunningService.StartAsync();
        var results = await service.SendAsync(
        [
            Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 5), Orders.Pay("order-2", "openai", "nobody", 5),
            Orders.Pay("order-1", "openai", "nvidia", 5), Orders.Pay("order-3", "nvidia", "openai", 1),
        ]);
        results.Select(result => (string?)result!["command"]).ShouldBe(["register-nvidia", "register-openai", "order-1", "order-2", "order-1", "order-3"]);
        results.Select(result => (string?)result!["outcome"]).ShouldBe(["accepted", "accepted", "accepted", "refused", "accepted", "accepted"]);
        ((string?)results[3]!["code"]).ShouldBe("unknown-company");
        ((bool)results[4]!["repeated"]!).ShouldBeTrue();
    }

    /// <summary>In one batch a company that rejects a shortfall spends what the payment before it brought.</summary>
    [Fact]
    public async Task A_batch_is_decided_as_if_its_commands_came_one_after_the_other()
    {
        await using var service = await RunningService.StartAsync();
        var results = await service.SendAsync(
        [
            Orders.Register("nvidia"), Orders.Register("prudent", CashPolicy.RejectShortfall),
            Orders.Pay("order-1", "nvidia", "prudent", 5, "2026-01-02"), Orders.Pay("order-2", "prudent", "nvidia", 5, "2026-01-03"),
            Orders.Pay("order-3", "prudent", "nvidia", 1, "2026-01-04"),
        ]);
        results.Select(result => (string?)result!["outcome"]).ShouldBe(["accepted", "accepted", "accepted", "accepted", "refused"]);
        ((string?)results[4]!["code"]).ShouldBe("shortfall");
    }

    /// <summary>What an issuer does with its own shares goes with what stands around it; where the holder counts what it receives, in its turn.</summary>
    [Theory]
    [InlineData(CashPolicy.AllowShortfall, "accepted")]
    [InlineData(CashPolicy.RejectShortfall, "refused")]
    public async Task A_holder_spends_what_the_dividend_and_the_repurchase_before_it_in_the_batch_brought(CashPolicy policy, string last)
    {
        await using var service = await RunningService.StartAsync();
        var (common, fund) = (Value.Parse<ShareClassId>("common"), Value.Parse<HolderId>("fund"));
        var results = await service.SendAsync(
        [
            Orders.Register("nvidia"), Orders.Register("fund", policy),
            Orders.Of("class", "nvidia", new CreateShareClass(common, Value.Parse<Quantity>("1"))),
            Orders.Of("issue", "nvidia", new IssueShares(fund, common, ShareQuantity.Of(10))),
            Orders.Of("dividend", "nvidia", new DeclareDividend(common, Value.Parse<Money>("5 USD")), "2026-01-02"),
            Orders.Of("buy-back", "nvidia", new RepurchaseShares(fund, common, ShareQuantity.Of(3), Value.Parse<Money>("2 USD")), "2026-01-02"),
            Orders.Pay("order-1", "fund", "nvidia", 11, "2026-01-03"), Orders.Pay("order-2", "fund", "nvidia", 1, "2026-01-03"),
        ]);
        results.Select(result => (string?)result!["outcome"]).ShouldBe([.. Enumerable.Repeat("accepted", 7), last]);
    }

    [Fact]
    public async Task A_batch_with_a_line_that_is_no_command_changes_nothing_and_names_every_fault()
    {
        await using var service = await RunningService.StartAsync();
        var body = System.Text.Encoding.UTF8.GetString(RunningService.Lines([Orders.Register("acme")])) + "{\"id\":\"x\",\"company\":\"ACME\"}\nnonsense\n";
        var problem = await service.ProblemAsync(HttpMethod.Post, "/v1/commands", 400, RunningService.Json(body, "application/x-ndjson"));
        problem["errors"]!.AsArray().Select(error => (int)error!["line"]!).Distinct().ShouldBe([2, 3]);
        ((long)(await service.GetAsync("/v1/cash"))["asKnown"]!["offset"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Who_issued_a_command_stands_in_its_event()
    {
        await using var service = await RunningService.StartAsync();
        (await service.SendAsync(Orders.Register("acme") with { IssuedBy = "somebody else" })).Dispose();
        var events = await service.GetAsync("/v1/events?atLeast=1");
        ((string?)events["events"]![0]!["issuedBy"]).ShouldBe("local");
    }

    [Fact]
    public async Task What_was_not_written_in_time_is_said_and_not_guessed()
    {
        await using var service = await RunningService.StartAsync(options => options with { AtLeastWithin = TimeSpan.FromMilliseconds(50) });
        var problem = await service.ProblemAsync(HttpMethod.Get, "/v1/cash?atLeast=999", 504);
        ((string?)problem["code"]).ShouldBe("not-reached");
        ((string?)problem["detail"])!.ShouldContain("offset 999");
    }
}
