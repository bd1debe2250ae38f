using System.Net;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Hostile;

/// <summary>A service in a process of its own, so that what an attack costs it can be seen: its memory, its journal, its answers to others.</summary>
public sealed class AttackedService : IAsyncLifetime
{
    /// <summary>The largest body that it takes.</summary>
    public const int BodyMax = 4 * 1024 * 1024;

    /// <summary>
    /// What it may hold more than before, at its worst: a few bodies of the largest size with what is made of them (a text has two bytes a letter, a tree of
    /// nodes some thirty times its text), and not the 100 MB or the million things that it is sent.
    /// </summary>
    private const long GrowthMax = 400_000_000;

    private static readonly Dictionary<string, string> Settings = new()
    {
        // Small young generations, so that what is seen is what is held.
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_GCgen0size"] = "4000000",
        ["ACTORFINANCE_Service__BodyMaxBytes"] = $"{BodyMax}",
        ["ACTORFINANCE_Service__HeadWithinSeconds"] = "1",
        ["ACTORFINANCE_Service__BodyRateMin"] = "100000",
        ["ACTORFINANCE_Service__BodyGraceSeconds"] = "2",
    };

    private readonly TempFolder _folder = new();
    private ServiceProcess? _process;
    private int _orders;

    public Uri Url => _process!.Url;

    public HttpClient Client => _process!.Client;

    public async Task InitializeAsync()
    {
        _process = await ServiceProcess.StartAtAsync(_folder.Path, "http://127.0.0.1:0", Settings);
        using var made = await Client.PostAsync("/v1/commands", RunningService.Json(RunningService.Lines([Orders.Register("nvidia"), Orders.Register("openai")]), "application/x-ndjson"));
        made.EnsureSuccessStatusCode();
        await OrderAsync();
    }

    public Task DisposeAsync()
    {
        _process!.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Whatever is done to it: the journal is as it was to the last byte, memory stays bounded, and afterwards it lives, is ready, and takes a command.</summary>
    public async Task StandsAsync(Func<Task> attack)
    {
        var (before, held) = (await JournalAsync(), _process!.PeakBytes);
        await attack();
        (await JournalAsync()).ShouldBe(before);
        (_process.PeakBytes - held).ShouldBeLessThan(GrowthMax);
        foreach (var page in (string[])["/health/live", "/health/ready"])
        {
            using var response = await Client.GetAsync(page);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        }

        await OrderAsync();
    }

    /// <summary>An order goes through and is seen.</summary>
    private async Task OrderAsync()
    {
        using var response = await Client.PostAsync("/v1/commands", RunningService.Json(CommandJson.Serialize(Orders.Pay($"order-{++_orders}", "openai", "nvidia", 1))));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string?)answer["outcome"]).ShouldBe("accepted", answer.ToJsonString());
        using var cash = await Client.GetAsync($"/v1/cash?company=nvidia&atLeast=openai:{answer["lastSequenceNumber"]}");
        ((string?)JsonNode.Parse(await cash.Content.ReadAsStringAsync())!["balances"]![0]!["amount"]).ShouldBe($"{_orders}");
    }

    /// <summary>Where the journal ends and the digest over all its chains.</summary>
    private async Task<(long Offset, string? Seal)> JournalAsync()
    {
        using var response = await Client.GetAsync("/v1/verify?seal=true");
        var verified = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((bool)verified["sound"]!).ShouldBeTrue(verified.ToJsonString());
        return ((long)verified["asKnown"]!["offset"]!, verified["seal"]?.ToJsonString());
    }
}
