using ActorFinance.Journal.Tests.Specs;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Postgres.Tests.Running;

/// <summary>The rows of a journal's file, byte for byte, in a schema: whatever is asked of the two must be answered alike.</summary>
internal static class TwoStores
{
    private const string Columns = "ordering, persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message";

    public static void Copy(string file, PostgreSqlTestStore to)
    {
        to.Create();
        using var source = new SqliteConnection($"Data Source={file};Pooling=False");
        source.Open();
        using var select = new SqliteCommand($"SELECT {Columns} FROM journal ORDER BY ordering", source);
        using var rows = select.ExecuteReader();
        using var target = to.Connect();
        using var copy = target.BeginBinaryImport($"COPY journal ({Columns}) FROM STDIN (FORMAT BINARY)");
        while (rows.Read())
        {
            copy.StartRow();
            copy.Write(rows.GetInt64(0));
            copy.Write(rows.GetString(1));
            copy.Write(rows.GetInt64(2));
            copy.Write(rows.GetString(3));
            copy.Write(rows.GetInt32(4));
            copy.Write(rows.GetInt64(5));
            copy.Write(rows.GetInt64(6) != 0);
            copy.Write(rows.GetString(7));
            copy.Write(rows.GetString(8));
            copy.Write((byte[])rows[9]);
        }

        copy.Complete();
    }
}
