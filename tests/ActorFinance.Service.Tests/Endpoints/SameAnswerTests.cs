using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Endpoints;

/// <summary>An answer over HTTP and one by the command line, for the same journal and cut, are the same JSON.</summary>
public sealed class SameAnswerTests(DealsService deals) : IClassFixture<DealsService>
{
    private readonly RunningService _service = deals.Service;

    [Theory]
    [InlineData("cash", "", "cash")]
    [InlineData("cash", "?company=openai&asOf=2026-03-31", "cash --company openai --as-of 2026-03-31")]
    [InlineData("cash", "?asKnown=20", "cash --as-known 20")]
    [InlineData("cash", "?asKnown=2025-10-01&asOf=2027-12-31", "cash --as-known 2025-10-01 --as-of 2027-12-31")]
    [InlineData("events", "?limit=1000", "events")]
    [InlineData("events", "?limit=1000&all=true&asKnown=30", "events --all --as-known 30")]
    [InlineData("events", "?limit=1000&company=nvidia&type=investment-made", "events --company nvidia --type investment-made")]
    [InlineData("ownership", "", "ownership")]
    [InlineData("ownership", "?company=openai&basis=fully-diluted&asOf=2028-12-31", "ownership --company openai --basis fully-diluted --as-of 2028-12-31")]
    [InlineData("circular", "?hops=3&company=nvidia&trace=fifo", "circular --hops 3 --company nvidia --trace fifo")]
    [InlineData("circular", "?from=2025-01-01&to=2026-04-30&firmness=announced&inKind=true", "circular --from 2025-01-01 --to 2026-04-30 --firmness announced --in-kind")]
    [InlineData("verify", "?seal=true", "verify --seal")]
    public async Task Http_and_command_line_say_the_same(string address, string query, string arguments)
    {
        var http = await _service.GetAsync($"/v1/{address}{query}");
        var words = arguments.Split(' ');
        var program = await CommandLine.AskAsync(_service.Folder.Path, [words[0], "--journal", "book.db", .. words[1..]]);
        JsonNode.DeepEquals(http, JsonNode.Parse(program.GetRawText())).ShouldBeTrue($"{http}\n\n{program}");
    }

    [Fact]
    public async Task Pages_of_events_together_are_all_of_them_once_however_many_came_in_between()
    {
        var whole = (await _service.GetAsync("/v1/events?limit=1000"))["events"]!.AsArray();
        var (paged, next) = (new List<JsonNode>(), "/v1/events?limit=7");
        while (next is not null)
        {
            using var response = await _service.Client.GetAsync(next);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["events"]!.AsArray();
            page.Count.ShouldBeLessThanOrEqualTo(7);
            paged.AddRange(page.OfType<JsonNode>());
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('>')[0][1..] : null;
        }

        paged.Select(one => one.ToJsonString()).ShouldBe(whole.Select(one => one!.ToJsonString()));
    }

    [Fact]
    public async Task An_answer_that_the_caller_has_is_not_sent_again()
    {
        using var first = await _service.Client.GetAsync("/v1/cash");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/cash");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _service.Client.SendAsync(again);
        second.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();

        using var other = new HttpRequestMessage(HttpMethod.Get, "/v1/cash?asKnown=10");
        other.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var third = await _service.Client.SendAsync(other);
        third.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }
}
