namespace ActorFinance.Journal.Tests.Sqlite;

/// <summary>A folder of its own for each test, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actorfinance-").FullName;

    public string Journal => File("journal.db");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string[] Names() => [.. Directory.GetFileSystemEntries(Path).Select(name => System.IO.Path.GetFileName(name)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
