using System.Net;

namespace ActorFinance.Service.Tests;

/// <summary>A backup beside the running service, restored after it: the book of then, and subscribers that saw more are told.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_restored_journal_is_the_one_of_the_backup_and_who_saw_more_is_told()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 5)]);
        (await RunAsync(service, "backup", "copy.db", "--journal", "book.db")).ExitCode.ShouldBe(0);
        var sealedThen = await CommandLine.AskAsync(service.Folder.Path, "verify", "--seal", "--journal", "book.db");
        await service.SendAsync([Orders.Pay("order-2", "openai", "nvidia", 6)]);

        (await RunAsync(service, "restore", "copy.db", "--journal", "book.db")).ShouldSatisfyAllConditions(
            refused => refused.ExitCode.ShouldBe(1), refused => refused.Err.ShouldContain("--overwrite"));
        (await RunAsync(service, "restore", "copy.db", "--journal", "book.db", "--overwrite")).ExitCode.ShouldBe(3, "the service holds the journal");
        ((long)(await service.GetAsync("/v1/verify"))["asKnown"]!["offset"]!).ShouldBe(4);

        await service.StopAsync();
        var restored = await RunAsync(service, "restore", "copy.db", "--journal", "book.db", "--overwrite");
        restored.ExitCode.ShouldBe(0, restored.ToString());
        (await CommandLine.AskAsync(service.Folder.Path, "verify", "--seal", "--journal", "book.db")).GetRawText().ShouldBe(sealedThen.GetRawText());
        Directory.GetFiles(service.Folder.Path, "*.incoming*").ShouldBeEmpty();

        await service.StartAgainAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/stream") { Headers = { { "Last-Event-ID", "4" } } };
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.Gone);
        await service.SendAsync([Orders.Pay("order-2", "openai", "nvidia", 7)]);
        ((string?)(await service.GetAsync("/v1/cash?company=nvidia&atLeast=4"))["balances"]![0]!["amount"]).ShouldBe("12");
    }

    [Fact]
    public async Task A_backup_with_faults_changes_nothing()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 5)]);
        (await RunAsync(service, "backup", "copy.db", "--journal", "book.db")).ExitCode.ShouldBe(0);
        await service.StopAsync();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={service.Folder["copy.db"]};Pooling=False"))
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            command.CommandText = "UPDATE journal SET message = zeroblob(length(message)) WHERE ordering = 2";
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        var before = await File.ReadAllBytesAsync(service.Journal);
        var refused = await RunAsync(service, "restore", "copy.db", "--journal", "book.db", "--overwrite");
        refused.ExitCode.ShouldBe(1, refused.ToString());
        (await File.ReadAllBytesAsync(service.Journal)).ShouldBe(before);
        await service.StartAgainAsync();
    }

    /// <summary>What consumers have acknowledged and parked, and the branches that were kept, are those of the backup's moment, whatever happened since.</summary>
    [Fact]
    public async Task Durable_subscriptions_and_kept_branches_come_back_as_they_were_at_the_backup()
    {
        await using var service = await RunningService.StartAsync();
        await FillAsync(service, 3);
        await Consumer.MakeAsync(service.Client, "alerts");
        await HandleAsync(service, upTo: 2);
        await using (var consumer = await Consumer.ConnectAsync(service.Client, "alerts", "a"))
        {
            await consumer.TakeAsync(1);
            (await consumer.ParkAsync(3, "poison")).EnsureSuccessStatusCode();
        }

        await service.ResultAsync("/v1/branches/half", "what-if: half\nedits:\n  - scale: {company: openai, by: 0.5}\n", "PUT");
        var backup = await RunAsync(service, "backup", "copy.db", "--journal", "book.db");
        backup.ExitCode.ShouldBe(0, backup.ToString());
        backup.Out.ShouldContain("5 events of 2 chains; 1 durable subscription, 1 parked event; 1 kept branch, verified");

        await FillAsync(service, 6);
        await HandleAsync(service, upTo: 8);
        await service.ResultAsync("/v1/branches/double", "what-if: double\nedits:\n  - scale: {company: openai, by: 2}\n", "PUT");
        await service.StopAsync();
        var restored = await RunAsync(service, "restore", "copy.db", "--journal", "book.db", "--overwrite");
        restored.ExitCode.ShouldBe(0, restored.ToString());
        restored.Out.ShouldContain("1 durable subscription, 1 parked event; 1 kept branch");

        await service.StartAgainAsync();
        ((long)(await service.GetAsync("/v1/subscriptions/alerts"))["acknowledged"]!).ShouldBe(3);
        (await service.GetAsync("/v1/subscriptions/alerts/parked"))["parked"]!.AsArray().Select(one => (long)one!["offset"]!).ShouldBe([3]);
        (await service.GetAsync("/v1/branches"))["branches"]!.AsArray().Select(one => (string?)one!["name"]).ShouldBe(["half"]);
        await using var again = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        (await again.TakeAsync(2)).ShouldBe([4, 5]);
    }

    /// <summary>An older program's backup has no subscriptions: nobody loses one, and none is left beyond the end.</summary>
    [Fact]
    public async Task Subscriptions_that_a_backup_lacks_stay_and_none_is_left_beyond_the_journals_end()
    {
        await using var service = await RunningService.StartAsync();
        await FillAsync(service, 3);
        (await RunAsync(service, "backup", "copy.db", "--journal", "book.db")).ExitCode.ShouldBe(0);
        await FillAsync(service, 6);
        await Consumer.MakeAsync(service.Client, "alerts");
        await HandleAsync(service, upTo: 7);
        await service.StopAsync();
        File.Delete(service.Folder["copy.db.subscriptions.db"]);
        var restored = await RunAsync(service, "restore", "copy.db", "--journal", "book.db", "--overwrite");
        restored.ExitCode.ShouldBe(0, restored.ToString());
        restored.Out.ShouldContain("1 of them set back to the journal's end at offset 5");

        await service.StartAgainAsync();
        ((long)(await service.GetAsync("/v1/subscriptions/alerts"))["acknowledged"]!).ShouldBe(5);
        (await service.SendAsync(Orders.Pay("order-9", "openai", "nvidia", 7))).Dispose();
        await using var again = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        (await again.TakeAsync(1)).ShouldBe([6]);
    }

    [Fact]
    public async Task Subscriptions_of_another_journal_are_refused_and_a_damaged_journal_is_replaced()
    {
        await using var service = await RunningService.StartAsync();
        await FillAsync(service, 3);
        (await RunAsync(service, "backup", "copy.db", "--journal", "book.db")).ExitCode.ShouldBe(0);
        await FillAsync(service, 6);
        await Consumer.MakeAsync(service.Client, "alerts");
        await HandleAsync(service, upTo: 7);
        (await RunAsync(service, "backup", "later.db", "--journal", "book.db")).ExitCode.ShouldBe(0);
        await service.StopAsync();
        File.Copy(service.Folder["later.db.subscriptions.db"], service.Folder["copy.db.subscriptions.db"], overwrite: true);
        var refused = await RunAsync(service, "restore", "copy.db", "--journal", "book.db", "--overwrite");
        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Err.ShouldContain("'alerts' has acknowledged offset 7, and the journal ends at 5");
        Directory.GetFiles(service.Folder.Path, "*.incoming*").ShouldBeEmpty();

        await File.WriteAllBytesAsync(service.Journal, new byte[4_096]);
        var restored = await RunAsync(service, "restore", "later.db", "--journal", "book.db", "--overwrite");
        restored.ExitCode.ShouldBe(0, restored.ToString());
        await service.StartAgainAsync();
        ((long)(await service.GetAsync("/v1/subscriptions/alerts"))["acknowledged"]!).ShouldBe(7);
    }

    /// <summary>Two companies and so many orders; what is there already is sent again.</summary>
    private static async Task FillAsync(RunningService service, int orders) => await service.SendAsync(
        [Orders.Register("nvidia"), Orders.Register("openai"), .. Enumerable.Range(1, orders).Select(i => Orders.Pay($"order-{i}", "openai", "nvidia", i))]);

    private static async Task HandleAsync(RunningService service, long upTo)
    {
        await using var consumer = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        while ((await consumer.NextAsync()).Id < upTo)
        {
        }

        (await consumer.AcknowledgeAsync(upTo)).EnsureSuccessStatusCode();
    }

    private static Task<Outcome> RunAsync(RunningService service, params string[] arguments) => CommandLine.RunAsync(service.Folder.Path, arguments);
}
