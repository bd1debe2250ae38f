using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Tests.Endpoints;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The published document: a change of the contract is a change of that file. ACTORFINANCE_WRITE_DOCS=1 writes it anew.</summary>
    [Fact]
    public async Task The_document_is_the_published_one()
    {
        var file = Path.Combine(Root(), "docs", "openapi.json");
        var made = OpenApiEndpoint.Document.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, made);
        }

        made.ShouldBe(await File.ReadAllTextAsync(file));
    }

    /// <summary>By a reader that is not ours, and that generators of clients stand on (decision 0171).</summary>
    [Fact]
    public void The_document_is_read_without_an_error_or_a_warning()
    {
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(OpenApiEndpoint.Document.ToJsonString(), "json");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        read.Document!.Paths.Sum(path => path.Value.Operations!.Count).ShouldBe(ServiceEndpoints.All.Count);
    }

    [Fact]
    public void Every_reference_in_the_document_leads_somewhere()
    {
        var document = OpenApiEndpoint.Document;
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var reference in References(document))
        {
            schemas.ContainsKey(reference["#/components/schemas/".Length..]).ShouldBeTrue(reference);
        }
    }

    [Fact]
    public async Task The_reference_page_brings_its_script_and_asks_no_other_server()
    {
        await using var service = await RunningService.StartAsync();
        var page = await service.Client.GetStringAsync("/docs");
        page.ShouldContain("openapi.json");
        var scripts = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href|import[^\"']*)[=( ]*[\"']([^\"']+)[\"']").Select(match => match.Groups[1].Value).ToList();
        scripts.ShouldNotBeEmpty();
        scripts.Where(address => address.Contains("://", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_metrics_page_counts_what_was_done()
    {
        await using var service = await RunningService.StartAsync();
        (await service.SendAsync(Orders.Register("acme"))).Dispose();
        var page = await service.Client.GetStringAsync("/metrics");
        page.ShouldContain("actorfinance_commands_total{");
        page.ShouldContain("outcome=\"accepted\"");
        page.ShouldContain("actorfinance_streams");
        page.ShouldContain("http_server_request_duration");
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue reference } ? [reference.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
