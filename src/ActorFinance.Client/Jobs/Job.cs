using System.Text.Json;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>Work that the service has begun. It goes on without its client, and is gone when the service stops.</summary>
/// <typeparam name="T">What it answers.</typeparam>
public sealed class Job<T>
{
    private static readonly TimeSpan LookSoon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookLate = TimeSpan.FromSeconds(2);

    private readonly ServiceConnection _connection;
    private readonly Func<JsonElement, T> _read;

    internal Job(ServiceConnection connection, string id, Func<JsonElement, T> read) => (_connection, Id, _read) = (connection, id, read);

    public string Id { get; }

    private string Address => $"/v1/jobs/{Uri.EscapeDataString(Id)}";

    /// <exception cref="NotFoundException">The service was started anew, or has forgotten it.</exception>
    public Task<JobStatus> StatusAsync(CancellationToken cancellation = default) =>
        _connection.AskAsync(() => new(HttpMethod.Get, Address), ClientJson.Default.JobStatus, cancellation);

    /// <summary>Waits for the answer.</summary>
    /// <param name="progress">Told how much is done, from 0 to 1.</param>
    /// <param name="cancellation">Ends the waiting; the job goes on, unless <see cref="CancelAsync"/> ends it.</param>
    /// <exception cref="NoAnswerException">Such as an edit that matches nothing; the detail names the nearest.</exception>
    /// <exception cref="ConflictException">It was cancelled, or does not fit what is there by now.</exception>
    /// <exception cref="NotFoundException">The service was started anew, or has forgotten it.</exception>
    /// <exception cref="ServiceUnavailableException">It took longer than the service allows, or broke.</exception>
    public async Task<T> ResultAsync(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var clock = _connection.Options.Clock;
        var asked = clock.GetTimestamp();
        while (true)
        {
            var status = await StatusAsync(cancellation).ConfigureAwait(false);
            progress?.Report(status.Progress);
            if (status.Problem is { } problem)
            {
                throw ActorFinanceException.Of(problem);
            }

            if (status.State is JobState.Done or JobState.Cancelled)
            {
                return _read(await _connection.AskAsync(() => new(HttpMethod.Get, $"{Address}/result"), ClientJson.Default.JsonElement, cancellation).ConfigureAwait(false));
            }

            // What takes long is looked at seldom: the answer is at most a tenth of its time late.
            var pause = clock.GetElapsedTime(asked) / 10;
            await Task.Delay(pause < LookSoon ? LookSoon : pause > LookLate ? LookLate : pause, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it, or forgets its answer. A promotion that has begun to write is finished all the same.</summary>
    public Task<JobStatus> CancelAsync(CancellationToken cancellation = default) =>
        _connection.AskAsync(() => new(HttpMethod.Delete, Address), ClientJson.Default.JobStatus, cancellation);
}
