using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Cli.Tests.BadInput;

/// <summary>A book of payments between two companies, with enough rows that its file has several pages.</summary>
public sealed class BookToBreak : ImportedBook
{
    public const string Flows = "flows.csv";

    protected override string File() => Folder.Write(
        Flows,
        "effective,from,to,amount,currency,kind\n2025-01-01,,a,1000,USD,opening\n" + string.Concat(Enumerable.Range(1, 100).Select(row => $"2025-02-01,a,b,{row},USD,purchase\n")));
}

/// <summary>Journals that cannot be opened, read or written: exit code 3, what to do about it, and nothing changed.</summary>
public sealed class BadJournalTests(BookToBreak book) : IClassFixture<BookToBreak>
{
    private const string More = "effective,from,to,amount,currency,kind\n2026-01-01,,c,1,USD,opening\n";

    public static TheoryData<string> ReadingVerbs => ["cash", "ownership", "circular", "events", "replay"];

    [Theory]
    [MemberData(nameof(ReadingVerbs))]
    public async Task A_journal_that_is_not_there_is_said_with_what_makes_one(string verb)
    {
        using var folder = new TempFolder();
        var refused = await CommandLine.RunAsync(folder.Path, verb, "--journal", "none.db");
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("none.db");
        refused.Err.ShouldContain("actorfinance import FILE --journal none.db");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("folder/none.db", "its folder")]
    [InlineData("more.csv/none.db", "is a file, not a folder")]
    public async Task A_journal_where_none_can_be_is_said(string journal, string said)
    {
        using var folder = new TempFolder();
        folder.Write("more.csv", More);
        var refused = await CommandLine.RunAsync(folder.Path, "import", "more.csv", "--journal", journal);
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("none.db");
        refused.Err.ShouldContain(said);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["more.csv"]]);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("cash")]
    public async Task A_folder_is_no_journal(string verb)
    {
        using var folder = new TempFolder();
        folder.Write("more.csv", More);
        Directory.CreateDirectory(folder["book.db"]);
        var refused = await CommandLine.RunAsync(folder.Path, [verb, .. File(verb), "--journal", "book.db"]);
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("book.db");
        Directory.GetFileSystemEntries(folder["book.db"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("import")]
    [InlineData("cash")]
    public async Task A_file_that_is_no_journal_is_left_as_it_is(string verb)
    {
        using var folder = new TempFolder();
        folder.Write("more.csv", More);
        folder.Write("letter.db", "Dear Sir or Madam, this is a letter and not a journal, however long it may be." + new string('.', 4096));
        var before = await System.IO.File.ReadAllBytesAsync(folder["letter.db"]);
        var refused = await CommandLine.RunAsync(folder.Path, [verb, .. File(verb), "--journal", "letter.db"]);
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("letter.db' is not a journal: it is not an SQLite database. Nothing was changed");
        (await System.IO.File.ReadAllBytesAsync(folder["letter.db"])).ShouldBe(before);
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["letter.db", "more.csv"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("cash")]
    public async Task Another_programs_database_is_left_as_it_is(string verb)
    {
        using var folder = new TempFolder();
        folder.Write("more.csv", More);
        Execute(folder["notes.db"], "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')");
        var before = JournalRows.Of(folder["notes.db"]);
        var refused = await CommandLine.RunAsync(folder.Path, [verb, .. File(verb), "--journal", "notes.db"]);
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("notes.db' is not a journal");
        JournalRows.Of(folder["notes.db"]).ShouldBe(before);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("cash")]
    public async Task A_journal_cut_short_is_said_to_be_damaged(string verb)
    {
        using var folder = new TempFolder();
        folder.Write("more.csv", More);
        var whole = await System.IO.File.ReadAllBytesAsync(book.JournalPath);
        await System.IO.File.WriteAllBytesAsync(folder["cut.db"], whole[..(whole.Length / 2)]);
        var refused = await CommandLine.RunAsync(folder.Path, [verb, .. File(verb), "--journal", "cut.db"]);
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("cut.db");
        refused.Err.ShouldContain("damaged or cut short");
        (await System.IO.File.ReadAllBytesAsync(folder["cut.db"])).ShouldBe(whole[..(whole.Length / 2)]);
    }

    [Theory]
    [InlineData("UPDATE journal SET message = substr(message, 1, 20) WHERE ordering = 50")]
    [InlineData("UPDATE journal SET message = x'ffffffff' WHERE ordering = 50")]
    [InlineData("UPDATE journal SET manifest = 'no-such-event:1' WHERE ordering = 50")]
    public async Task A_row_that_cannot_be_read_is_said_with_its_offset(string damage)
    {
        using var folder = new TempFolder();
        System.IO.File.Copy(book.JournalPath, folder["torn.db"]);
        Execute(folder["torn.db"], damage);
        var before = JournalRows.Of(folder["torn.db"]);
        folder.Write("more.csv", More.Replace(",,c,", ",,a,", StringComparison.Ordinal));
        foreach (var verb in new[] { "cash", "import" })
        {
            var refused = await CommandLine.RunAsync(folder.Path, [verb, .. File(verb), "--journal", "torn.db"]);
            refused.ExitCode.ShouldBe(1, refused.ToString());
            refused.Err.ShouldContain("50");
            refused.Err.ShouldContain("actorfinance verify");
        }

        JournalRows.Of(folder["torn.db"]).ShouldBe(before);
    }

    [Fact]
    public async Task A_journal_of_a_newer_program_is_left_to_it()
    {
        using var folder = new TempFolder();
        System.IO.File.Copy(book.JournalPath, folder["newer.db"]);
        Execute(folder["newer.db"], "PRAGMA user_version = 99");
        var refused = await CommandLine.RunAsync(folder.Path, "cash", "--journal", "newer.db");
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("has schema 99");
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_readers_are_not()
    {
        using var folder = new TempFolder();
        folder.Write("more.csv", More);
        var before = JournalRows.Of(book.JournalPath);

        // The lock is the system's on the open file, whoever holds it.
        await using (System.IO.File.Open(book.JournalPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = await CommandLine.RunAsync(folder.Path, "import", "more.csv", "--journal", book.JournalPath);
            refused.ExitCode.ShouldBe(3, refused.ToString());
            refused.Err.ShouldContain("is already open for writing by");
            refused.Err.ShouldContain("Reading is possible meanwhile");
            (await book.AskAsync("cash")).GetProperty("balances").GetArrayLength().ShouldBe(2);
        }

        JournalRows.Of(book.JournalPath).ShouldBe(before);
    }

    [Fact]
    public async Task A_journal_that_another_program_has_locked_is_said()
    {
        using var folder = new TempFolder();
        System.IO.File.Copy(book.JournalPath, folder["busy.db"]);
        folder.Write("more.csv", More);
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder["busy.db"], Pooling = false }.ToString());
        await other.OpenAsync();
        await using (var command = other.CreateCommand())
        {
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE journal SET tags = tags";
            await command.ExecuteNonQueryAsync();
        }

        var refused = await CommandLine.RunAsync(folder.Path, "import", "more.csv", "--journal", "busy.db");
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain("busy.db");
    }

    [SmallDiskFact]
    public async Task A_full_disk_keeps_what_was_confirmed_and_a_second_run_completes()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["small"]);
        (await RunsAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder["small"])).ShouldBeTrue();
        try
        {
            var rows = string.Concat(Enumerable.Range(1, 20_000).Select(row => $"2025-02-01,a{row % 10},b{row % 7},{row},USD,purchase\n"));
            folder.Write("long.csv", "effective,from,to,amount,currency,kind\n" + rows);
            var full = await CommandLine.RunAsync(folder.Path, "import", "long.csv", "--journal", "small/book.db");
            full.ExitCode.ShouldBe(3, full.ToString());
            full.Err.ShouldContain("small/book.db");
            full.Err.ShouldContain("full");
            full.Err.ShouldContain("import long.csv again to complete it");

            // What is there can be read, all of it, and on a larger disk the import goes on from there.
            await RunsAsync("mount", "-o", "remount,size=64m", folder["small"]);
            var kept = JournalRows.Of(folder["small/book.db"]).Events;
            kept.ShouldBeGreaterThan(0);
            var completed = await CommandLine.RunAsync(folder.Path, "import", "long.csv", "--journal", "small/book.db");
            completed.ExitCode.ShouldBe(0, completed.ToString());
            JournalRows.Of(folder["small/book.db"]).Events.ShouldBe(20_000 + 17);
            (await CommandLine.RunAsync(folder.Path, "import", "long.csv", "--journal", "small/book.db")).Out.ShouldContain("0 commands written");
        }
        finally
        {
            await RunsAsync("umount", folder["small"]);
        }
    }

    [SmallDiskFact]
    public async Task A_journal_cannot_be_created_on_a_full_disk()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["small"]);
        (await RunsAsync("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", folder["small"])).ShouldBeTrue();
        try
        {
            folder.Write("more.csv", More);
            var full = await CommandLine.RunAsync(folder.Path, "import", "more.csv", "--journal", "small/book.db");
            full.ExitCode.ShouldBe(3, full.ToString());
            full.Err.ShouldContain("The disk is full");
            System.IO.File.Exists(folder["small/book.db"]).ShouldBeFalse();
        }
        finally
        {
            await RunsAsync("umount", folder["small"]);
        }
    }

    [Theory]
    [InlineData("none.csv", "there is no such file")]
    [InlineData("none/more.csv", "there is no such file")]
    [InlineData(".", "is a folder, not a file")]
    public async Task A_file_to_import_that_cannot_be_read_is_said(string file, string said)
    {
        using var folder = new TempFolder();
        var refused = await CommandLine.RunAsync(folder.Path, "import", file);
        refused.ExitCode.ShouldBe(3, refused.ToString());
        refused.Err.ShouldContain(said);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static string[] File(string verb) => verb == "import" ? ["more.csv"] : [];

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<bool> RunsAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}

/// <summary>Needs a disk of its own, which only the system's administrator may mount; skipped, and said so, where that is not permitted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool s_mounts = Mounts();

    public SmallDiskFactAttribute() => Skip = s_mounts ? null : "mounting a small disk is not permitted here";

    private static bool Mounts()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("actorfinance-mount-");
        try
        {
            return Succeeds("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", folder.FullName) && Succeeds("umount", folder.FullName);
        }
        finally
        {
            folder.Delete();
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
