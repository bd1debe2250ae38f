using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace ActorFinance.Service.Tests.Health;

/// <summary>Ready means that a row was written to the journal and read back, within the last second.</summary>
public sealed class ReadinessTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_row_by_which_it_looks_is_written_once_a_second_however_often_it_is_asked_and_is_no_event()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var service = await RunningService.StartAsync(options => options with { Clock = clock });
        (await service.SendAsync(Orders.Register("nvidia"))).Dispose();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => service.GetAsync("/health/ready")));
        Written(service).ShouldBe([clock.GetUtcNow().UtcTicks]);
        var first = clock.GetUtcNow().UtcTicks;
        clock.Advance(TimeSpan.FromMilliseconds(900));
        await service.GetAsync("/health/ready");
        Written(service).ShouldBe([first]);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        ((long)(await service.GetAsync("/health/ready"))["offset"]!).ShouldBe(1);
        Written(service).ShouldBe([clock.GetUtcNow().UtcTicks]);
        ((long)(await service.GetAsync("/v1/verify"))["rows"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_journal_that_another_program_has_locked_or_moved_away_is_not_ready_and_says_why_without_its_path()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await RunningService.StartAsync(options => options with { Clock = clock });
        await service.GetAsync("/health/ready");
        await using (var other = Connect(service))
        {
            Execute(other, "BEGIN IMMEDIATE");
            clock.Advance(TimeSpan.FromSeconds(1));
            await ShouldNotBeReadyAsync(service, "the journal takes no writes: it is locked");
            Execute(other, "ROLLBACK");
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await service.GetAsync("/health/ready");
        File.Move(service.Journal, service.Folder["elsewhere.db"]);
        clock.Advance(TimeSpan.FromSeconds(1));
        await ShouldNotBeReadyAsync(service, "the journal takes no writes: it is gone");
        File.Move(service.Folder["elsewhere.db"], service.Journal);
        clock.Advance(TimeSpan.FromSeconds(1));
        await service.GetAsync("/health/ready");
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_any_more_is_not_ready()
    {
        await using var service = await RunningService.StartAsync();
        if (!await SetReadOnlyAsync(service.Journal, isReadOnly: true))
        {
            output.WriteLine("skipped: nothing keeps this account from writing here");
            return;
        }

        try
        {
            await ShouldNotBeReadyAsync(service, "the journal takes no writes: it is read-only");
        }
        finally
        {
            (await SetReadOnlyAsync(service.Journal, isReadOnly: false)).ShouldBeTrue();
        }

        await BecomesReadyAsync(service);
    }

    /// <summary>Nothing that was acknowledged is lost, what was not is sent again, and with room the service goes on by itself.</summary>
    [Fact]
    public async Task On_a_full_disk_it_is_not_ready_and_takes_no_command_and_with_room_again_it_is_and_does()
    {
        using var folder = new TempFolder();
        var disk = Directory.CreateDirectory(folder["disk"]).FullName;
        if (!await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk))
        {
            output.WriteLine("skipped: this account may not mount a tmpfs");
            return;
        }

        try
        {
            await using var service = await RunningService.StartAsync(options => options with { Journal = Path.Combine(disk, "book.db") });
            await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 5)]);
            await BecomesReadyAsync(service);
            Fill(Path.Combine(disk, "filler"));
            var refused = await RunningService.ProblemOf(await service.SendAsync(Orders.Pay("order-2", "openai", "nvidia", 6)), 503);
            ((string?)refused["code"]).ShouldBe("journal-unavailable");
            await BecomesAsync(service, HttpStatusCode.ServiceUnavailable);
            await ShouldNotBeReadyAsync(service, "the journal takes no writes: its disk is full");
            (await service.GetAsync("/v1/events"))["events"]!.AsArray().Count.ShouldBe(3);

            File.Delete(Path.Combine(disk, "filler"));
            await BecomesReadyAsync(service);
            using (var accepted = await service.SendAsync(Orders.Pay("order-2", "openai", "nvidia", 6)))
            {
                accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            var verified = await service.GetAsync("/v1/verify");
            ((bool)verified["sound"]!).ShouldBeTrue();
            ((long)verified["rows"]!).ShouldBe(4);
        }
        finally
        {
            await RunAsync("umount", "-l", disk);
        }
    }

    private static async Task ShouldNotBeReadyAsync(RunningService service, string because)
    {
        var problem = await service.ProblemAsync(HttpMethod.Get, "/health/ready", 503);
        ((string?)problem["code"]).ShouldBe("not-ready");
        ((string)problem["detail"]!).ShouldStartWith(because);
        problem.ToJsonString().ShouldNotContain("book.db");
    }

    private static Task<JsonObject> BecomesReadyAsync(RunningService service) => BecomesAsync(service, HttpStatusCode.OK);

    private static async Task<JsonObject> BecomesAsync(RunningService service, HttpStatusCode status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var response = await service.Client.GetAsync("/health/ready", patience.Token);
            if (response.StatusCode == status)
            {
                return JsonNode.Parse(await response.Content.ReadAsStringAsync(patience.Token))!.AsObject();
            }
        }
    }

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        Should.Throw<IOException>(() =>
        {
            for (var kibibytes = 0; kibibytes < 4_096; kibibytes++)
            {
                filler.Write(new byte[1_024]);
            }
        });
    }

    private static List<long> Written(RunningService service)
    {
        using var connection = Connect(service);
        using var command = new SqliteCommand("SELECT created FROM snapshot", connection);
        using var rows = command.ExecuteReader();
        var values = new List<long>();
        while (rows.Read())
        {
            values.Add(rows.GetInt64(0));
        }

        return values;
    }

    private static SqliteConnection Connect(RunningService service)
    {
        var connection = new SqliteConnection($"Data Source={service.Journal};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Root writes whatever the mode says, but not what the file system itself keeps.</summary>
    private static async Task<bool> SetReadOnlyAsync(string file, bool isReadOnly)
    {
        if (Environment.IsPrivilegedProcess)
        {
            return await RunAsync("chattr", isReadOnly ? "+i" : "-i", file);
        }

        File.SetAttributes(file, isReadOnly ? FileAttributes.ReadOnly : FileAttributes.Normal);
        return true;
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
