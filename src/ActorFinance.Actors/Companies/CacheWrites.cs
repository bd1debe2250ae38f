namespace ActorFinance.Actors.Companies;

/// <summary>
/// Snapshots that are being saved or deleted, or files beside the journal that are being written. They go on when the actor system stops: whoever closes the
/// journal waits for them first, or they would write to a file that the next writer has opened. Safe for concurrent use.
/// </summary>
internal sealed class CacheWrites
{
    private readonly Lock _lock = new();
    private int _underWay;
    private TaskCompletionSource? _none;

    public void Began()
    {
        lock (_lock)
        {
            _underWay++;
        }
    }

    public void Ended(int writes)
    {
        lock (_lock)
        {
            _underWay -= writes;
            if (_underWay == 0)
            {
                _none?.TrySetResult();
            }
        }
    }

    /// <summary>Asked once, when nothing new begins.</summary>
    public Task WhenNoneAsync()
    {
        lock (_lock)
        {
            _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_underWay == 0)
            {
                _none.SetResult();
            }

            return _none.Task;
        }
    }

    /// <summary>Counts a write from its beginning to its end, however it ends.</summary>
    public async Task<T> DuringAsync<T>(Func<Task<T>> write)
    {
        Began();
        try
        {
            return await write().ConfigureAwait(false);
        }
        finally
        {
            Ended(1);
        }
    }
}
