using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Hostile;

/// <summary>Whatever the body, the answer says what is wrong with it, the service is no larger and the journal is no other than before.</summary>
public sealed class HostileBodyTests(AttackedService service) : IClassFixture<AttackedService>
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";

    /// <summary>Far more than is taken.</summary>
    private const long Flood = 100 * 1024 * 1024;

    private static readonly (string Method, string Address)[] Files = [("POST", "/v1/what-if"), ("POST", "/v1/simulate"), ("PUT", "/v1/branches/hostile")];

    [Fact]
    public Task Bombs_in_json_are_refused_with_what_is_wrong() => service.StandsAsync(async () =>
    {
        foreach (var (name, body) in Bombs.Json)
        {
            await RefusedAsync(name, HttpMethod.Post, "/v1/commands", body, Json);
            await RefusedAsync(name, HttpMethod.Post, "/v1/commands", body, "application/x-ndjson");
            await RefusedAsync(name, HttpMethod.Put, "/v1/subscriptions/hostile", body, Json);
        }

        foreach (var (name, body) in Bombs.Lines)
        {
            await RefusedAsync(name, HttpMethod.Post, "/v1/commands", body, "application/x-ndjson");
        }
    });

    [Fact]
    public Task Bombs_in_files_are_refused_with_what_is_wrong() => service.StandsAsync(async () =>
    {
        foreach (var (name, body) in Bombs.Yaml)
        {
            await RefusedAsync(name, HttpMethod.Post, body.AsSpan().StartsWith("scenario"u8) ? "/v1/simulate" : "/v1/what-if", body, Yaml);
        }

        foreach (var (name, body) in Bombs.Yaml.Take(4))
        {
            await RefusedAsync(name, HttpMethod.Put, "/v1/branches/hostile", body, Yaml);
        }

        // Read by the same reader whatever they are called: once is enough.
        foreach (var (name, body) in Bombs.Json)
        {
            await RefusedAsync(name, HttpMethod.Post, "/v1/what-if", body, Json);
        }
    });

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    [InlineData("application/json", "br, gzip")]
    public Task A_body_that_would_have_to_be_unfolded_is_not_read(string type, string? encoding) => service.StandsAsync(async () =>
    {
        foreach (var (method, address) in (IEnumerable<(string, string)>)[.. Files, ("POST", "/v1/commands"), ("PUT", "/v1/subscriptions/hostile")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new ByteArrayContent(Zipped()) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding ?? "identity");
            using var response = await service.Client.SendAsync(request);
            ((string?)(await RunningService.ProblemOf(response, 415))["detail"])!.ShouldContain("must be");
        }
    });

    /// <summary>The length is stated: nothing of it is read. It is not: the reading stops at the limit.</summary>
    [Theory]
    [InlineData("Content-Length: 104857600", false)]
    [InlineData("Transfer-Encoding: chunked", true)]
    public Task A_flood_is_cut_at_the_limit(string length, bool isChunked) => service.StandsAsync(async () =>
    {
        foreach (var (method, address) in (IEnumerable<(string, string)>)[.. Files, ("POST", "/v1/commands")])
        {
            await using var connection = await RawConnection.OpenAsync(service.Url);
            await connection.TrySendAsync($"{method} {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{length}\r\n\r\n");
            var answers = connection.AnswersAsync();
            var sent = await FloodAsync(connection, isChunked);
            sent.ShouldBeLessThan(Flood);
            var answer = (await answers).ShouldHaveSingleItem();
            answer.Status.ShouldBe(413);
            ((string?)answer.Problem["code"]).ShouldBe("body-too-large");
        }
    });

    /// <summary>What comes behind the stated length is no second command.</summary>
    [Fact]
    public Task A_length_that_lies_gets_one_answer() => service.StandsAsync(async () =>
    {
        await using var longer = await RawConnection.OpenAsync(service.Url);
        await longer.TrySendAsync("POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n");
        var answers = longer.AnswersAsync();
        (await FloodAsync(longer, isChunked: false)).ShouldBeLessThan(Flood);
        (await answers).Select(answer => answer.Status).ShouldAllBe(status => status == 400);

        // Shorter than stated, and then nothing: the server's patience ends it.
        await using var shorter = await RawConnection.OpenAsync(service.Url);
        await shorter.TrySendAsync("POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":");
        var answer = (await shorter.AnswersAsync()).ShouldHaveSingleItem();
        answer.Status.ShouldBe(400);
        ((string?)answer.Problem["detail"])!.ShouldContain("without long pauses");
    });

    private static async Task<long> FloodAsync(RawConnection connection, bool isChunked)
    {
        // A list that never ends, in pieces.
        var piece = Bombs.Text(Bombs.Repeated("[1,\n", 16 * 1024));
        byte[] framed = isChunked ? [.. Bombs.Text($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8] : piece;
        var sent = 0L;
        while (sent < Flood && await connection.TrySendAsync(framed))
        {
            sent += piece.Length;
        }

        return sent;
    }

    private static byte[] Zipped()
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            zip.Write(new byte[50_000_000]);
        }

        return zipped.ToArray();
    }

    private async Task RefusedAsync(string name, HttpMethod method, string address, byte[] body, string type)
    {
        using var request = new HttpRequestMessage(method, address) { Content = RunningService.Json(body, type) };
        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var shown = $"{name} to {address} as {type}: {text[..Math.Min(text.Length, 1_000)]}";
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, shown);
        text.Length.ShouldBeLessThan(200_000, shown);
        var errors = JsonNode.Parse(text)!["errors"]!.AsArray();
        errors.ShouldNotBeEmpty(shown);
        foreach (var error in errors)
        {
            ((string?)error!["field"]).ShouldNotBeNullOrEmpty(shown);
            ((string?)error["rule"]).ShouldNotBeNullOrEmpty(shown);
            ((string?)error["value"] ?? "").Length.ShouldBeLessThan(100, shown);
        }
    }
}
