using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Endpoints;

/// <summary>Kept branches over HTTP: what the command line's <c>branch</c> does, on the same file beside the journal.</summary>
public sealed class BranchesTests(DealsService deals) : IClassFixture<DealsService>
{
    private const string Late = """
        what-if: late
        title: What if the deal with Oracle did not come?
        edits:
          - drop: {company: oracle}
        """;

    private const string NoAmd = "what-if: no-amd\nedits:\n  - drop: {company: amd}\n";

    private readonly RunningService _service = deals.Service;

    [Fact]
    public async Task A_branch_is_kept_listed_shown_compared_edited_renamed_and_archived()
    {
        await _service.ResultAsync("/v1/branches/late?reason=asked", Late, "PUT");
        var listed = await _service.GetAsync("/v1/branches");
        ((string?)listed["branches"]![0]!["name"]).ShouldBe("late");
        JsonNode.DeepEquals(listed, JsonNode.Parse((await CommandLine.AskAsync(_service.Folder.Path, "branch", "list", "--journal", "book.db")).GetRawText())).ShouldBeTrue();
        await _service.SameAsCommandLineAsync("/v1/branches/late/show", null, "branch", "show", "late", "--journal", "book.db");

        await _service.ResultAsync("/v1/branches/later?from=late", NoAmd, "PUT");
        await _service.SameAsCommandLineAsync("/v1/branches/compare?name=late&name=later", null, "branch", "compare", "late", "later", "--journal", "book.db");
        await _service.SameAsCommandLineAsync("/v1/branches/late/show?from=2026-01-01&measure=circular", null, "branch", "show", "late", "--from", "2026-01-01", "--measures", "circular", "--journal", "book.db");

        EditsOf(JsonNode.Parse(await _service.ResultAsync("/v1/branches/late/edit?append=true&reason=more", NoAmd))!).Count.ShouldBe(2);
        EditsOf(JsonNode.Parse(await _service.ResultAsync("/v1/branches/late/edit", NoAmd))!).ShouldBe(["drop company amd"]);
        await _service.SameAsCommandLineAsync("/v1/branches/late/show", null, "branch", "show", "late", "--journal", "book.db");

        var renamed = await PostAsync("/v1/branches/late/rename?to=without-amd");
        ((string?)renamed["branches"]![0]!["name"]).ShouldBe("without-amd");
        ((string?)renamed["branches"]![0]!["id"]).ShouldBe("late");
        ((string?)(await _service.ProblemAsync(HttpMethod.Post, "/v1/branches/without-amd/rename?to=later", 409))["code"]).ShouldBe("branch-refused");
        ((string?)(await _service.ProblemAsync(HttpMethod.Post, "/v1/branches/without-amd/rename", 400))["errors"]![0]!["field"]).ShouldBe("to");

        var taken = await _service.ProblemAsync(HttpMethod.Put, "/v1/branches/late", 409, RunningService.Json(Late, "application/yaml"));
        ((string?)taken["code"]).ShouldBe("branch-refused");
        ((string?)(await _service.ProblemAsync(HttpMethod.Post, "/v1/branches/without-amd/promote", 409))["detail"])!.ShouldContain("changes what is recorded");
        await PostAsync("/v1/branches/without-amd/archive?reason=done");
        (await _service.GetAsync("/v1/branches"))["branches"]!.AsArray().Count.ShouldBe(1);
        (await _service.GetAsync("/v1/branches?all=true"))["branches"]!.AsArray().Count.ShouldBe(2);
        ((string?)(await _service.ProblemAsync(HttpMethod.Post, "/v1/branches/late/edit", 409, RunningService.Json(NoAmd, "application/yaml")))["detail"])!.ShouldContain("archived");
        ((string?)(await _service.ProblemAsync(HttpMethod.Post, "/v1/branches/lte/show", 404))["detail"])!.ShouldContain("lte");
    }

    [Fact]
    public async Task Branches_that_are_written_at_the_same_time_are_all_kept()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 1)]);
        foreach (var name in (string[])["one", "two", "three"])
        {
            await service.ResultAsync($"/v1/branches/{name}", "what-if: x\nedits:\n  - drop: {type: purchase-paid}\n", "PUT");
        }

        var renames = ((string[])["one", "two", "three"]).Select(name => service.Client.PostAsync($"/v1/branches/{name}/rename?to=new-{name}", null));
        foreach (var response in await Task.WhenAll(renames))
        {
            response.EnsureSuccessStatusCode().Dispose();
        }

        (await service.GetAsync("/v1/branches"))["branches"]!.AsArray().Select(branch => (string?)branch!["name"]).ShouldBe(["new-one", "new-three", "new-two"]);
    }

    [Fact]
    public async Task A_promoted_branch_is_in_the_book_once_and_by_whom()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        await service.ResultAsync("/v1/branches/paid", Paying("paid", 1), "PUT");
        var promoted = JsonNode.Parse(await service.ResultAsync("/v1/branches/paid/promote"))!;
        ((string?)promoted["branches"]![0]!["state"]).ShouldBe("promoted");
        ((string?)(await PaidAsync(service)).ShouldHaveSingleItem()!["issuedBy"]).ShouldBe("local");
        await service.ProblemAsync(HttpMethod.Post, "/v1/branches/paid/promote", 409);
    }

    /// <summary>The company may not go below zero, and others spend what it has while the branch is promoted.</summary>
    [Fact]
    public async Task A_promotion_among_other_writers_writes_all_of_its_orders_or_none()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai", CashPolicy.RejectShortfall)]);
        var outcomes = new List<string?>();
        for (var round = 0; round < 3; round++)
        {
            // All the branch needs, and what others will take from it while it is offered: now and then enough for both.
            await service.SendAsync([Orders.Pay($"revenue-{round}", "nvidia", "openai", round == 1 ? 12 : 30, "2026-01-02")]);
            await service.ResultAsync($"/v1/branches/round-{round}", Paying($"round-{round}", 12), "PUT");
            var job = await service.BeginAsync($"/v1/branches/round-{round}/promote");
            var others = Enumerable.Range(0, 12).Select(async other => (await service.SendAsync(Orders.Pay($"other-{round}-{other}", "openai", "nvidia", 1, "2026-03-01"))).Dispose());
            await Task.WhenAll(others);
            var ended = await service.EndAsync(job);
            outcomes.Add((string?)ended["state"]);
            var written = (await PaidAsync(service)).Count(paid => ((string?)paid!["commandId"])!.StartsWith($"round-{round}-", StringComparison.Ordinal));
            written.ShouldBe((string?)ended["state"] == "done" ? 12 : 0, ended.ToJsonString());

            // Spent to the last, so that each round begins at zero.
            var left = (string?)(await service.GetAsync($"/v1/cash?company=openai&atLeast={await LastAsync(service)}"))["balances"]![0]!["amount"];
            if (left != "0")
            {
                (await service.SendAsync(Orders.Pay($"rest-{round}", "openai", "nvidia", int.Parse(left!), "2026-03-02"))).EnsureSuccessStatusCode().Dispose();
            }
        }

        outcomes.ShouldContain("done");
    }

    /// <summary>As if the service had been killed after two of the orders.</summary>
    [Fact]
    public async Task A_promotion_that_was_cut_short_is_completed_by_asking_again_and_each_order_has_one_effect()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        await service.ResultAsync("/v1/branches/paid", Paying("paid", 5), "PUT");
        await service.SendAsync([Orders.Pay("paid-0", "openai", "nvidia", 1, "2026-03-01"), Orders.Pay("paid-3", "openai", "nvidia", 1, "2026-03-01")]);
        await service.ResultAsync("/v1/branches/paid/promote");
        (await PaidAsync(service)).Select(paid => (string?)paid!["commandId"]).Order(StringComparer.Ordinal).ShouldBe(["paid-0", "paid-1", "paid-2", "paid-3", "paid-4"]);
    }

    private static string Paying(string name, int count) =>
        $"what-if: {name}\nedits:\n  - insert:\n" + string.Concat(Enumerable.Range(0, count).Select(order => $"      - {{id: {name}-{order}, company: openai, effective: 2026-03-01, pay-purchase: {{seller: nvidia, amount: 1 USD}}}}\n"));

    private static List<string?> EditsOf(JsonNode list) => [.. list["branches"]![0]!["edits"]!.AsArray().Select(edit => (string?)edit)];

    private static async Task<long> LastAsync(RunningService service) => (long)(await service.GetAsync("/v1/status"))["journal"]!["offset"]!;

    private static async Task<JsonArray> PaidAsync(RunningService service) =>
        (await service.GetAsync($"/v1/events?limit=1000&atLeast={await LastAsync(service)}&type=purchase-paid"))["events"]!.AsArray();

    private async Task<JsonObject> PostAsync(string address)
    {
        using var response = await _service.Client.PostAsync(address, null);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
