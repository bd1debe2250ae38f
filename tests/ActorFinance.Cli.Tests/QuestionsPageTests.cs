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

    /// <summary>The lenders of GOOG-WULF lack nothing: no fault, and no silence either.</summary>
    [Fact]
    public async Task A_call_on_a_guarantee_that_nobody_needs_says_so() =>
        (await CommandLine.RunAsync(demo.Folder.Path, "what-if", "--call", "guarantee=GOOG-WULF,at=2027-06-30", "--measures", "cash", "--journal", "book.db")).Out
            .ShouldStartWith("1. call on GOOG-WULF on 2027-06-30: pays nothing, since its beneficiary lacks no cash then");

    /// <summary>The sixteenth question of docs/what-if.md: half of 46.6 bn is ordered no more, and 5 bn of costs are more than the 2.35 bn that CoreWeave has.</summary>
    [Fact]
    public async Task The_sixteenth_question_of_the_page_runs_as_it_stands_there()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "what-if.md"));
        demo.Folder.Write("sixteenth.yaml", page.Split("```yaml\n")[1].Split("```")[0]);
        var answer = await CommandLine.AskAsync(demo.Folder.Path, "what-if", "sixteenth.yaml", "--firmness", "contracted", "--journal", "book.db");
        decimal Of(string measure, string of) => answer.List("differences").Single(one => one.Text("measure") == measure && one.Text("of") == of).Number("whatIf");
        Of("openToReceive", "coreweave").ShouldBe(46.6e9m / 2);
        Of("cash", "coreweave").ShouldBe(0);
        answer.GetProperty("expected").List("probabilities").Single().GetDouble().ShouldBe(0.2);
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
