using System.Collections.Concurrent;

namespace ActorFinance.Service.Security;

/// <summary>
/// Streams outlive what let them in: one whose key was withdrawn, or whose token has expired or was revoked, is ended at the next look, and whoever comes again is refused as any
/// other request is. A look at a thousand tokens takes some tenth of a second of a core, so it is every ten seconds.
/// </summary>
internal sealed class OpenStreams : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Callers _callers;
    private readonly ConcurrentDictionary<Entry, bool> _open = new();
    private readonly ITimer? _looking;
    private int _isLooking;

    public OpenStreams(Callers callers, TimeProvider clock)
    {
        _callers = callers;
        _looking = callers.IsOpen ? null : clock.CreateTimer(_ => _ = LookAsync(), state: null, LookEvery, LookEvery);
    }

    /// <summary>Until what is returned is disposed.</summary>
    /// <param name="authorization">As the request has it.</param>
    /// <param name="role">The least that the caller must have.</param>
    /// <param name="stream">Is cancelled when the caller has less.</param>
    public IDisposable? Watch(string? authorization, Role role, CancellationTokenSource stream)
    {
        if (_looking is null)
        {
            return null;
        }

        var entry = new Entry(this, authorization, role, stream);
        _open[entry] = true;
        return entry;
    }

    public ValueTask DisposeAsync() => _looking?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            foreach (var entry in _open.Keys)
            {
                if ((await _callers.OfAsync(entry.Authorization).ConfigureAwait(false)).Role < entry.Role)
                {
                    entry.End();
                }
            }
        }
        finally
        {
            // One that fails is not the last.
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private sealed class Entry(OpenStreams all, string? authorization, Role role, CancellationTokenSource stream) : IDisposable
    {
        private readonly Lock _lock = new();
        private bool _isOver;

        public string? Authorization { get; } = authorization;

        public Role Role { get; } = role;

        public void End()
        {
            lock (_lock)
            {
                if (!_isOver)
                {
                    // Whoever waits for it goes on elsewhere.
                    _ = stream.CancelAsync();
                }
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isOver = true;
            }

            all._open.TryRemove(this, out _);
        }
    }
}
