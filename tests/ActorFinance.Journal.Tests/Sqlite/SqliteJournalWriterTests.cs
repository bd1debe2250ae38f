using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Journal.Writing;

namespace ActorFinance.Journal.Tests.Sqlite;

public sealed class SqliteJournalWriterTests : JournalWriterSpec
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder;

    public SqliteJournalWriterTests()
        : this(new TemporaryFolder())
    {
    }

    private SqliteJournalWriterTests(TemporaryFolder folder)
        : base(new SqliteTestStore(folder)) => _folder = folder;

    [Fact]
    public async Task A_journal_that_is_gone_does_not_come_back_empty()
    {
        var gone = _folder.File("gone.db");
        using var writer = new JournalWriter(gone, () => new SqliteWriteConnection(gone), rowsTogether: 500, rowsWaitingMax: 1_000);
        var failure = await writer.AppendAsync(Write("nvidia", 1)).WaitAsync(s_patience).ShouldThrowAsync<JournalWriteException>();
        failure.Error.Kind.ShouldBe(JournalOpenErrorKind.NotWritable);
        File.Exists(gone).ShouldBeFalse();
    }

    private protected override IJournalAppender Open() => new SqliteWriteConnection(_folder.Journal);
}
