using System.Net;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Tests.Running;
using ActorFinance.Postgres.Tests.Running;
using ActorFinance.Service.Tests.Running;
using ActorFinance.Testing.Servers;
using Npgsql;
using static ActorFinance.Postgres.Tests.Running.ServedJournal;

namespace ActorFinance.Postgres.Tests.Program;

/// <summary>The service on a database: commands, questions and the stream; a second one refused; what it does when the database does not; and the end of it when its session is lost.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly PostgreSqlTestStore _store = new();

    [Fact]
    public async Task It_answers_over_HTTP_and_stops_by_itself_when_it_no_longer_holds_the_journal()
    {
        using (var service = await StartAsync(_folder.Path, _store.Journal))
        {
            var client = service.Client;
            await service.AcceptAsync(Register("nvidia"), Register("openai"), Pay("pay-1", "openai", "nvidia", 40));
            (await EventStream.TakeAsync(client, 3)).Select(sent => sent.Id).ShouldBe([1, 2, 3]);
            var cash = JsonNode.Parse(await client.GetStringAsync("/v1/cash?company=nvidia&atLeast=3"))!;
            ((string?)cash["balances"]![0]!["amount"]).ShouldBe("40");
            ((string?)JsonNode.Parse(await client.GetStringAsync("/v1/status"))!["journal"]!["path"]).ShouldBe(
                $"postgres://{PostgreSqlServer.User}@127.0.0.1:{Server.Shared.Port}/postgres?schema={_store.Schema}");

            // What is written while a subscriber waits reaches it.
            await using var live = EventStream.ReadAsync(client, lastEventId: 3).GetAsyncEnumerator();
            var next = live.MoveNextAsync().AsTask();
            await service.AcceptAsync(Pay("pay-2", "nvidia", "openai", 5));
            (await next.WaitAsync(s_patience)).ShouldBeTrue();
            live.Current.Id.ShouldBe(4);

            var second = await CommandLine.RunAsync(_folder.Path, "serve", "--journal", _store.Journal, "--url", "http://127.0.0.1:0");
            second.ExitCode.ShouldBe(3, second.ToString());
            second.Err.ShouldContain($"already open for writing by process {service.Process.Id} on");

            var errors = service.Process.StandardError.ReadToEndAsync();
            _store.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'actorfinance: process {service.Process.Id} on%'");
            await service.EndAsync();
            service.Process.ExitCode.ShouldBe(3);
            (await errors).ShouldContain("Start this program again");
        }

        await ShouldBeSoundAsync(rows: 4);
    }

    /// <summary>Nothing that was acknowledged is lost; what was not is sent again with the same id and is there once; nobody has to start anything.</summary>
    [Fact]
    public async Task A_full_server_takes_no_command_and_is_not_ready_and_with_room_again_it_does_and_is()
    {
        using (var service = await StartAsync(_folder.Path, _store.Journal))
        {
            await service.AcceptAsync(Register("nvidia"), Register("openai"), Pay("pay-1", "openai", "nvidia", 40));
            await service.BecomesAsync(HttpStatusCode.OK);

            // As the server says it when it cannot extend a table.
            _store.Execute(
                """
                CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER full_journal BEFORE INSERT ON journal FOR EACH STATEMENT EXECUTE FUNCTION no_room();
                CREATE TRIGGER full_snapshot BEFORE INSERT ON snapshot FOR EACH STATEMENT EXECUTE FUNCTION no_room();
                """);
            var refused = await Task.WhenAll(Enumerable.Range(2, 8).Select(i => service.SendAsync(Pay($"pay-{i}", i % 2 == 0 ? "openai" : "nvidia", i % 2 == 0 ? "nvidia" : "openai", i))));
            refused.ShouldAllBe(status => status == HttpStatusCode.ServiceUnavailable);
            (await service.BecomesAsync(HttpStatusCode.ServiceUnavailable)).ShouldContain("the journal takes no writes: its disk is full");
            ((string?)JsonNode.Parse(await service.Client.GetStringAsync("/v1/cash?company=nvidia&atLeast=3"))!["balances"]![0]!["amount"]).ShouldBe("40");

            _store.Execute("DROP TRIGGER full_journal ON journal; DROP TRIGGER full_snapshot ON snapshot");
            await service.BecomesAsync(HttpStatusCode.OK);
            await service.AcceptAsync([.. Enumerable.Range(2, 8).Select(i => Pay($"pay-{i}", i % 2 == 0 ? "openai" : "nvidia", i % 2 == 0 ? "nvidia" : "openai", i))]);
            (await EventStream.TakeAsync(service.Client, 11)).Select(sent => (string)sent.Data["data"]!["commandId"]!).ShouldBeUnique();
        }

        await ShouldBeSoundAsync(rows: 11);
    }

    [Fact]
    public async Task A_hole_that_another_transaction_keeps_open_makes_it_not_ready_and_names_whose_it_is()
    {
        using (var service = await StartAsync(_folder.Path, _store.Journal, new Dictionary<string, string> { ["ACTORFINANCE_Service__HoleAfterSeconds"] = "1" }))
        {
            await service.AcceptAsync(Register("nvidia"), Register("openai"));
            await using (var other = _store.Connect())
            await using (var transaction = await other.BeginTransactionAsync())
            {
                await using (var take = new NpgsqlCommand("SELECT nextval(pg_get_serial_sequence('journal', 'ordering'))", other))
                    (await take.ExecuteScalarAsync()).ShouldBe(3L);
                await service.AcceptAsync(Pay("pay-1", "openai", "nvidia", 40));
                var because = await service.BecomesAsync(HttpStatusCode.ServiceUnavailable);
                because.ShouldContain($"what was written behind offset 2 cannot be read for");
                because.ShouldContain($"session {other.ProcessID} of {PostgreSqlServer.User}, idle in transaction has taken an offset before it");
                await transaction.RollbackAsync();
            }

            await service.BecomesAsync(HttpStatusCode.OK);
            (await EventStream.TakeAsync(service.Client, 3)).Select(sent => sent.Id).ShouldBe([1, 2, 4]);
        }

        await ShouldBeSoundAsync(rows: 3);
    }

    [Fact]
    public async Task A_lock_that_another_session_holds_makes_it_not_ready_and_it_outlives_that()
    {
        using var service = await StartAsync(_folder.Path, _store.Journal);
        await service.AcceptAsync(Register("nvidia"), Register("openai"));
        using (_store.Locked())
            (await service.BecomesAsync(HttpStatusCode.ServiceUnavailable)).ShouldContain("not-ready");

        await service.BecomesAsync(HttpStatusCode.OK);
        await service.AcceptAsync(Pay("pay-1", "openai", "nvidia", 40));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    private async Task ShouldBeSoundAsync(int rows)
    {
        var verified = await CommandLine.AskAsync(_folder.Path, "verify", "--journal", _store.Journal);
        verified.GetProperty("rows").GetInt64().ShouldBe(rows);
        verified.GetProperty("sound").GetBoolean().ShouldBeTrue();
    }
}
