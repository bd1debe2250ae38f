namespace ActorFinance.Cli.Tests.Running;

/// <summary>A journal that a file was imported into once, for all tests of a class; they only ask it.</summary>
public abstract class ImportedBook : IAsyncLifetime, IDisposable
{
    public const string Journal = "book.db";

    public TempFolder Folder { get; } = new();

    public string JournalPath => Folder[Journal];

    public Outcome Imported { get; private set; } = null!;

    /// <summary>The file's path or name, written into the folder first where it is a text.</summary>
    protected abstract string File();

    public async Task InitializeAsync()
    {
        Imported = await CommandLine.RunAsync(Folder.Path, "import", File(), "--journal", Journal);
        Imported.ExitCode.ShouldBe(0, Imported.ToString());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    public Task<System.Text.Json.JsonElement> AskAsync(string verb, params string[] options) =>
        CommandLine.AskAsync(Folder.Path, [verb, "--journal", Journal, .. options]);

    public Task<Outcome> RunAsync(string verb, params string[] options) =>
        CommandLine.RunAsync(Folder.Path, [verb, "--journal", Journal, .. options]);
}
