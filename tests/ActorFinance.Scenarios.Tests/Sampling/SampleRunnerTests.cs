using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

/// <summary>The same table on any number of workers, and however often it was broken off.</summary>
public sealed class SampleRunnerTests : IDisposable
{
    private const int Runs = 500;
    private static readonly SamplePlan s_plan = SamplePlan.Of([new("a", new Distribution.Normal(0, 1, null, null)), new("b", new Distribution.Uniform(0, 1))], [new(0, 1, 0.5)], seed: 11)!;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"runs-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_table(int workers) => Cells(SampleRunner.Run(Runs, 2, workers, Draw)).ShouldBe(Cells(SampleRunner.Run(Runs, 2, 1, Draw)));

    [Fact]
    public void Cancelled_and_resumed_equals_uninterrupted_and_draws_nothing_twice()
    {
        using var cancel = new CancellationTokenSource();
        var drawn = 0;
        using (var kept = RunFile.Open(_path, "question", 2)!)
        {
            Should.Throw<OperationCanceledException>(() => SampleRunner.Run(Runs, 2, 2, (run, cells) =>
            {
                if (Interlocked.Increment(ref drawn) == 200)
                {
                    cancel.Cancel();
                }

                Draw(run, cells);
            }, kept, cancellation: cancel.Token));
        }

        drawn.ShouldBeInRange(200, Runs - 1);
        using (var kept = RunFile.Open(_path, "question", 2)!)
        {
            var again = SampleRunner.Run(Runs, 2, 2, (run, cells) =>
            {
                Interlocked.Increment(ref drawn);
                Draw(run, cells);
            }, kept);
            Cells(again).ShouldBe(Cells(SampleRunner.Run(Runs, 2, 1, Draw)));
        }

        drawn.ShouldBe(Runs);
    }

    [Fact]
    public void More_runs_go_on_from_fewer()
    {
        using (var kept = RunFile.Open(_path, "question", 2)!)
        {
            SampleRunner.Run(100, 2, 1, Draw, kept);
        }

        var drawn = new List<int>();
        using var grown = RunFile.Open(_path, "question", 2)!;
        SampleRunner.Run(130, 2, 1, (run, cells) =>
        {
            drawn.Add(run);
            Draw(run, cells);
        }, grown);
        drawn.ShouldBe(Enumerable.Range(100, 30));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(-20)]
    public void A_file_that_was_cut_short_draws_the_rest_again(int cut)
    {
        using (var kept = RunFile.Open(_path, "question", 2)!)
        {
            SampleRunner.Run(100, 2, 1, Draw, kept);
        }

        using (var file = File.OpenWrite(_path))
        {
            file.SetLength(file.Length + cut);
        }

        using var again = RunFile.Open(_path, "question", 2)!;
        Cells(SampleRunner.Run(100, 2, 1, Draw, again)).ShouldBe(Cells(SampleRunner.Run(100, 2, 1, Draw)));
    }

    [Fact]
    public void A_file_of_another_question_is_not_taken()
    {
        RunFile.Open(_path, "question", 2)!.Dispose();
        RunFile.Open(_path, "another", 2).ShouldBeNull();
        RunFile.Open(_path, "question", 3).ShouldBeNull();
        RunFile.Open(_path, "question", 2)!.Dispose();
    }

    private static void Draw(int run, Span<decimal> cells) => s_plan.Draw(run).CopyTo(cells);

    private static List<decimal?> Cells(SampleTable table) => [.. Enumerable.Range(0, table.Runs).SelectMany(run => Enumerable.Range(0, table.Columns).Select(column => table[run, column]))];
}
