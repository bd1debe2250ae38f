using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Crash;

public sealed class ProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_it_in_good_order_and_what_it_took_is_there(string signal)
    {
        using var service = await ServiceProcess.StartAsync(_folder.Path);
        await using var stream = EventStream.ReadAsync(service.Client).GetAsyncEnumerator();
        using var sent = await service.Client.PostAsync("/v1/commands", RunningService.Json(CommandJson.Serialize(Orders.Register("acme"))));
        sent.IsSuccessStatusCode.ShouldBeTrue();
        (await stream.MoveNextAsync()).ShouldBeTrue();

        (await service.TerminateAsync(signal)).ShouldBe(0);
        var verified = await CommandLine.AskAsync(_folder.Path, "verify", "--journal", "book.db");
        verified.GetProperty("rows").GetInt64().ShouldBe(1);
        verified.GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_a_reader_is_not()
    {
        using var service = await ServiceProcess.StartAsync(_folder.Path);
        var second = await CommandLine.RunAsync(_folder.Path, "serve", "--journal", "book.db", "--url", "http://127.0.0.1:0");
        second.ExitCode.ShouldBe(3, second.ToString());
        second.Err.ShouldContain("book.db");
        var taken = await CommandLine.RunAsync(_folder.Path, "serve", "--journal", "other.db", "--url", service.Url.ToString());
        taken.ExitCode.ShouldBe(3, taken.ToString());
        taken.Err.Trim().ShouldBe($"cannot listen on {service.Url}: Failed to bind to address {service.Url.ToString().TrimEnd('/')}: address already in use.");
        (await CommandLine.RunAsync(_folder.Path, "cash", "--journal", "book.db")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Off_the_loopback_address_it_does_not_start_without_keys_and_says_what_to_do()
    {
        var open = await CommandLine.RunAsync(_folder.Path, "serve", "--journal", "book.db", "--url", "http://0.0.0.0:0");
        open.ExitCode.ShouldBe(1, open.ToString());
        open.Err.ShouldContain("actorfinance key NAME --role admin");
        open.Err.ShouldContain("Service:Keys");
        File.Exists(_folder["book.db"]).ShouldBeFalse();

        var key = await CommandLine.RunAsync(_folder.Path, "key", "ops", "--role", "admin", "--keys", "keys.json");
        using var service = await ServiceProcess.StartAsync(_folder.Path, "--keys", "keys.json");
        using var refused = await service.Client.GetAsync("/v1/status");
        ((int)refused.StatusCode).ShouldBe(401);
        var status = await CommandLine.RunAsync(_folder.Path, new Dictionary<string, string> { ["ACTORFINANCE_KEY"] = key.Out.Trim() }, "status", "--url", service.Url.ToString(), "--output", "json");
        status.ExitCode.ShouldBe(0, status.ToString());
        ((string?)JsonNode.Parse(status.Out)!["caller"]).ShouldBe("ops");
        (await File.ReadAllTextAsync(_folder["keys.json"])).ShouldNotContain(key.Out.Trim());
    }

    [Theory]
    [InlineData("""{"Service":{"BatchMax":"many"}}""", "Service:BatchMax 'many' must be a whole number from 1 to 100000")]
    [InlineData("""{"Service":{"Jurnal":"x.db"}}""", "Service:Jurnal is no setting")]
    [InlineData("""{"Service":{"Url":"nowhere"}}""", "Service:Url 'nowhere' must be an address")]
    [InlineData("""{"Service":""", "settings.json")]
    public async Task A_wrong_setting_is_named_with_its_file_and_key(string settings, string says)
    {
        _folder.Write("settings.json", settings);
        var started = await CommandLine.RunAsync(_folder.Path, "serve", "--journal", "book.db", "--settings", "settings.json");
        started.ExitCode.ShouldBe(1, started.ToString());
        started.Err.ShouldContain(says);
        File.Exists(_folder["book.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_backup_beside_the_running_service_is_whole_and_verified()
    {
        using var service = await ServiceProcess.StartAsync(_folder.Path);
        var commands = RunningService.Lines([Orders.Register("nvidia"), Orders.Register("openai"), .. Enumerable.Range(0, 200).Select(i => Orders.Pay($"order-{i}", "openai", "nvidia", 1))]);
        using var sent = await service.Client.PostAsync("/v1/commands", RunningService.Json(commands, "application/x-ndjson"));
        sent.IsSuccessStatusCode.ShouldBeTrue();

        var backup = await CommandLine.RunAsync(_folder.Path, "backup", "copy.db", "--journal", "book.db");
        backup.ExitCode.ShouldBe(0, backup.ToString());
        backup.Out.ShouldContain("202 events of 2 chains, verified");
        (await CommandLine.RunAsync(_folder.Path, "backup", "copy.db", "--journal", "book.db")).ExitCode.ShouldBe(3);
        var there = await CommandLine.AskAsync(_folder.Path, "cash", "--journal", "copy.db");
        JsonNode.DeepEquals(JsonNode.Parse(there.GetRawText()), JsonNode.Parse(await service.Client.GetStringAsync("/v1/cash"))).ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();
}
