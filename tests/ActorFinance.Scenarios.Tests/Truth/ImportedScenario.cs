using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Importing;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Tests.Truth;

/// <summary>The letter of intent as if signed, imported once.</summary>
public sealed class ImportedSeed() : ImportedScenario("nvidia-openai.yaml");

/// <summary>The deals of the table, imported once.</summary>
public sealed class ImportedDeals() : ImportedScenario("ai-deals.yaml");

/// <summary>A bundled scenario, written by the companies' actors to a journal in a temporary folder, and read straight from its table.</summary>
public abstract class ImportedScenario(string name) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorfinance-truth-");

    public Book Book { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var (plan, result) = await ImportAsync();
        result.Written.ShouldBe(plan.Commands);
        Book = await ReadAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>As the program's import does it.</summary>
    public async Task<(ImportPlan Plan, ImportResult Result)> ImportAsync()
    {
        var items = Bundled().Commands.Select(command => new ImportItem(command.Envelope, $"{command.File}:{command.Line}", command.OnlyIfUnknown)).ToList();
        if (!(await JournalSession.OpenAsync(JournalFile, new SessionOptions())).Succeeded(out var session, out var error))
        {
            throw new IOException(error.Message);
        }

        await using (session)
        {
            var plan = await ImportPlan.MakeAsync(items, session.Reader, TimeProvider.System);
            plan.Refusals.ShouldBeEmpty();
            var result = await ImportRun.RunAsync(session, plan, progress: null, CancellationToken.None);
            result.Refusals.ShouldBeEmpty();
            result.Failure.ShouldBeNull();
            await session.SettleAsync();
            return (plan, result);
        }
    }

    public async Task<Book> ReadAsync()
    {
        if (!SqliteJournalReader.Open(JournalFile).Succeeded(out var reader, out var error))
        {
            throw new IOException(error.Message);
        }

        await using (reader)
        {
            var book = new Book();
            await foreach (var batch in reader.ReadEventsAsync())
            {
                foreach (var recorded in batch)
                {
                    book.Add(recorded);
                }
            }

            return book;
        }
    }

    private string JournalFile => Path.Combine(_folder.FullName, "book.db");

    private CommandBook Bundled() =>
        CommandFile.Read(Path.Combine(AppContext.BaseDirectory, "scenarios", name)) switch
        {
            ReadResult.Accepted accepted => accepted.Book,
            ReadResult.Rejected rejected => throw new InvalidDataException(string.Join(Environment.NewLine, rejected.Problems)),
            var other => throw new InvalidDataException(other.ToString()),
        };
}
