namespace ActorFinance.Scenarios.Sampling;

/// <summary>Makes runs, on as many workers as asked. A run depends on its number alone, so the table is the same for any number of workers, and resumed or not.</summary>
public static class SampleRunner
{
    /// <summary>Runs handed to a worker at once: enough that handing out costs nothing, few enough that no worker is left alone at the end.</summary>
    private const int BlockLength = 32;

    /// <param name="runs">How many.</param>
    /// <param name="columns">Cells of a run.</param>
    /// <param name="workers">Threads at most.</param>
    /// <param name="sample">Fills the cells of a run, which are none before; called from several threads.</param>
    /// <param name="kept">Runs that are there already are taken from it, and new ones are kept; null for none.</param>
    /// <param name="progress">Told how many runs there are, from any thread.</param>
    /// <param name="cancellation">Ends between two runs; what is finished by then is kept.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SampleTable Run(
        int runs, int columns, int workers, SampleRow sample, RunFile? kept = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var table = new SampleTable(runs, columns);
        var known = kept?.ReadInto(table) ?? new bool[runs];
        var done = known.Count(isKnown => isKnown);
        var blocks = (runs + BlockLength - 1) / BlockLength;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers), CancellationToken = cancellation }, block =>
        {
            var finished = new List<int>(BlockLength);
            try
            {
                for (var run = block * BlockLength; run < Math.Min(runs, (block + 1) * BlockLength); run++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (!known[run])
                    {
                        table.Row(run).Fill(SampleTable.None);
                        sample(run, table.Row(run));
                        finished.Add(run);
                    }
                }
            }
            finally
            {
                kept?.Append(table, finished);
            }

            progress?.Report(Interlocked.Add(ref done, finished.Count));
        });
        return table;
    }
}

/// <summary>Fills one run's cells.</summary>
public delegate void SampleRow(int run, Span<decimal> cells);
