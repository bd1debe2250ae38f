using ActorFinance.Cli.Output;

namespace ActorFinance.Cli.Progress;

/// <summary>A bar for each thing that is worked on, one after the other. Reports may come from any thread; a cancelled question ends at the next one.</summary>
internal sealed class WorkProgress(Terminal terminal, CancellationToken cancellation) : IDisposable
{
    private const int Steps = 1_000;

    private readonly Lock _lock = new();
    private string _what = "";
    private ProgressBar? _bar;

    public void Report(string what, double done)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_what != what)
            {
                _bar?.Dispose();
                (_what, _bar) = (what, new(terminal, what, Steps));
            }

            _bar!.Report((long)(done * Steps));
        }
    }

    public void Dispose() => _bar?.Dispose();
}
