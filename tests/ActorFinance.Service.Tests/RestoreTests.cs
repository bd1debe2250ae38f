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

    private static Task<Outcome> RunAsync(RunningService service, params string[] arguments) => CommandLine.RunAsync(service.Folder.Path, arguments);
}
