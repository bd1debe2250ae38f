using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Security;
using Grpc.Core;
using Grpc.Net.Client;

namespace ActorFinance.Service.Tests.Security;

/// <summary>Every address with every role and with none; the table is the contract.</summary>
public sealed class AccessTests
{
    private static readonly Dictionary<string, Role> Table = new(StringComparer.Ordinal)
    {
        ["POST /v1/commands"] = Role.Write,
        ["GET /v1/events"] = Role.Read,
        ["GET /v1/stream"] = Role.Read,
        ["GET /v1/subscriptions"] = Role.Read,
        ["PUT /v1/subscriptions/{subscription}"] = Role.Read,
        ["GET /v1/subscriptions/{subscription}"] = Role.Read,
        ["GET /v1/subscriptions/{subscription}/stream"] = Role.Read,
        ["POST /v1/subscriptions/{subscription}/acknowledge"] = Role.Read,
        ["POST /v1/subscriptions/{subscription}/park"] = Role.Read,
        ["GET /v1/subscriptions/{subscription}/parked"] = Role.Read,
        ["POST /v1/subscriptions/{subscription}/parked/{offset}/replay"] = Role.Read,
        ["DELETE /v1/subscriptions/{subscription}/parked/{offset}"] = Role.Read,
        ["DELETE /v1/subscriptions/{subscription}"] = Role.Read,
        ["POST /v1/what-if"] = Role.Read,
        ["POST /v1/simulate"] = Role.Read,
        ["GET /v1/branches"] = Role.Read,
        ["GET /v1/branches/{branch}"] = Role.Read,
        ["PUT /v1/branches/{branch}"] = Role.Write,
        ["POST /v1/branches/{branch}/show"] = Role.Read,
        ["POST /v1/branches/compare"] = Role.Read,
        ["POST /v1/branches/{branch}/edit"] = Role.Write,
        ["POST /v1/branches/{branch}/rename"] = Role.Write,
        ["POST /v1/branches/{branch}/promote"] = Role.Write,
        ["POST /v1/branches/{branch}/archive"] = Role.Write,
        ["GET /v1/jobs"] = Role.Read,
        ["GET /v1/jobs/{job}"] = Role.Read,
        ["GET /v1/jobs/{job}/result"] = Role.Read,
        ["DELETE /v1/jobs/{job}"] = Role.Read,
        ["GET /v1/companies"] = Role.Read,
        ["GET /v1/companies/{company}"] = Role.Read,
        ["GET /v1/deals"] = Role.Read,
        ["GET /v1/deals/{deal}"] = Role.Read,
        ["GET /v1/cash"] = Role.Read,
        ["GET /v1/ownership"] = Role.Read,
        ["GET /v1/circular"] = Role.Read,
        ["GET /v1/verify"] = Role.Admin,
        ["GET /v1/status"] = Role.Read,
        ["GET /metrics"] = Role.Read,
        ["GET /health/live"] = Role.Anyone,
        ["GET /health/ready"] = Role.Anyone,
        ["GET /problems/{code}"] = Role.Anyone,
        ["GET /openapi.json"] = Role.Anyone,
    };

    [Fact]
    public async Task Each_address_lets_in_whom_the_table_says_and_nobody_else()
    {
        ServiceEndpoints.All.Select(endpoint => $"{endpoint.Method} {endpoint.Path}").ShouldBe(Table.Keys, ignoreOrder: true);
        using var folder = new TempFolder();
        var keys = new Dictionary<Role, string?> { [Role.Anyone] = null };
        var entries = new JsonArray();
        foreach (var role in new[] { Role.Read, Role.Write, Role.Admin })
        {
            (keys[role], var entry) = ApiKeys.Create($"the-{role}", role);
            entries.Add(JsonNode.Parse(entry));
        }

        folder.Write("keys.json", entries.ToJsonString());
        await using var service = await RunningService.StartAsync(options => options with { Keys = folder["keys.json"] });
        foreach (var (address, needed) in Table)
        {
            foreach (var (role, key) in keys)
            {
                var status = await StatusOf(service, address, key);
                if (role >= needed)
                {
                    status.ShouldNotBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.InternalServerError]);
                }
                else
                {
                    status.ShouldBe(role == Role.Anyone ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, $"{address} as {role}");
                }
            }

            (await StatusOf(service, address, "afk_wrong")).ShouldBe(await StatusOf(service, address, null), address);
        }
    }

    [Fact]
    public async Task A_key_is_added_and_withdrawn_without_a_restart_and_its_name_is_in_the_event()
    {
        using var folder = new TempFolder();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var (first, entry) = ApiKeys.Create("ingest", Role.Write);
        folder.Write("keys.json", $"[{entry}]");
        await using var service = await RunningService.StartAsync(options => options with { Keys = folder["keys.json"], Clock = clock, Heartbeat = TimeSpan.FromMilliseconds(20) });
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", first);
        await using var stream = EventStream.ReadAsync(service.Client).GetAsyncEnumerator();
        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        using var call = new Contract.V1.EventStream.EventStreamClient(channel).Read(new(), new Metadata { { "authorization", $"Bearer {first}" } }, DateTime.UtcNow.AddMinutes(1));
        (await stream.MoveNextAsync()).ShouldBeTrue();
        (await call.ResponseStream.MoveNext()).ShouldBeTrue();
        (await service.SendAsync(Orders.Register("acme"))).Dispose();
        ((string?)(await service.GetAsync("/v1/events?atLeast=1"))["events"]![0]!["issuedBy"]).ShouldBe("ingest");

        var (second, other) = ApiKeys.Create("other", Role.Read);
        folder.Write("keys.json", $"[{other}]");
        File.SetLastWriteTimeUtc(folder["keys.json"], DateTime.UtcNow.AddMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(2));
        (await StatusOf(service, "GET /v1/cash", second)).ShouldBe(HttpStatusCode.OK);
        (await StatusOf(service, "GET /v1/cash", first)).ShouldBe(HttpStatusCode.Unauthorized);

        // What it has opened ends too.
        clock.Advance(TimeSpan.FromSeconds(10));
        while (await stream.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1)))
        {
        }

        var ended = await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
            }
        });
        ended.StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Who_sends_too_much_is_told_when_to_go_on()
    {
        await using var service = await RunningService.StartAsync(options => options with { RateMax = 1 });
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 50 && !answers.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var response = await service.Client.GetAsync("/health/live");
            answers.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            }
        }

        answers.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    /// <summary>A page in a browser on the same machine, by a name that it made point here.</summary>
    [Fact]
    public async Task Without_keys_only_names_of_this_machine_are_answered()
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/cash") { Headers = { Host = "evil.example" } };
        using var response = await service.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/commands") { Headers = { { "Origin", "https://evil.example" }, { "Access-Control-Request-Method", "POST" } } };
        using var answer = await service.Client.SendAsync(preflight);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static async Task<HttpStatusCode> StatusOf(RunningService service, string address, string? key)
    {
        var (method, path) = (address.Split(' ')[0], address.Split(' ')[1].Replace("{company}", "nobody").Replace("{deal}", "none").Replace("{code}", "busy").Replace("{offset}", "1").Replace("{branch}", "none").Replace("{job}", "none")
            .Replace("{subscription}", $"of-{key?[..9].Replace('_', '-') ?? "nobody"}"));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            request.Content = RunningService.Json("{}");
        }

        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }
}
