using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>The tables of a journal in PostgreSQL, created by our own script: the plugin's auto-initialize stays off.</summary>
public static class PostgreSqlSchema
{
    /// <summary>What <c>actorfinance_schema</c> says in the journals that this program writes.</summary>
    public const int Version = 1;

    /// <summary>Everything that the plugin and the reader name; a statement that the server plans proves that the columns stand.</summary>
    private static readonly string[] s_probes =
    [
        "SELECT ordering, persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message FROM journal LIMIT 0",
        "SELECT persistence_id, sequence_number, created, manifest, serializer_id, snapshot FROM snapshot LIMIT 0",
    ];

    /// <summary>The DDL of <see cref="Version"/>; it goes into the first schema of the search path.</summary>
    public static string Script { get; } = ReadScript();

    /// <summary>Tells a journal from a place where there is none yet, another program's tables, and a damaged one.</summary>
    /// <exception cref="NpgsqlException">The server does not answer, or not as it should.</exception>
    internal static JournalOpenError? Check(NpgsqlConnection connection, PostgreSqlAddress address, out bool isEmpty)
    {
        isEmpty = false;
        var tables = new[] { "actorfinance_schema", "journal", "snapshot" }.Where(table => Ask<bool>(connection, $"SELECT to_regclass('\"{address.Schema}\".{table}') IS NOT NULL")).ToList();
        if (tables.Count == 0)
        {
            isEmpty = true;
            return null;
        }

        if (tables[0] != "actorfinance_schema")
            return PostgreSqlErrors.NotAJournal(address.Name, $"its schema '{address.Schema}' has a table '{tables[0]}' of another program");
        if (Ask<object>(connection, "SELECT max(version) FROM actorfinance_schema") is not int version || version < 1)
            return PostgreSqlErrors.Corrupt(address.Name, "its table actorfinance_schema says no version");
        if (version > Version)
            return PostgreSqlErrors.NewerSchema(address.Name, version);
        try
        {
            foreach (var probe in s_probes)
                Execute(connection, probe);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            return PostgreSqlErrors.Corrupt(address.Name, missing.MessageText);
        }

        return AssertOrder(connection, address);
    }

    /// <summary>Creates the tables, all or none. The writer's lock is held.</summary>
    /// <exception cref="NpgsqlException">Nothing was created.</exception>
    internal static void Create(NpgsqlConnection connection, PostgreSqlAddress address)
    {
        using var transaction = connection.BeginTransaction();
        // CREATE SCHEMA asks for the right to create one even where it is there.
        if (!Ask<bool>(connection, $"SELECT to_regnamespace('\"{address.Schema}\"') IS NOT NULL"))
            Execute(connection, $"CREATE SCHEMA \"{address.Schema}\"");
        Execute(connection, Script);
        Execute(connection, $"INSERT INTO actorfinance_schema VALUES ({Version})");
        transaction.Commit();
    }

    internal static T Ask<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    internal static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>What the rule about holes and the defence against a second writer stand on.</summary>
    private static JournalOpenError? AssertOrder(NpgsqlConnection connection, PostgreSqlAddress address)
    {
        const string Sound =
            """
            SELECT EXISTS (SELECT 1 FROM pg_sequence WHERE seqrelid = pg_get_serial_sequence('journal', 'ordering')::regclass AND seqcache = 1 AND NOT seqcycle AND seqincrement = 1)
               AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'journal'::regclass AND attname = 'ordering' AND attidentity = 'a')
            """;
        const string Unique = "SELECT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = 'journal'::regclass AND indexrelid = to_regclass('journal_uq') AND indisunique AND indisvalid)";
        if (!Ask<bool>(connection, Sound))
            return PostgreSqlErrors.Corrupt(address.Name, "the column journal.ordering no longer takes its values from its own sequence, one by one");
        return Ask<bool>(connection, Unique) ? null : PostgreSqlErrors.Corrupt(address.Name, "the unique index journal_uq is missing or invalid");
    }

    private static string ReadScript()
    {
        using var stream = typeof(PostgreSqlSchema).Assembly.GetManifestResourceStream("ActorFinance.Journal.PostgreSql.schema-1.sql")
            ?? throw new InvalidOperationException("The script schema-1.sql is not embedded in ActorFinance.Journal.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
