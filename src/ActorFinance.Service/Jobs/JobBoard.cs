using System.Text.Json.Nodes;
using System.Threading.Channels;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Jobs;

/// <summary>
/// The jobs of the service, one at a time on a thread of its own: whatever is asked, commands and questions keep the other cores. How many wait and how
/// many answers are kept is bounded; the oldest that is over goes first. Jobs are gone when the service stops.
/// </summary>
internal sealed class JobBoard : IAsyncDisposable
{
    /// <summary>Of all answers that are kept.</summary>
    private const long ResultBytesMax = 64 * 1024 * 1024;

    private readonly ServiceOptions _options;
    private readonly Lock _lock = new();
    private readonly List<Job> _jobs = [];
    private readonly Channel<Job> _waiting = Channel.CreateUnbounded<Job>();
    private readonly Task _working;
    private bool _isStopping;

    public JobBoard(ServiceOptions options)
    {
        _options = options;
        _working = WorkAsync();
    }

    /// <summary>Told what a job broke on.</summary>
    public Action<Exception>? Broke { get; set; }

    /// <summary>Waiting or running.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
            {
                return _jobs.Count(job => !job.IsOver);
            }
        }
    }

    /// <exception cref="ProblemException">As many wait as are allowed.</exception>
    public Job Add(string kind, Caller caller, Func<Job, CancellationToken, Task<JsonNode>> work)
    {
        lock (_lock)
        {
            if (_isStopping || _jobs.Count(job => !job.IsOver) >= _options.JobsMax)
            {
                throw new ProblemException(Problem.Of("busy", $"{_options.JobsMax} jobs wait or run, as many as are allowed"));
            }

            var job = new Job(kind, caller.Name, _options.Clock, work);
            _jobs.Add(job);
            _waiting.Writer.TryWrite(job);
            return job;
        }
    }

    /// <summary>Those that the caller may see, oldest first.</summary>
    public IReadOnlyList<Job> Of(Caller caller)
    {
        lock (_lock)
        {
            return [.. _jobs.Where(job => MaySee(job, caller))];
        }
    }

    /// <exception cref="ProblemException">There is none of this id, or it is another's.</exception>
    public Job Find(string id, Caller caller)
    {
        lock (_lock)
        {
            return _jobs.Find(job => job.Id == id && MaySee(job, caller))
                ?? throw new ProblemException(Problem.Of("not-found", $"there is no job '{id}'; answers are kept for a while only"));
        }
    }

    /// <summary>One that is over is forgotten, any other cancelled.</summary>
    public void End(Job job)
    {
        lock (_lock)
        {
            if (job.IsOver)
            {
                _jobs.Remove(job);
                return;
            }
        }

        job.Cancel();
    }

    /// <summary>Runs the part that computes on a thread of its own.</summary>
    public static Task<T> ComputeAsync<T>(Func<T> compute, CancellationToken cancellation) =>
        Task.Factory.StartNew(compute, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
            _waiting.Writer.Complete();
            _jobs.ForEach(job => job.Cancel());
        }

        // What does not look for its end ends with the process.
        await Task.WhenAny(_working, Task.Delay(_options.StopWithin, _options.Clock)).ConfigureAwait(false);
    }

    private static bool MaySee(Job job, Caller caller) => caller.Role == Role.Admin || job.Owner == caller.Name;

    private async Task WorkAsync()
    {
        await foreach (var job in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await job.RunAsync(_options.JobWithin, failure => Broke?.Invoke(failure)).ConfigureAwait(false);
            Forget();
        }
    }

    private void Forget()
    {
        lock (_lock)
        {
            var over = _jobs.Where(job => job.IsOver).ToList();
            var bytes = over.Sum(job => (long)(job.Result?.Length ?? 0));
            foreach (var job in over.SkipLast(1).TakeWhile((_, at) => over.Count - at > _options.JobsKept || bytes > ResultBytesMax))
            {
                bytes -= job.Result?.Length ?? 0;
                _jobs.Remove(job);
            }
        }
    }
}
