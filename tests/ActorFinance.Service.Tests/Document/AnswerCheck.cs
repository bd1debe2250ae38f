using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Tests.Document;

/// <summary>Holds an answer to what the document says of its operation.</summary>
internal static partial class AnswerCheck
{
    private const string ProblemType = "application/problem+json";
    private static readonly string[] Codes = [.. ProblemsEndpoint.Codes];

    /// <summary>The body, where it is JSON.</summary>
    /// <exception cref="ShouldAssertException">The answer is not what the document says.</exception>
    public static async Task<JsonNode?> CheckAsync(Sent sent, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var body = isStream ? await FirstLineAsync(response) : await response.Content.ReadAsStringAsync();
        var shown = $"{sent}\n-> {status} {body[..Math.Min(body.Length, 2_000)]}";
        status.ShouldNotBe(500, shown);
        sent.Operation.Responses.ShouldContainKey(status, shown);
        if (!sent.IsAllowed)
        {
            status.ShouldBeGreaterThanOrEqualTo(400, shown);
        }

        var declared = sent.Operation.Responses[status];
        foreach (var (header, _) in declared["headers"]?.AsObject() ?? [])
        {
            (header == "Link" || response.Headers.Contains(header)).ShouldBeTrue($"{header} is missing\n{shown}");
        }

        Safe(sent, response, body, shown);
        if (declared["content"]?.AsObject().Single() is not { } content)
        {
            body.ShouldBeEmpty(shown);
            return null;
        }

        response.Content.Headers.ContentType?.MediaType.ShouldBe(content.Key, shown);
        if (!content.Key.EndsWith("json", StringComparison.Ordinal))
        {
            body.ShouldNotBeEmpty(shown);
            return null;
        }

        var json = JsonNode.Parse(body);
        DocumentSchemas.Misfit(content.Value!["schema"]!.AsObject(), json).ShouldBeNull(shown);
        if (content.Key == ProblemType)
        {
            Explained(json!.AsObject(), status, shown);
        }

        return json;
    }

    /// <summary>RFC 9457, with a type that the service explains.</summary>
    private static void Explained(JsonObject problem, int status, string shown)
    {
        var code = (string)problem["code"]!;
        ((string?)problem["type"]).ShouldBe($"/problems/{code}", shown);
        Codes.ShouldContain(code, shown);
        ((int)problem["status"]!).ShouldBe(status, shown);
        if (Problem.Own.FirstOrDefault(own => own.Code == code) is { Code: not null } own)
        {
            status.ShouldBe(own.Status, shown);
        }
    }

    /// <summary>Nothing of how the service is made, and the headers that a browser heeds.</summary>
    private static void Safe(Sent sent, HttpResponseMessage response, string body, string shown)
    {
        // The metrics and the document name what they count and describe.
        if (sent.Operation.Path is not ("/metrics" or "/openapi.json"))
        {
            Internals().Match(body).Value.ShouldBeEmpty(shown);
        }

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], shown);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"], shown);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"], shown);
        response.Headers.Any(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || header.Key is "Server" or "X-Powered-By" or "X-Evil").ShouldBeFalse(shown);
    }

    private static async Task<string> FirstLineAsync(HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        return await reader.ReadLineAsync() ?? "";
    }

    [GeneratedRegex(@"\bat [A-Z]\w+\.\w+|Exception|\b(System|Microsoft|Akka|ActorFinance|Npgsql|Sqlite|LinqToDB)\.[A-Z]|\.cs\b|LineNumber:|BytePositionInLine|/home/|/root/|/usr/|SELECT |INSERT ")]
    private static partial Regex Internals();
}
