using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>How long the program takes when there is hardly anything to do: its version, and a question on a book of a hundred flows.</summary>
internal static class Starts
{
    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var journal = new FlowBook(10, 100).WriteJournal(folder.FreshJournal());
        foreach (var program in Actorfinance.All(options))
        {
            await MeasureAsync(program, "--version", 0.12, "--version");
            await MeasureAsync(program, "cash on a small book", 0.25, "cash", "--journal", journal);
            await MeasureAsync(program, "ownership on a small book", 0.25, "ownership", "--journal", journal);
        }

        async Task MeasureAsync(Actorfinance program, string name, double target, params string[] arguments)
        {
            var seconds = new List<double>();

            // A start is short: ten a round, the first of all for the page cache.
            (await program.RunAsync(arguments)).MustSucceed();
            for (var i = 0; i < options.Rounds * 10; i++)
            {
                seconds.Add((await program.RunAsync(arguments)).MustSucceed().Seconds);
            }

            report.Samples($"{name}, {program.Name} (target {target} s)", "s", seconds);
        }
    }
}
