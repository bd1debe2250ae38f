using ActorFinance.Cli.Tests.Running;
using ActorFinance.Postgres.Tests.Running;

namespace ActorFinance.Postgres.Tests.Program;

/// <summary>Every verb that reads answers from a database what it answers from a file with the same rows, to the byte.</summary>
public sealed class SameAnswerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PostgreSqlTestStore _store = new();

    [Fact]
    public async Task Every_reading_verb_answers_alike()
    {
        var scenarios = Path.Combine(AppContext.BaseDirectory, "scenarios");
        (await CommandLine.RunAsync(_folder.Path, "import", Path.Combine(scenarios, "ai-deals.yaml"), "--journal", "book.db")).ExitCode.ShouldBe(0);
        TwoStores.Copy(_folder["book.db"], _store);
        string[][] questions =
        [
            ["events", "--company", "openai"],
            ["cash", "--output", "json"],
            ["ownership", "--output", "json"],
            ["circular", "--firmness", "announced", "--output", "json"],
            ["what-if", "--shift", "deal=NVDA-OAI-LOI,by=90D"],
            ["verify", "--seal"],
        ];

        foreach (var two in questions.Chunk(2))
        {
            var answers = await Task.WhenAll(two.SelectMany(question => new[] { AskAsync(question, "book.db"), AskAsync(question, _store.Journal) }));
            for (var i = 0; i < two.Length; i++)
            {
                answers[2 * i].ExitCode.ShouldBe(0, $"{string.Join(' ', two[i])}: {answers[2 * i]}");
                answers[(2 * i) + 1].ShouldBe(answers[2 * i], string.Join(' ', two[i]));
            }
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    private Task<Outcome> AskAsync(string[] question, string journal) => CommandLine.RunAsync(_folder.Path, [.. question, "--journal", journal]);
}
