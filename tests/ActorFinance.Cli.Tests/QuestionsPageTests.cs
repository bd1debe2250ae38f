namespace ActorFinance.Cli.Tests;

/// <summary>docs/questions.md shows what the program prints: every command of the page is run, and its output is the page's to the character.</summary>
public sealed class QuestionsPageTests(QuestionsPageTests.Demo demo) : IClassFixture<QuestionsPageTests.Demo>
{
    private const int Questions = 15;
    private const int LinesMax = 70;

    private static readonly string s_page = Path.Combine(AppContext.BaseDirectory, "docs", "questions.md");

    public static TheoryData<string, AnsweredQuestion> Answers
    {
        get
        {
            var data = new TheoryData<string, AnsweredQuestion>();
            foreach (var answer in QuestionsPage.Read(s_page))
            {
                data.Add(answer.Heading, answer);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_command_prints_what_the_page_shows(string heading, AnsweredQuestion answer)
    {
        var outcome = await CommandLine.RunAsync(demo.Folder.Path, answer.Arguments);

        outcome.ExitCode.ShouldBe(0, $"{heading}: {outcome}");
        outcome.Err.ShouldBeEmpty();
        QuestionsPage.Trimmed(outcome.Out).ShouldBe(answer.Output, $"under '{heading}', {answer.Command} prints now:\n{outcome.Out}");
    }

    [Fact]
    public void Each_of_the_fifteen_questions_has_one_command_and_an_answer_of_a_page_at_most()
    {
        var answers = QuestionsPage.Read(s_page);
        answers.Select(answer => answer.Heading.Split('.')[0]).ShouldBe(Enumerable.Range(1, Questions).Select(number => $"{number}"));
        foreach (var answer in answers)
        {
            answer.Command.ShouldStartWith("actorfinance ");
            answer.Output.Split('\n').Length.ShouldBeInRange(4, LinesMax, answer.Heading);
        }
    }

    /// <summary>The journals that the page asks, written once.</summary>
    public sealed class Demo : IAsyncLifetime, IDisposable
    {
        public TempFolder Folder { get; } = new();

        public async Task InitializeAsync()
        {
            var outcome = await CommandLine.RunAsync(Folder.Path, "demo", "--journal", "book.db");
            outcome.ExitCode.ShouldBe(0, outcome.ToString());
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => Folder.Dispose();
    }
}
