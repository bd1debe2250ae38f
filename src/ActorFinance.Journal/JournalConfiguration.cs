using System.Text.Encodings.Web;
using System.Text.Json;
using ActorFinance.Journal.PostgreSql;
using ActorFinance.Journal.Sqlite;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using LinqToDB.DataProvider.PostgreSQL;
using Config = Akka.Configuration.Config;

namespace ActorFinance.Journal;

/// <summary>The actor system's configuration, out of the <c>.conf</c> files in <c>config/</c> beside the program.</summary>
public static class JournalConfiguration
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where a build or publish puts the files.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "config");

    /// <summary>All that an actor system needs to write a journal in SQLite that this process holds.</summary>
    /// <param name="journal">Gives the connection string: without the lock nothing is configured to write.</param>
    /// <param name="over">Settings that go before those of the files.</param>
    /// <param name="folder">Where the <c>.conf</c> files are; <see cref="DefaultFolder"/> unless given.</param>
    /// <exception cref="FileNotFoundException">One of the files is missing; the message names it.</exception>
    public static ActorSystemSetup SetupForSqlite(SqliteJournalFile journal, Config? over = null, string? folder = null) =>
        ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig((over ?? Config.Empty).WithFallback(ForSqlite(journal, folder))),
            ConnectionsForSqlite(journal));

    /// <summary>The configuration alone, for a host that puts the setup together itself; it needs <see cref="ConnectionsForSqlite"/>, too.</summary>
    /// <exception cref="FileNotFoundException">One of the files is missing; the message names it.</exception>
    public static Config ForSqlite(SqliteJournalFile journal, string? folder = null) =>
        ConnectionStrings(journal.ConnectionString)
            .WithFallback(Load("journal.sqlite.conf", folder))
            .WithFallback(Load("akka.conf", folder))
            .WithFallback(SqlPersistence.DefaultConfiguration);

    /// <summary>How the plugin's journal, snapshot store and query open their connections: with writes that gather into transactions.</summary>
    public static DataOptionsSetup ConnectionsForSqlite(SqliteJournalFile journal) => new(OptionsForSqlite(journal));

    internal static DataOptions OptionsForSqlite(SqliteJournalFile journal) => new DataOptions()
        .UseConnectionString(ProviderName.SQLiteMS, journal.ConnectionString)
        .UseInterceptor(new SqlitePluginConnections());

    /// <summary>All that an actor system needs to write a journal in PostgreSQL that this process holds.</summary>
    internal static ActorSystemSetup SetupForPostgreSql(PostgreSqlHeldJournal journal, Config? over = null, string? folder = null) =>
        ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig((over ?? Config.Empty)
                .WithFallback(Load("journal.postgresql.conf", folder))
                .WithFallback(Load("akka.conf", folder))
                .WithFallback(SqlPersistence.DefaultConfiguration)),
            new DataOptionsSetup(OptionsForPostgreSql(journal)),
            new PostgreSqlHeldSetup(journal));

    /// <summary>The plugin takes its connections from the same few as everyone else, and sees no password.</summary>
    internal static DataOptions OptionsForPostgreSql(PostgreSqlHeldJournal journal) => new DataOptions()
        .UseProvider(ProviderName.PostgreSQL15)
        .UseConnectionFactory(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), _ => journal.Source.CreateConnection());

    /// <summary>One file of the folder by its name, such as <c>akka.conf</c>.</summary>
    /// <exception cref="FileNotFoundException">The message names the full path.</exception>
    public static Config Load(string name, string? folder = null)
    {
        var path = Path.Combine(folder ?? DefaultFolder, name);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The configuration file '{path}' is missing. It belongs beside the program, in the folder config.", path);

        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is not IOException)
        {
            throw new InvalidDataException($"The configuration file '{path}' is not valid HOCON: {failure.Message}", failure);
        }
    }

    internal static Config ConnectionStrings(string connectionString)
    {
        // JSON's escapes are HOCON's; relaxed, because HOCON here does not know \u escapes of every character.
        var value = JsonSerializer.Serialize(connectionString, s_relaxed);
        return ConfigurationFactory.ParseString(
            $$"""
              akka.persistence {
                journal.sql.connection-string = {{value}}
                snapshot-store.sql.connection-string = {{value}}
                query.journal.sql.connection-string = {{value}}
              }
              """);
    }
}
