using System.Diagnostics;
using ActorFinance.Cli.Tests.Running;
using ActorFinance.Postgres.Tests.Running;
using ActorFinance.Testing.Servers;

namespace ActorFinance.Postgres.Tests.Program;

public sealed class WritingVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PostgreSqlTestStore _store = new();

    public void Dispose()
    {
        _folder.Dispose();
        _store.Execute($"DROP SCHEMA IF EXISTS {_store.Schema}_branches CASCADE");
        _store.Dispose();
    }

    [Fact]
    public async Task A_file_is_imported_once_branches_are_kept_beside_it_and_no_password_is_printed()
    {
        await WriteAsync("flows.csv", "effective,from,to,amount,currency,kind\n2026-01-01,,nvidia,100,USD,opening\n2026-02-01,nvidia,openai,40,USD,investment\n2026-03-01,openai,nvidia,30,USD,purchase\n");

        (await RunAsync("import", "flows.csv", "--dry-run")).Out.ShouldContain("Nothing was changed");
        var missing = await RunAsync("cash");
        missing.ExitCode.ShouldBe(3);
        missing.Err.ShouldContain("Make one: 'actorfinance import FILE --journal postgres://");
        (await RunAsync("import", "flows.csv")).Out.ShouldContain("5 commands written");
        (await RunAsync("import", "flows.csv")).Out.ShouldContain("0 commands written");
        (await RunAsync("branch", "keep", "late", "--shift", "kind=purchase,by=30D")).Out.ShouldContain("Branch 'late' is kept on offset 5");
        (await RunAsync("branch", "list")).Out.ShouldContain("late");
        (await RunAsync("branch", "show", "late")).ExitCode.ShouldBe(0);
        _store.Column($"SELECT count(*) FROM {_store.Schema}_branches.journal").ShouldBe(["1"]);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["flows.csv"]);
    }

    [Fact]
    public async Task The_demo_keeps_its_books_in_two_schemas()
    {
        (await RunAsync("demo")).Out.ShouldContain($"ownership --journal postgres://{PostgreSqlServer.User}@127.0.0.1:{Server.Shared.Port}/postgres?schema={_store.Schema}_seed");

        _store.Column($"SELECT (SELECT count(*) FROM {_store.Schema}.journal) > 100 AND (SELECT count(*) FROM {_store.Schema}_seed.journal) > 5").ShouldBe(["True"]);
        _store.Execute($"DROP SCHEMA {_store.Schema}_seed CASCADE");
    }

    [Fact]
    public async Task A_backup_names_the_programs_that_make_one_and_what_they_make_is_the_same_journal()
    {
        await WriteAsync("flows.csv", "effective,from,to,amount,currency,kind\n2026-01-01,,nvidia,100,USD,opening\n2026-02-01,nvidia,openai,40,USD,investment\n");
        (await RunAsync("import", "flows.csv")).ExitCode.ShouldBe(0);
        var refused = await RunAsync("backup", "book.dump");
        refused.ExitCode.ShouldBe(1);
        var sealedBefore = (await RunAsync("verify", "--seal")).Out;

        foreach (var line in refused.Err.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))
        {
            await ShellAsync(line);
            if (line.StartsWith("pg_dump", StringComparison.Ordinal))
                _store.Execute($"DROP SCHEMA {_store.Schema} CASCADE");
        }

        (await RunAsync("verify", "--seal")).Out.ShouldBe(sealedBefore);
        await WriteAsync("flows.csv", "effective,from,to,amount,currency,kind\n2026-01-01,,nvidia,100,USD,opening\n2026-02-01,nvidia,openai,40,USD,investment\n2026-03-01,openai,nvidia,30,USD,purchase\n");
        (await RunAsync("import", "flows.csv")).Out.ShouldContain("1 command written");
    }

    private async Task<Outcome> RunAsync(params string[] arguments)
    {
        var outcome = await CommandLine.RunAsync(_folder.Path, [.. arguments, "--journal", _store.Journal]);
        outcome.ToString().ShouldNotContain(PostgreSqlServer.Password);
        return outcome;
    }

    private Task WriteAsync(string file, string text) => File.WriteAllTextAsync(_folder[file], text);

    private async Task ShellAsync(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = PostgreSqlServer.Password;
        start.Environment["PATH"] = $"{PostgreSqlServer.Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{line}\n{errors}");
    }
}
