using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Cli.Tests.Running;

/// <summary>All rows of all tables of a journal, as SQLite reads them and not as the program does: how many, and one hash over every column of each.</summary>
public sealed record JournalRows(long Events, long Count, string Hash)
{
    public static JournalRows Of(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (events, count) = (0L, 0L);
        foreach (var table in Names(connection))
        {
            using var rows = connection.CreateCommand();
            rows.CommandText = $"SELECT * FROM \"{table}\" ORDER BY rowid";
            using var row = rows.ExecuteReader();
            while (row.Read())
            {
                count++;
                events += table == "journal" ? 1 : 0;
                for (var i = 0; i < row.FieldCount; i++)
                {
                    hash.AppendData(row.GetValue(i) switch
                    {
                        byte[] bytes => bytes,
                        var other => Encoding.UTF8.GetBytes($"{table}:{i}:{other};"),
                    });
                }
            }
        }

        return new(events, count, Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static List<string> Names(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        using var row = command.ExecuteReader();
        var names = new List<string>();
        while (row.Read())
        {
            names.Add(row.GetString(0));
        }

        return names;
    }
}
