using System.Text.Json.Nodes;
using ActorFinance.Answers;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Jobs;

internal enum JobState
{
    /// <summary>Others are before it.</summary>
    Waiting = 1,
    Running,
    Done,

    /// <summary>It has no answer; its problem says why.</summary>
    Failed,
    Cancelled,
}

/// <summary>Work that takes longer than a request should: asked for, watched, cancelled, its answer fetched.</summary>
internal sealed class Job(string kind, string owner, TimeProvider clock, Func<Job, CancellationToken, Task<JsonNode>> work) : IProgress<double>, IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Lock _lock = new();
    private readonly Instant _createdAt = Instant.Of(clock.GetUtcNow());
    private Instant? _startedAt;
    private Instant? _endedAt;
    private double _progress;
    private bool _goesThrough;

    public string Id { get; } = Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>Who may see it, beside admins.</summary>
    public string Owner => owner;

    public JobState State { get; private set; } = JobState.Waiting;

    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    /// <summary>The answer as the command line prints it; null while there is none.</summary>
    public byte[]? Result { get; private set; }

    /// <summary>Why it failed.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>How much is done, from 0 to 1.</summary>
    public void Report(double value) => Volatile.Write(ref _progress, value);

    /// <summary>For work that tells how far it is; the work ends at its next word once the job is cancelled.</summary>
    public Action<string, double> Watch(CancellationToken cancellation) => (_, done) =>
    {
        cancellation.ThrowIfCancellationRequested();
        Report(done);
    };

    /// <summary>Ends it at its next look, or before it begins; nothing for one that is over or goes through.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (State == JobState.Waiting)
            {
                End(JobState.Cancelled);
            }

            if (!IsOver && !_goesThrough)
            {
                _cancelled.Cancel();
            }
        }
    }

    /// <summary>From here on the work is finished, whoever cancels it and however long it takes: half of it would be worse than all.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before.</exception>
    public void GoThrough()
    {
        lock (_lock)
        {
            _cancelled.Token.ThrowIfCancellationRequested();
            _goesThrough = true;
        }
    }

    /// <summary>Does the work, unless it was cancelled before.</summary>
    /// <param name="within">How long it may take.</param>
    /// <param name="broke">Told what must not reach the caller.</param>
    public async Task RunAsync(TimeSpan within, Action<Exception> broke)
    {
        lock (_lock)
        {
            if (IsOver)
            {
                return;
            }

            (State, _startedAt) = (JobState.Running, Instant.Of(clock.GetUtcNow()));
        }

        using var limit = new CancellationTokenSource(within, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _cancelled.Token);
        try
        {
            var answer = await work(this, ended.Token).ConfigureAwait(false);
            if (!_goesThrough)
            {
                ended.Token.ThrowIfCancellationRequested();
            }

            Result = [.. System.Text.Encoding.UTF8.GetBytes(JsonAnswer.Text(answer)), (byte)'\n'];
            Over(JobState.Done);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            Over(JobState.Cancelled);
        }
        catch (Exception failure)
        {
            Problem = ProblemOf(failure, within);
            if (Problem.Code == "internal")
            {
                broke(failure);
            }

            Over(JobState.Failed);
        }
    }

    public JsonObject ToJson()
    {
        lock (_lock)
        {
            return new()
            {
                ["job"] = Id,
                ["kind"] = kind,
                ["state"] = State.ToString().ToLowerInvariant(),
                ["owner"] = owner,
                ["created"] = _createdAt.ToString(),
                ["started"] = _startedAt?.ToString(),
                ["ended"] = _endedAt?.ToString(),
                ["progress"] = State == JobState.Done ? 1 : Math.Round(Volatile.Read(ref _progress), 4),
                ["result"] = State == JobState.Done ? $"/v1/jobs/{Id}/result" : null,
                ["problem"] = Problem?.ToJson($"/v1/jobs/{Id}"),
            };
        }
    }

    public void Dispose() => _cancelled.Dispose();

    private static Problem ProblemOf(Exception failure, TimeSpan within) => failure switch
    {
        ProblemException known => known.Problem,
        QuestionRefusedException refused => Problem.Of("no-answer", refused.Message),
        OverflowException total => Problem.Of("no-answer", total.Message),
        OperationCanceledException => Problem.Of("too-slow", $"not done within {within.TotalSeconds:0} s"),
        _ => Problem.Of("internal", "the service broke while it worked on this; the log has the cause"),
    };

    private void Over(JobState state)
    {
        lock (_lock)
        {
            End(state);
        }
    }

    private void End(JobState state) => (State, _endedAt) = (state, Instant.Of(clock.GetUtcNow()));
}
