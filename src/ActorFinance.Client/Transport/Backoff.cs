namespace ActorFinance.Client.Transport;

/// <summary>Pauses that grow and are drawn at random, so that many clients of a service that comes back do not come back together.</summary>
internal sealed class Backoff(ActorFinanceClientOptions options)
{
    private TimeSpan _last = options.PauseLeast;

    public void Reset() => _last = options.PauseLeast;

    /// <param name="atLeast">What the service asked for.</param>
    /// <param name="cancellation">Ends the pause.</param>
    public Task PauseAsync(TimeSpan? atLeast, CancellationToken cancellation)
    {
        var least = options.PauseLeast.TotalMilliseconds;
        var drawn = least + (Random.Shared.NextDouble() * Math.Max(0, (_last.TotalMilliseconds * 3) - least));
        _last = TimeSpan.FromMilliseconds(Math.Min(drawn, options.PauseMost.TotalMilliseconds));
        return Task.Delay(atLeast > _last ? atLeast.Value : _last, options.Clock, cancellation);
    }
}
