using System.Threading.RateLimiting;

namespace ActorFinance.Service.Hosting;

/// <summary>
/// Who may write the journal when: commands side by side, since each is decided on what is written; alone whoever has rehearsed several together. First
/// come, first served, so that neither waits for ever.
/// </summary>
internal sealed class WriteTurns : IAsyncDisposable
{
    /// <summary>More than there can be requests at once.</summary>
    private const int Everybody = 1_000_000;

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = Everybody, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Beside others of its kind, until it is disposed.</summary>
    public ValueTask<RateLimitLease> BesideAsync(CancellationToken cancellation) => _turns.AcquireAsync(1, cancellation);

    /// <summary>Alone, until it is disposed.</summary>
    public ValueTask<RateLimitLease> AloneAsync(CancellationToken cancellation) => _turns.AcquireAsync(Everybody, cancellation);

    public ValueTask DisposeAsync() => _turns.DisposeAsync();
}
