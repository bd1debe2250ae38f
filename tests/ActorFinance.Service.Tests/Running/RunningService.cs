using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Files;
using ActorFinance.Service.Hosting;
using Microsoft.Extensions.Configuration;

namespace ActorFinance.Service.Tests.Running;

/// <summary>The service in this process: real HTTP on a port of its own, a real journal in a folder of its own.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly IConfiguration Quiet = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" })
        .Build();

    private readonly Func<ServiceOptions, ServiceOptions> _options;
    private ServiceHost? _host;

    private RunningService(Func<ServiceOptions, ServiceOptions> options) => _options = options;

    public TempFolder Folder { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where it speaks gRPC.</summary>
    public Uri GrpcUrl => _host!.GrpcUrl!;

    /// <summary>In the folder, unless the options say otherwise.</summary>
    public string Journal => _options(new() { Journal = Folder["book.db"] }).Journal;

    public static async Task<RunningService> StartAsync(Func<ServiceOptions, ServiceOptions>? options = null)
    {
        var service = new RunningService(options ?? (given => given));
        await service.StartAgainAsync();
        return service;
    }

    public async Task StartAgainAsync()
    {
        _host = await ServiceHost.StartAsync(_options(new() { Journal = Folder["book.db"], Url = "http://127.0.0.1:0", GrpcUrl = "http://127.0.0.1:0" }), Quiet);
        Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = _host.Url, Timeout = TimeSpan.FromMinutes(2) };
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    public async Task<JsonObject> GetAsync(string address)
    {
        using var response = await Client.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The problem that the request ends with.</summary>
    public async Task<JsonObject> ProblemAsync(HttpMethod method, string address, int status, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        using var response = await Client.SendAsync(request);
        return await ProblemOf(response, status);
    }

    public static async Task<JsonObject> ProblemOf(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!.AsObject();
        ((int)problem["status"]!).ShouldBe(status);
        ((string?)problem["type"]).ShouldBe($"/problems/{problem["code"]}");
        return problem;
    }

    public Task<HttpResponseMessage> SendAsync(CommandEnvelope command) => Client.PostAsync("/v1/commands", Json(CommandJson.Serialize(command)));

    public static HttpContent Json(byte[] body, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    public static HttpContent Json(string body, string type = "application/json") => Json(Encoding.UTF8.GetBytes(body), type);

    /// <summary>Sends commands as one batch; the outcome of each.</summary>
    public async Task<JsonArray> SendAsync(IEnumerable<CommandEnvelope> commands)
    {
        using var response = await Client.PostAsync("/v1/commands", Json(Lines(commands), "application/x-ndjson"));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!["results"]!.AsArray();
    }

    public static byte[] Lines(IEnumerable<CommandEnvelope> commands)
    {
        using var lines = new MemoryStream();
        foreach (var command in commands)
        {
            lines.Write(CommandJson.Serialize(command));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    /// <summary>The commands of a bundled scenario, registrations first, as an import sends them.</summary>
    public static IReadOnlyList<CommandEnvelope> Scenario(string name)
    {
        var read = CommandFile.Read(Path.Combine(AppContext.BaseDirectory, "scenarios", name)).ShouldBeOfType<ReadResult.Accepted>();
        return [.. read.Book.Commands.Select(command => command.Envelope).OrderBy(command => command.Command is RegisterCompany ? 0 : 1)];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Dispose();
    }
}

/// <summary>The book of the AI deals, sent over HTTP once for all tests of a class; they only ask it.</summary>
public sealed class DealsService : IAsyncLifetime
{
    public RunningService Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Service = await RunningService.StartAsync();
        foreach (var result in await Service.SendAsync(RunningService.Scenario("ai-deals.yaml")))
        {
            ((string?)result!["outcome"]).ShouldBe("accepted", result.ToJsonString());
        }

        // A question that names no offset is answered from wherever its projection is; the command line reads to the end.
        var end = (await Service.GetAsync("/v1/verify"))["asKnown"]!["offset"];
        foreach (var projection in (string[])["cash", "ownership", "circular"])
        {
            await Service.GetAsync($"/v1/{projection}?atLeast={end}");
        }
    }

    public async Task DisposeAsync() => await Service.DisposeAsync();
}
