using System.Net;
using System.Net.Http.Headers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Tests.Endpoints;

/// <summary>What-ifs and simulations over HTTP: the command line's answers, byte for byte; bounded, watched, cancelled.</summary>
public sealed class JobsTests(DealsService deals) : IClassFixture<DealsService>
{
    private const string Late = """
        what-if: late
        title: What if the deal with Oracle did not come?
        edits:
          - drop: {company: oracle}
        """;

    private readonly RunningService _service = deals.Service;

    [Theory]
    [InlineData("", "")]
    [InlineData("?company=openai&asOf=2029-12-31&every=year", "--company openai --as-of 2029-12-31 --every year")]
    [InlineData("?measure=cash&measure=stake&firmness=contracted", "--measures cash stake --firmness contracted")]
    [InlineData("?from=2026-01-01&measure=circular", "--from 2026-01-01 --measures circular")]
    [InlineData("?probability=40%25&measure=cash", "--probability 40% --measures cash")]
    public async Task A_what_if_over_http_is_the_command_lines_answer_to_the_byte(string query, string arguments)
    {
        _service.Folder.Write("late.yaml", Late);
        await SameAsync($"/v1/what-if{query}", Late, ["what-if", "late.yaml", "--journal", "book.db", .. Words(arguments)]);
    }

    [Theory]
    [InlineData("nvidia-openai", "", "")]
    [InlineData("nvidia-openai", "?set=gigawatts%3D3&company=openai&until=2028-12-31", "--set gigawatts=3 --company openai --until 2028-12-31")]
    [InlineData("range-of-outcomes", "?runs=40&seed=7&until=2028-12-31", "--runs 40 --seed 7 --until 2028-12-31")]
    [InlineData("range-of-outcomes", "?sweep=gigawatts%3D3..5:1&until=2028-12-31", "--sweep gigawatts=3..5:1 --until 2028-12-31")]
    public async Task A_simulation_over_http_is_the_command_lines_answer_to_the_byte(string scenario, string query, string arguments)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "scenarios", "agreements", scenario + ".yaml");
        await SameAsync($"/v1/simulate{query}", await File.ReadAllTextAsync(file), ["simulate", file, .. Words(arguments)]);
    }

    [Theory]
    [InlineData("/v1/what-if", "what-if: x\nedits:\n  - drop: {deall: y}\n", 3)]
    [InlineData("/v1/what-if", "what-if: [\n", 2)]
    [InlineData("/v1/simulate", "scenario: x\nclock: {from: yesterday}\n", 2)]
    [InlineData("/v1/what-if", "{\"what-if\": \"x\", \"edits\": [{\"drop\": {\"deall\": \"y\"}}]}", 1)]
    public async Task A_fault_of_the_file_is_named_by_line_and_column(string address, string file, int line)
    {
        var problem = await _service.ProblemAsync(HttpMethod.Post, address, 400, RunningService.Json(file, "application/yaml"));
        var error = problem["errors"]!.AsArray().First(error => (int?)error!["line"] == line)!;
        error["column"].ShouldNotBeNull(problem.ToJsonString());
    }

    [Theory]
    [InlineData("/v1/what-if?company=nvidai", Late, "nvidia")]
    [InlineData("/v1/what-if", "what-if: x\nedits:\n  - drop: {deal: NO-SUCH}\n", "edit 1")]
    public async Task What_has_no_answer_fails_with_the_reason(string address, string file, string says)
    {
        var ended = await _service.EndAsync(await _service.BeginAsync(address, file));
        ((string?)ended["state"]).ShouldBe("failed");
        ((string?)ended["problem"]!["detail"])!.ShouldContain(says);
        ((string?)(await _service.ProblemAsync(HttpMethod.Get, $"/v1/jobs/{ended["job"]}/result", 409))["code"]).ShouldBe("no-answer");
    }

    [Fact]
    public async Task Jobs_wait_in_a_line_of_bounded_length_are_cancelled_and_their_answers_forgotten()
    {
        await using var service = await RunningService.StartAsync(options => options with { JobsMax = 2, JobsKept = 2 });
        var (running, waiting) = (await service.BeginAsync("/v1/simulate", LongWork.Endless), await service.BeginAsync("/v1/simulate", LongWork.Endless));
        ((string?)(await service.ProblemAsync(HttpMethod.Post, "/v1/simulate", 503, RunningService.Json(LongWork.Endless, "application/yaml")))["code"]).ShouldBe("busy");
        ((string?)(await service.ProblemAsync(HttpMethod.Get, waiting + "/result", 409))["code"]).ShouldBe("job-unfinished");

        // Commands and questions go on while a job computes.
        (await service.SendAsync(Orders.Register("acme"))).EnsureSuccessStatusCode().Dispose();
        foreach (var job in new[] { waiting, running })
        {
            (await service.Client.DeleteAsync(job)).EnsureSuccessStatusCode().Dispose();
        }

        ((string?)(await service.EndAsync(running))["state"]).ShouldBe("cancelled");
        ((string?)(await service.ProblemAsync(HttpMethod.Get, running + "/result", 409))["code"]).ShouldBe("job-cancelled");
        var short1 = await service.EndAsync(await service.BeginAsync("/v1/simulate?until=2000-02-01", LongWork.Endless));
        var short2 = await service.EndAsync(await service.BeginAsync("/v1/simulate?until=2000-02-01", LongWork.Endless));
        ((string?)short2["state"]).ShouldBe("done", short2.ToJsonString());

        // What is too old is forgotten before the next job begins.
        await service.EndAsync(await service.BeginAsync("/v1/simulate?until=2000-02-01", LongWork.Endless));
        await service.EndAsync(await service.BeginAsync("/v1/simulate?until=2000-02-01", LongWork.Endless));
        await service.ProblemAsync(HttpMethod.Get, $"/v1/jobs/{short1["job"]}", 404);
        await service.ProblemAsync(HttpMethod.Get, running, 404);
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_ended()
    {
        await using var service = await RunningService.StartAsync(options => options with { JobWithin = TimeSpan.FromMilliseconds(50) });
        var ended = await service.EndAsync(await service.BeginAsync("/v1/simulate", LongWork.Endless));
        ((string?)ended["problem"]!["code"]).ShouldBe("too-slow", ended.ToJsonString());
    }

    [Fact]
    public async Task A_job_is_seen_by_its_caller_and_by_admins_only()
    {
        using var folder = new TempFolder();
        var keys = new[] { Role.Read, Role.Write, Role.Admin }.Select(role => (role, made: ApiKeys.Create($"the-{role}", role))).ToDictionary(one => one.role, one => one.made);
        folder.Write("keys.json", $"[{string.Join(',', keys.Values.Select(key => key.Entry))}]");
        await using var service = await RunningService.StartAsync(options => options with { Keys = folder["keys.json"] });
        void As(Role role) => service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keys[role].Key);
        As(Role.Read);
        var job = await service.BeginAsync("/v1/simulate?until=2000-02-01", LongWork.Endless);
        await service.EndAsync(job);
        As(Role.Write);
        await service.ProblemAsync(HttpMethod.Get, job, 404);
        await service.ProblemAsync(HttpMethod.Delete, job, 404);
        (await service.GetAsync("/v1/jobs"))["jobs"]!.AsArray().ShouldBeEmpty();
        As(Role.Admin);
        (await service.GetAsync("/v1/jobs"))["jobs"]!.AsArray().Count.ShouldBe(1);
        (await service.Client.GetAsync(job + "/result")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string[] Words(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Task SameAsync(string address, string? file, string[] arguments) => _service.SameAsCommandLineAsync(address, file, arguments);
}
