using System.Net;

namespace ActorFinance.Service.Tests.Hostile;

/// <summary>What stands before a body: connections that dawdle, heads that are too large, that mean two things, or that mean nothing.</summary>
public sealed class HostileConnectionTests(AttackedService service) : IClassFixture<AttackedService>
{
    private const int Slow = 100;

    /// <summary>In place of a status: the connection is closed without a word.</summary>
    private const int Cut = 0;

    public static TheoryData<string, string, int[]> Heads => new()
    {
        { "a huge header", Get("/v1/cash", $"X-Large: {new string('x', 64 * 1024)}"), [431] },
        { "ten thousand headers", Get("/v1/cash", [.. Enumerable.Range(0, 10_000).Select(number => $"X-{number}: 1")]), [431] },
        { "a long address", Get($"/v1/cash?company={new string('x', 64 * 1024)}"), [414] },
        { "a line break in the query", Get("/v1/cash?company=%0d%0aX-Evil:%201"), [400] },
        { "a line break in the path", Get("/v1/deals/%0d%0aX-Evil:%201"), [400] },
        { "a bare line break", "GET /v1/cash HTTP/1.1\nHost: localhost\nConnection: close\n\n", [200, 400] },
        { "a folded header", Get("/v1/cash", "X-One: a\r\n b"), [400] },
        { "a space before the colon", Get("/v1/cash", "X-One : a"), [400] },
        { "a NUL in a header", Get("/v1/cash", "X-One: a\0b"), [400] },
        { "no host", "GET /v1/cash HTTP/1.1\r\n\r\n", [400] },
        { "two hosts", Get("/v1/cash", "Host: evil.example"), [400] },
        { "another host", "GET /v1/cash HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", [400] },
        { "another host in the line", "GET http://evil.example/v1/cash HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [400] },
        { "two lengths", Post("Content-Length: 2", "Content-Length: 3"), [400] },
        { "a length below nothing", Post("Content-Length: -1"), [400] },
        { "a length in hexadecimal", Post("Content-Length: 0x10"), [400] },
        { "a length past 64 bits", Post("Content-Length: 99999999999999999999"), [400] },
        { "an unknown framing", Post("Transfer-Encoding: xchunked"), [400, 501] },
        { "a hidden framing", Post("Transfer-Encoding: chunked, identity"), [400, 501] },
        { "a chunk of a negative size", Post("Transfer-Encoding: chunked") + "-1\r\n", [400] },
        { "a chunk past 64 bits", Post("Transfer-Encoding: chunked") + "ffffffffffffffffff\r\n", [400] },
        { "an absurd range", Get("/v1/cash", $"Range: bytes={string.Join(',', Enumerable.Range(0, 2_000).Select(at => $"{at}-"))}"), [200] },
        { "an absurd tag", Get("/v1/cash", $"If-None-Match: {new string('"', 8_000)}"), [200] },
        { "an absurd last event", Get("/v1/stream", $"Last-Event-ID: {new string('9', 8_000)}"), [400] },
        { "two last events", Get("/v1/stream", "Last-Event-ID: 1", "Last-Event-ID: 2"), [400] },
        { "an absurd key", Post("Content-Length: 2", $"Idempotency-Key: {new string('k', 8_000)}") + "{}", [400] },
        { "two keys", Post("Content-Length: 2", "Idempotency-Key: a", "Idempotency-Key: b") + "{}", [400] },
        { "an unknown expectation", Get("/v1/cash", "Expect: 200-ok"), [200, 417] },
        { "an upgrade", Get("/v1/cash", "Upgrade: h2c, websocket", "HTTP2-Settings: AAAA"), [200] },
        { "HTTP/1.0", "GET /v1/cash HTTP/1.0\r\n\r\n", [200] },
        { "HTTP/9.9", "GET /v1/cash HTTP/9.9\r\nHost: localhost\r\n\r\n", [400, 505] },
        { "HTTP/0.9", "GET /v1/cash\r\n\r\n", [400] },
        { "TRACE", "TRACE /v1/cash HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [405] },
        { "CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [400, 404, 405] },
        { "an unknown method", "STEAL /v1/cash HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [405] },
        { "a method in small letters", "get /v1/cash HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [200, 405] },
        { "a way up", Get("/v1/../../../etc/passwd"), [404] },
        { "a hidden way up", Get("/v1/deals/..%2f..%2f..%2fetc%2fpasswd"), [400, 404] },
        { "a hidden slash", Get("/v1/deals/a%2Fb"), [400, 404] },
        { "a hidden NUL", Get("/v1/deals/%00"), [400] },
        { "an overlong slash", Get("/v1/deals/%C0%AF"), [400, 404] },
        { "half an escape", Get("/v1/deals/%f"), [400, 404] },
        { "a backslash", Get("/v1/deals/..\\..\\windows"), [400, 404] },
        { "two slashes", Get("//v1//cash"), [404] },
        { "every address", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [400, 404, 405] },
        { "the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [Cut, 400, 505] },
        { "the beginning of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + new string('\u00aa', 200) + "\r\n\r\n", [400] },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task A_head_that_abuses_is_refused_or_means_nothing(string what, string request, int[] statuses)
    {
        await using var connection = await RawConnection.OpenAsync(service.Url);
        await connection.TrySendAsync(request);
        var answers = await connection.AnswersAsync();
        (answers.Count > 0 || statuses.Contains(Cut)).ShouldBeTrue(what);
        foreach (var answer in answers)
        {
            statuses.ShouldContain(answer.Status, $"{what}\n{answer.Head}\n{answer.Body}");
            answer.Head.ShouldNotContain("X-Evil:");
            answer.Body.ShouldNotContain("Exception");
        }

        using var others = await service.Client.GetAsync("/v1/cash");
        others.StatusCode.ShouldBe(HttpStatusCode.OK, what);
    }

    /// <summary>Two servers in a row that disagree where a request ends would let one caller speak in another's name.</summary>
    [Theory]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 6")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 6")]
    [InlineData("Content-Length: 6\r\nContent-Length: 5")]
    public Task A_request_within_a_request_is_not_answered(string framing) => service.StandsAsync(async () =>
    {
        await using var connection = await RawConnection.OpenAsync(service.Url);
        await connection.TrySendAsync($"POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}\r\n\r\n0\r\n\r\nGET /v1/companies HTTP/1.1\r\nHost: localhost\r\n\r\n");
        (await connection.AnswersAsync()).ShouldHaveSingleItem().Status.ShouldBe(400);
    });

    /// <summary>A byte now and then, of a head or of a body, holds a connection only until the server's patience is over; others are answered all the while.</summary>
    [Fact]
    public Task Connections_that_dawdle_are_cut_and_others_are_answered_meanwhile() => service.StandsAsync(async () =>
    {
        var connections = new List<RawConnection>();
        try
        {
            for (var number = 0; number < Slow; number++)
            {
                var connection = await RawConnection.OpenAsync(service.Url);
                connections.Add(connection);
                await connection.TrySendAsync(number % 2 == 0
                    ? "GET /v1/cash HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                    : "POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (connections.Any(connection => !connection.IsClosed))
            {
                patience.Token.ThrowIfCancellationRequested();
                foreach (var open in connections.Where(connection => !connection.IsClosed))
                {
                    await open.TrySendAsync("x");
                }

                using var others = await service.Client.GetAsync("/v1/cash", patience.Token);
                others.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    });

    private static string Get(string address, params IEnumerable<string> headers) =>
        $"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    private static string Post(params IEnumerable<string> headers) =>
        $"POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
}
