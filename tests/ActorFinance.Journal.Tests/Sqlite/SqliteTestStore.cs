using ActorFinance.Journal.Tests.Specs;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Tests.Sqlite;

internal sealed class SqliteTestStore(TemporaryFolder folder) : ITestStore
{
    public string Journal => folder.Journal;

    public void Execute(string sql) => JournalFixtures.Execute(Journal, sql);

    public IReadOnlyList<string> Column(string sql) => JournalFixtures.Column(Journal, sql);

    public void AddRows(int count, int companies = 3, int payloadBytes = 300, long firstSequence = 1) =>
        Execute(JournalFixtures.Rows(count, companies, payloadBytes, firstSequence));

    public IDisposable RowsUnderWay(int count, long firstSequence) => new Transaction(Journal, JournalFixtures.Rows(count, firstSequence: firstSequence));

    public IDisposable Locked() => new Transaction(Journal, "");

    public void Dispose() => folder.Dispose();

    private sealed class Transaction : IDisposable
    {
        private readonly SqliteConnection _connection;

        public Transaction(string path, string sql)
        {
            _connection = new($"Data Source={path};Pooling=False");
            _connection.Open();
            JournalFixtures.Execute(_connection, "BEGIN IMMEDIATE;" + sql);
        }

        public void Dispose()
        {
            JournalFixtures.Execute(_connection, "COMMIT");
            _connection.Dispose();
        }
    }
}
