using System.Diagnostics;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Tests.Sqlite;

public sealed class SqliteJournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_writer_in_the_same_process_is_refused_and_readers_are_not()
    {
        using var first = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();

        SqliteJournalFile.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.Locked)
            .Message.ShouldContain($"open for writing by this process ({Environment.ProcessId})");
        SqliteJournalReader.Open(_folder.Journal).ShouldOpen();
    }

    [Fact]
    public void A_second_name_of_the_journal_does_not_get_around_the_lock()
    {
        using var first = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        File.CreateSymbolicLink(_folder.File("alias.db"), _folder.Journal);

        SqliteJournalFile.Open(_folder.File("alias.db")).ShouldFail(JournalOpenErrorKind.Locked);
    }

    [Fact]
    public async Task A_writer_in_another_process_is_named_and_its_lock_ends_when_it_is_killed()
    {
        using var other = await OtherProcess.Holding(_folder.Journal);

        SqliteJournalFile.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.Locked)
            .Message.ShouldContain($"open for writing by process {other.Id} on {Environment.MachineName}");
        SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        await other.Kill();

        // What the killed one left says nothing any more.
        File.Exists(_folder.Journal + ".writer").ShouldBeTrue();
        using var next = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        SqliteJournalFile.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.Locked)
            .Message.ShouldContain($"this process ({Environment.ProcessId})");
    }

    [Fact]
    public async Task A_writer_that_ends_leaves_only_the_journal_and_the_empty_lock_file()
    {
        using var other = await OtherProcess.Holding(_folder.Journal);
        await other.End();

        _folder.Names().ShouldBe(["journal.db", "journal.db.lock"]);
        new FileInfo(_folder.Journal + ".lock").Length.ShouldBe(0);
    }

    [Fact]
    public void A_missing_file_is_created_only_when_asked()
    {
        SqliteJournalFile.Open(_folder.Journal, create: false).ShouldFail(JournalOpenErrorKind.NotFound).Message.ShouldContain(_folder.Journal);
        _folder.Names().ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        SqliteJournalFile.Open(_folder.File("nowhere/journal.db")).ShouldFail(JournalOpenErrorKind.NotFound)
            .Message.ShouldContain($"its folder '{_folder.File("nowhere")}' does not exist");
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_named()
    {
        File.WriteAllText(_folder.File("note.txt"), "text");

        SqliteJournalFile.Open(_folder.File("note.txt/journal.db")).ShouldFail(JournalOpenErrorKind.NotWritable)
            .Message.ShouldContain("is a file, not a folder");
    }

    public static TheoryData<string, string> Strangers => new()
    {
        { "short text", "it is not an SQLite database" },
        { "long text", "it is not an SQLite database" },
        { "folder", "it is a folder" },
        { "other database", "it is an SQLite database of another program (application id 0)" },
        { "marked database", "it is an SQLite database of another program (application id 77)" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void What_is_no_journal_is_said_to_be_none_and_left_alone(string stranger, string because)
    {
        var path = _folder.File("stranger");
        switch (stranger)
        {
            case "short text":
                File.WriteAllText(path, "hello");
                break;
            case "long text":
                File.WriteAllText(path, new string('x', 20_000));
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "other database":
                JournalFixtures.Execute(path, "CREATE TABLE t (x)");
                break;
            default:
                JournalFixtures.Execute(path, "PRAGMA application_id = 77");
                break;
        }

        var before = File.Exists(path) ? File.ReadAllBytes(path) : [];

        SqliteJournalFile.Open(path).ShouldFail(JournalOpenErrorKind.NotAJournal).Message.ShouldContain(because);
        SqliteJournalReader.Open(path).ShouldFail(JournalOpenErrorKind.NotAJournal).Message.ShouldContain(because);

        _folder.Names().ShouldBe(["stranger"]);
        if (before.Length > 0)
            File.ReadAllBytes(path).ShouldBe(before);
    }

    [Fact]
    public void A_journal_of_a_newer_schema_is_refused_with_both_versions()
    {
        JournalFixtures.CreateWith(_folder.Journal, "PRAGMA user_version = 2");

        SqliteJournalFile.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.NewerSchema)
            .Message.ShouldContain("has schema 2, this program knows schemas up to 1");
    }

    [Fact]
    public void A_journal_without_its_table_is_damaged()
    {
        JournalFixtures.CreateWith(_folder.Journal, "DROP TABLE journal");

        SqliteJournalFile.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.Corrupt).Message.ShouldContain("no such table: journal");
    }

    [Fact]
    public void A_journal_switched_to_another_mode_comes_back_to_the_log()
    {
        JournalFixtures.CreateWith(_folder.Journal, null);
        JournalFixtures.Execute(_folder.Journal, "PRAGMA journal_mode = DELETE");

        JournalFixtures.CreateWith(_folder.Journal);

        JournalFixtures.Column(_folder.Journal, "PRAGMA journal_mode").ShouldBe(["wal"]);
    }

    [Fact]
    public void A_program_that_locks_the_whole_file_is_waited_for_and_then_named_as_the_cause()
    {
        SqliteErrors.From("/j.db", 5, "database is locked").Kind.ShouldBe(JournalOpenErrorKind.Locked);
    }

    [Fact]
    public void A_full_disk_is_called_one()
    {
        JournalFixtures.CreateWith(_folder.Journal);
        using var connection = new SqliteConnection($"Data Source={_folder.Journal};Pooling=False");
        connection.Open();
        JournalFixtures.Execute(connection, "PRAGMA max_page_count = 6");

        var full = Should.Throw<SqliteException>(() => JournalFixtures.Execute(connection, JournalFixtures.Rows(1_000)));

        SqliteErrors.From(_folder.Journal, full.SqliteExtendedErrorCode, full.Message).Kind.ShouldBe(JournalOpenErrorKind.DiskFull);
    }

    [Fact]
    public async Task A_disk_without_room_for_a_new_journal_is_called_full_and_left_without_half_of_one()
    {
        using var disk = await SmallDisk.Mount(_folder.File("disk"), "size=20k");
        if (disk is null)
            return; // Only root can mount one.

        SqliteJournalFile.Open(System.IO.Path.Combine(disk.Path, "journal.db")).ShouldFail(JournalOpenErrorKind.DiskFull);
        Directory.GetFiles(disk.Path).Select(System.IO.Path.GetFileName).ShouldBe(["journal.db.lock"]);
    }

    [Fact]
    public async Task A_journal_on_a_read_only_disk_can_be_read_but_not_written()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(5));
        using var disk = await SmallDisk.Mount(_folder.File("disk"), "size=1m");
        if (disk is null)
            return; // Only root can mount one.

        var path = System.IO.Path.Combine(disk.Path, "journal 100%.db");
        File.Copy(_folder.Journal, path);
        await disk.MakeReadOnly();

        SqliteJournalFile.Open(path).ShouldFail(JournalOpenErrorKind.NotWritable).Message.ShouldContain(path);
        SqliteJournalFile.Open(System.IO.Path.Combine(disk.Path, "new.db")).ShouldFail(JournalOpenErrorKind.NotWritable);
        await using var reader = SqliteJournalReader.Open(path).ShouldOpen();
        (await reader.RowCountAsync()).ShouldBe(5);
    }

    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        public static async Task<SmallDisk?> Mount(string path, string options)
        {
            Directory.CreateDirectory(path);
            return OperatingSystem.IsLinux() && await Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) ? new SmallDisk(path) : null;
        }

        public async Task MakeReadOnly() => (await Run("mount", "-o", "remount,ro", Path)).ShouldBeTrue();

        public void Dispose()
        {
            using var process = Process.Start("umount", ["-l", Path]);
            process.WaitForExit();
        }

        private static async Task<bool> Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
    }
}
