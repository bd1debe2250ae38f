using System.Net;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Tests.Security;

/// <summary>Pages in browsers: which may ask, and what they are told of answers.</summary>
public sealed class PagesTests
{
    private const string Desk = "https://desk.example";

    [Theory]
    [InlineData(null, Desk, false)]
    [InlineData(Desk, Desk, true)]
    [InlineData($"http://localhost:3000; {Desk}", Desk, true)]
    [InlineData(Desk, "https://desk.example.evil.example", false)]
    [InlineData(Desk, "http://desk.example", false)]
    [InlineData(Desk, "null", false)]
    public async Task A_page_may_ask_where_its_origin_is_named(string? origins, string origin, bool mayAsk)
    {
        await using var service = await RunningService.StartAsync(options => options with { CorsOrigins = origins });
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/branches/one")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "authorization,content-type" } },
        };
        using var allowed = await service.Client.SendAsync(preflight);
        Allowed(allowed).ShouldBe(mayAsk ? origin : null);

        using var question = new HttpRequestMessage(HttpMethod.Get, "/v1/cash") { Headers = { { "Origin", origin } } };
        using var answer = await service.Client.SendAsync(question);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Allowed(answer).ShouldBe(mayAsk ? origin : null);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        (answer.Headers.TryGetValues("Access-Control-Expose-Headers", out var read) && string.Join(',', read).Contains("ETag", StringComparison.Ordinal)).ShouldBe(mayAsk);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("desk.example")]
    [InlineData("https://desk.example/")]
    [InlineData("https://desk.example;ftp://x.example")]
    public async Task What_is_no_origin_stops_the_start(string origins) =>
        (await Should.ThrowAsync<ServiceStartException>(() => RunningService.StartAsync(options => options with { CorsOrigins = origins }))).Message.ShouldContain("Service:CorsOrigins");

    [Theory]
    [InlineData("/v1/cash", "default-src 'none'; frame-ancestors 'none'")]
    [InlineData("/nowhere", "default-src 'none'; frame-ancestors 'none'")]
    [InlineData("/docs", "frame-ancestors 'none'")]
    public async Task A_browser_is_told_what_it_may_do_with_an_answer(string address, string policy)
    {
        await using var service = await RunningService.StartAsync();
        using var answer = await service.Client.GetAsync(address);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([policy]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    private static string? Allowed(HttpResponseMessage response) => response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins.Single() : null;
}
