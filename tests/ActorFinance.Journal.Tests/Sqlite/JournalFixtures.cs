using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Tests.Sqlite;

internal static class JournalFixtures
{
    public static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static IReadOnlyList<string> Column(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader[0].ToString()!);
        return values;
    }

    /// <summary>Rows as the plugin would write them, without it: company <c>c0..</c> in turn, a payload that says its own offset.</summary>
    public static string Rows(int count, int companies = 3, int payloadBytes = 300, long firstSequence = 1) =>
        $"""
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})
         INSERT INTO journal (persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message)
         SELECT 'company-c' || (i % {companies}), {firstSequence} + i / {companies}, 'investment-made:' || (1 + i % 2), 7301, i, 0, '',
                '0123456789abcdef0123456789abcdef', CAST(substr('row ' || i || ' ' || hex(zeroblob({payloadBytes})), 1, {payloadBytes}) AS BLOB)
         FROM n;
         """;

    public static async Task Eventually(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static void CreateWith(string path, string? sql = null)
    {
        using var journal = SqliteJournalFile.Open(path).ShouldOpen();
        if (sql is not null)
            Execute(path, sql);
    }
}
