namespace ActorFinance.Cli.Tests.Running;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actorfinance-cli-").FullName;

    /// <summary>The full path of a name in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return name;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
