using ActorFinance.Journal.Tests.Specs;
using Npgsql;

namespace ActorFinance.Postgres.Tests.Running;

internal sealed class PostgreSqlTestStore : ITestStore
{
    private readonly string _schema = Server.NewSchema();

    public string Journal => Server.Shared.Journal(_schema);

    public string Schema => _schema;

    /// <summary>A session of its own, beside the program.</summary>
    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(Server.Shared.ConnectionString(_schema));
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        Execute(connection, sql);
    }

    public static int Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    public IReadOnlyList<string> Column(string sql)
    {
        using var connection = Connect();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader[0].ToString()!);
        return values;
    }

    public void AddRows(int count, int companies = 3, int payloadBytes = 300, long firstSequence = 1) => Execute(Rows(count, companies, payloadBytes, firstSequence));

    public IDisposable RowsUnderWay(int count, long firstSequence) => new Transaction(Connect(), Rows(count, 3, 300, firstSequence));

    public IDisposable Locked() => new Transaction(Connect(), "LOCK TABLE journal IN ACCESS EXCLUSIVE MODE");

    public void Dispose() => Execute($"DROP SCHEMA IF EXISTS {_schema} CASCADE");

    private static string Rows(int count, int companies, int payloadBytes, long firstSequence) =>
        $"""
         INSERT INTO journal (persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message)
         SELECT 'company-c' || (i % {companies}), {firstSequence} + i / {companies}, 'investment-made:' || (1 + i % 2), 7301, i, false, '',
                '0123456789abcdef0123456789abcdef', convert_to(substr('row ' || i || ' ' || repeat('00', {payloadBytes}), 1, {payloadBytes}), 'UTF8')
         FROM generate_series(0, {count} - 1) AS i
         """;

    private sealed class Transaction : IDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlTransaction _transaction;

        public Transaction(NpgsqlConnection connection, string sql)
        {
            _connection = connection;
            _transaction = connection.BeginTransaction();
            Execute(connection, sql);
        }

        public void Dispose()
        {
            _transaction.Commit();
            _transaction.Dispose();
            _connection.Dispose();
        }
    }
}
