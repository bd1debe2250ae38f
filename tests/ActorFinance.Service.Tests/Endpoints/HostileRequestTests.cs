using System.Net;
using System.Text;
using ActorFinance.Service.Endpoints;
using CsCheck;

namespace ActorFinance.Service.Tests.Endpoints;

/// <summary>Whatever is sent, the answer is a document that says what is wrong, never a 500, and the service goes on.</summary>
public sealed class HostileRequestTests(DealsService deals) : IClassFixture<DealsService>
{
    private readonly RunningService _service = deals.Service;

    public static TheoryData<string, byte[]> Bodies => new()
    {
        { "deep", Encoding.UTF8.GetBytes(new string('[', 100_000)) },
        { "deep object", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"command\":", 5_000))) },
        { "NaN", Order("NaN") },
        { "too large", Order("1e400") },
        { "a number", Order("5") },
        { "wrong type", Order("[]") },
        { "too many decimals", Order("\"0.00000000000000000001 USD\"") },
        { "duplicate key", Encoding.UTF8.GetBytes("""{"id":"a","id":"b","company":"openai","effective":"2026-01-01","command":{"type":"complete-deal"}}""") },
        { "no type", Encoding.UTF8.GetBytes("""{"id":"a","company":"openai","effective":"2026-01-01","command":{}}""") },
        { "unknown type", Encoding.UTF8.GetBytes("""{"id":"a","company":"openai","effective":"2026-01-01","command":{"type":"steal"}}""") },
        { "null", "null"u8.ToArray() },
        { "empty", [] },
        { "not UTF-8", [0x22, 0xC3, 0x28, 0x22] },
        { "lone surrogate", Encoding.UTF8.GetBytes("""{"id":"\ud800","company":"openai","effective":"2026-01-01","command":{"type":"complete-deal"}}""") },
        { "NUL", "{\"id\":\"a\0\"}"u8.ToArray() },
        { "year 0", Encoding.UTF8.GetBytes("""{"id":"a","company":"openai","effective":"0000-01-01","command":{"type":"complete-deal"}}""") },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_hostile_body_is_bad_input(string what, byte[] body)
    {
        what.ShouldNotBeEmpty();
        foreach (var type in new[] { "application/json", "application/x-ndjson" })
        {
            var problem = await _service.ProblemAsync(HttpMethod.Post, "/v1/commands", 400, RunningService.Json(body, type));
            problem["errors"]!.AsArray().ShouldNotBeEmpty();
            problem.ToJsonString().ShouldNotContain("Exception");
        }
    }

    [Fact]
    public async Task A_body_past_the_limit_is_not_read()
    {
        // As curl does with large bodies: it asks before it sends.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands") { Content = RunningService.Json(new byte[5 * 1024 * 1024]), Headers = { ExpectContinue = true } };
        using var response = await _service.Client.SendAsync(request);
        await RunningService.ProblemOf(response, 413);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused() =>
        await _service.ProblemAsync(HttpMethod.Post, "/v1/commands", 415, RunningService.Json("{}", "text/plain"));

    [Theory]
    [InlineData("/v1/cash?nonsense=1", "query")]
    [InlineData("/v1/cash?asof=2026-01-01", "query")]
    [InlineData("/v1/cash?asOf=yesterday", "asOf")]
    [InlineData("/v1/cash?asOf=2026-01-01&asOf=2026-01-02", "asOf")]
    [InlineData("/v1/cash?asKnown=99999999999999999999", "asKnown")]
    [InlineData("/v1/cash?company=N%00", "company")]
    [InlineData("/v1/events?limit=0", "limit")]
    [InlineData("/v1/events?cursor=AAAA", "cursor")]
    [InlineData("/v1/circular?from=2027-01-01&to=2026-01-01", "from")]
    public async Task A_wrong_parameter_is_named(string address, string field)
    {
        var problem = await _service.ProblemAsync(HttpMethod.Get, address, 400);
        ((string?)problem["errors"]![0]!["field"]).ShouldBe(field);
    }

    [Theory]
    [InlineData("/v1/cash?company=nvidai", 404, "nvidia")]
    [InlineData("/v1/cash?asKnown=1000000", 410, "1000000")]
    [InlineData("/v1/deals/none", 404, "none")]
    [InlineData("/nowhere", 404, "/nowhere")]
    public async Task What_is_not_there_is_said(string address, int status, string says) =>
        ((string?)(await _service.ProblemAsync(HttpMethod.Get, address, status))["detail"])!.ShouldContain(says);

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_said() => await _service.ProblemAsync(HttpMethod.Delete, "/v1/cash", 405);

    [Fact]
    public async Task Every_problem_has_a_page_that_explains_it()
    {
        foreach (var code in Problem.Own.Select(own => own.Code).Append("above-authorised"))
        {
            using var page = await _service.Client.GetAsync($"/problems/{code}");
            page.StatusCode.ShouldBe(HttpStatusCode.OK, code);
            (await page.Content.ReadAsStringAsync()).ShouldStartWith(code);
        }
    }

    /// <summary>Any of the parameters that the document names, with values right, wrong and strange.</summary>
    [Fact]
    public async Task No_question_that_can_be_put_together_breaks_the_service()
    {
        string[] values = ["nvidia", "openai", "2026-01-01", "9999-12-31", "0001-01-01", "0", "1", "12", "20", "true", "false", "paid", "announced", "fifo", "USD", "-1", "%00", "1e9", "", "nvidia:1", "all", "%F0%9F%92%A9"];
        var questions = ServiceEndpoints.All.Where(endpoint => endpoint is { Method: "GET", IsStream: false } && endpoint.Path.StartsWith("/v1", StringComparison.Ordinal)).ToArray();
        var sample =
            from endpoint in Gen.Int[0, questions.Length - 1].Select(at => questions[at])
            from count in Gen.Int[0, 3]
            from picks in Gen.Select(Gen.Int[0, 63], Gen.Int[0, values.Length - 1].Select(at => values[at])).Array[count]
            select $"{endpoint.Path.Replace("{company}", "nvidia").Replace("{deal}", "NVDA-OAI-2026")}?" + string.Join('&', picks
                .Where(_ => endpoint.Parameters.Count > 0)
                .Select(pick => $"{endpoint.Parameters[pick.Item1 % endpoint.Parameters.Count].Name}={pick.Item2}"));
        await sample.SampleAsync(
            async address =>
            {
                using var response = await _service.Client.GetAsync(address);
                var body = await response.Content.ReadAsStringAsync();
                ((int)response.StatusCode).ShouldNotBe(500, $"{address}\n{body}");
                response.Content.Headers.ContentType!.MediaType.ShouldBe(response.IsSuccessStatusCode ? "application/json" : "application/problem+json", address);
            },
            iter: Effort.Samples(300));
    }

    private static byte[] Order(string amount) => Encoding.UTF8.GetBytes(
        $$$"""{"id":"hostile","company":"openai","effective":"2026-01-01","command":{"type":"pay-purchase","seller":"nvidia","amount":{{{amount}}}}}""");
}
