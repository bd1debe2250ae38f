namespace ActorFinance.Service.Hosting;

/// <summary>Tells whoever waits that the journal has grown.</summary>
internal sealed class JournalSignal
{
    private TaskCompletionSource? _next;

    /// <summary>Free where nobody waits.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    /// <summary>Ends at the next write. Ask for it before looking at the journal, or a write between the two is missed.</summary>
    public Task Next()
    {
        while (true)
        {
            if (Volatile.Read(ref _next) is { } waiting)
            {
                return waiting.Task;
            }

            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _next, fresh, null) is null)
            {
                return fresh.Task;
            }
        }
    }
}
