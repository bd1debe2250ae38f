using System.Diagnostics;
using ActorFinance.Cli.Output;

namespace ActorFinance.Cli.Progress;

/// <summary>One line on standard error with share, rate and time left: only on a terminal, only after the first second, gone when the work is done.</summary>
internal sealed class ProgressBar(Terminal terminal, string what, long total) : IProgress<int>, IProgress<long>, IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _shownAt;
    private bool _shown;

    public void Report(int value) => Report((long)value);

    public void Report(long done)
    {
        var elapsed = _elapsed.Elapsed;
        if (!terminal.ShowsProgress || elapsed < Silence || elapsed - _shownAt < Between)
        {
            return;
        }

        _shownAt = elapsed;
        _shown = true;
        var share = total == 0 ? 1d : Math.Min(1d, (double)done / total);
        var rate = done / elapsed.TotalSeconds;
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, total - done) / rate) : TimeSpan.Zero;
        var filled = (int)(share * Cells);
        Console.Error.Write($"\r{what} [{new string('#', filled)}{new string('.', Cells - filled)}] {share * 100,3:0} %  {done:#,0} of {total:#,0}  {rate:#,0}/s  {left:mm\\:ss} left \u001b[K");
    }

    public void Dispose()
    {
        if (_shown)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
