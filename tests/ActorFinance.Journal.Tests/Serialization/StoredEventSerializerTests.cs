using System.Runtime.Serialization;
using ActorFinance.Journal.Serialization;
using Akka.Actor;

namespace ActorFinance.Journal.Tests.Serialization;

public sealed class StoredEventSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serialization", JournalConfiguration.Load("akka.conf"));

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Manifest_and_bytes_pass_through_unchanged()
    {
        var stored = new StoredEvent("investment-made:1", [1, 2, 3]);
        var serializer = _system.Serialization.FindSerializerFor(stored).ShouldBeOfType<StoredEventSerializer>();

        serializer.Identifier.ShouldBe(7301);
        serializer.Manifest(stored).ShouldBe("investment-made:1");
        serializer.ToBinary(stored).ShouldBeSameAs(stored.Payload);
        var back = _system.Serialization.Deserialize(stored.Payload, 7301, "investment-made:1").ShouldBeOfType<StoredEvent>();
        back.Manifest.ShouldBe(stored.Manifest);
        back.Payload.ShouldBeSameAs(stored.Payload);
    }

    [Fact]
    public void A_snapshot_has_one_manifest()
    {
        var snapshot = new StoredSnapshot([4, 5]);
        var serializer = _system.Serialization.FindSerializerFor(snapshot).ShouldBeOfType<StoredEventSerializer>();

        serializer.Manifest(snapshot).ShouldBe("company-snapshot:1");
        _system.Serialization.Deserialize(serializer.ToBinary(snapshot), 7301, "company-snapshot:1")
            .ShouldBeOfType<StoredSnapshot>().Payload.ShouldBe([4, 5]);
    }

    [Theory]
    [InlineData("investment-made:99")]
    [InlineData("")]
    public void An_unknown_manifest_is_refused_by_name(string manifest)
    {
        var serializer = new StoredEventSerializer((ExtendedActorSystem)_system);

        Should.Throw<SerializationException>(() => serializer.FromBinary([1], manifest)).Message.ShouldContain($"Unknown manifest '{manifest}'");
    }

    [Fact]
    public void Anything_else_is_refused_by_name()
    {
        var serializer = new StoredEventSerializer((ExtendedActorSystem)_system);

        Should.Throw<ArgumentException>(() => serializer.ToBinary("text")).Message.ShouldContain("System.String");
    }

    [Theory]
    [InlineData("/plain/journal.db")]
    [InlineData("/with space/and 'quotes' and \"more\"/j.db")]
    [InlineData("/with;semicolon=and/ümläut\\backslash/$dollar${x}/#hash.db")]
    public void Any_path_reaches_the_plugin_unchanged(string path)
    {
        var connectionString = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = path }.ToString();

        var config = JournalConfiguration.ConnectionStrings(connectionString);

        foreach (var plugin in new[] { "journal.sql", "snapshot-store.sql", "query.journal.sql" })
            config.GetString($"akka.persistence.{plugin}.connection-string").ShouldBe(connectionString);
    }

    [Fact]
    public void A_missing_configuration_file_is_named() =>
        Should.Throw<FileNotFoundException>(() => JournalConfiguration.Load("nothing.conf")).Message.ShouldContain("config/nothing.conf");
}
