namespace ActorFinance.Benchmarks.Runs;

/// <summary>A temporary folder for journals and books, gone at the end.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("actorfinance-benchmarks-").FullName;
    private int _next;

    public string File(string name) => Path.Combine(_path, name);

    public string FreshJournal() => File($"journal-{_next++}.db");

    public static void Delete(string journal)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(journal)!, Path.GetFileName(journal) + "*"))
        {
            System.IO.File.Delete(file);
        }
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
