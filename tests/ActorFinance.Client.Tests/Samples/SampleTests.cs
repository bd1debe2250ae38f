using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Client.Tests.Samples;

/// <summary>The samples do what they say, over a stop and a start.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_alert_tells_once_when_the_limit_is_passed_and_goes_on_behind_what_it_has_seen()
    {
        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        await Book.OpenAsync(client);
        await PayAsync(client, new("nvidia", Day, Order.Invest("openai", new(10, "USD"))) { Id = "invest" });
        using (var alert = Start("CircularityAlert", service.Client.BaseAddress!.ToString(), "nvidia", "0.5"))
        {
            await PayAsync(client, new("openai", Day, Order.PayPurchase("nvidia", new(4, "USD"))) { Id = "under" });
            await PayAsync(client, new("openai", Day, Order.PayPurchase("nvidia", new(2, "USD"))) { Id = "over" });
            (await LineAsync(alert)).ShouldBe("ALERT at offset 5: 60.0 % of what nvidia invested can have come back (purchase-paid by openai)");
            await Until.TrueAsync(async () => (await client.Subscriptions.Durable("circularity-of-nvidia").StateAsync()).Acknowledged == 5);
            alert.Kill();
            await alert.WaitForExitAsync();
        }

        await PayAsync(client, new("nvidia", Day, Order.Invest("openai", new(10, "USD"))) { Id = "again" });
        await PayAsync(client, new("openai", Day, Order.PayPurchase("nvidia", new(9, "USD"))) { Id = "over-again" });
        using var next = Start("CircularityAlert", service.Client.BaseAddress!.ToString(), "nvidia", "0.5");
        (await LineAsync(next)).ShouldStartWith("ALERT at offset 7: 75.0 %");
        next.Kill();
    }

    [Fact]
    public async Task The_mirror_has_each_event_once_however_often_it_is_killed()
    {
        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        await Book.OpenAsync(client);
        var writing = Task.Run(async () =>
        {
            for (var batch = 0; batch < 20; batch++)
            {
                (await client.Commands.SendAsync([.. Enumerable.Range(batch * 20, 20).Select(i => Book.Pay($"order-{i}", i))])).ShouldAllBe(outcome => outcome is CommandOutcome.Accepted);
            }
        });
        for (var kill = 1; kill <= 3; kill++)
        {
            using var mirror = Start("BookMirror", service.Client.BaseAddress!.ToString(), _folder["mirror.db"]);
            (await LineAsync(mirror)).ShouldStartWith("from offset ");
            await Until.TrueAsync(() => Task.FromResult(Count("SELECT count(*) FROM event") >= kill * 50));
            mirror.Kill();
            await mirror.WaitForExitAsync();
        }

        await writing;
        using (var last = Start("BookMirror", service.Client.BaseAddress!.ToString(), _folder["mirror.db"]))
        {
            await Until.TrueAsync(() => Task.FromResult(Count("SELECT event_offset FROM reached") == 402));
            last.Kill();
            await last.WaitForExitAsync();
        }

        (Count("SELECT count(*) FROM event"), Count("SELECT count(DISTINCT event_id) FROM event"), Count("SELECT max(event_offset) FROM event")).ShouldBe((402, 402, 402));
    }

    [Fact]
    public async Task The_walk_with_curl_shows_a_subscription_that_does_not_repeat_what_was_acknowledged()
    {
        await using var service = await RunningService.StartAsync();
        var start = new ProcessStartInfo("bash", [Path.Combine(Root(), "samples", "walk-through.sh"), service.Client.BaseAddress!.ToString().TrimEnd('/')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["SECONDS_TO_FOLLOW"] = "2";
        using var walk = Process.Start(start)!;
        var output = await walk.StandardOutput.ReadToEndAsync();
        await walk.WaitForExitAsync();
        walk.ExitCode.ShouldBe(0, output);
        output.ShouldContain("\"ratio\":0.6");
        output.ShouldContain("\"acknowledged\":3");
        var last = output[output.LastIndexOf("event: epoch", StringComparison.Ordinal)..];
        last.ShouldContain("id: 4\n");
        last.ShouldNotContain("id: 3\n");
    }

    public void Dispose() => _folder.Dispose();

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    private static async Task PayAsync(ActorFinanceClient client, Command command) => (await client.Commands.SendAsync(command)).ShouldBeOfType<CommandOutcome.Accepted>();

    private static Process Start(string sample, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, $"{sample}.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;

    private static async Task<string?> LineAsync(Process process) => await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));

    private long Count(string sql)
    {
        using var mirror = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder["mirror.db"], Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        mirror.Open();
        using var command = mirror.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }
}
