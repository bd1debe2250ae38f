using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Model;

namespace ActorFinance.Actors.Importing;

/// <summary>How an import ended. Whatever is counted as written is on disk.</summary>
public sealed record ImportResult(int Written, IReadOnlyList<ImportRefusal> Refusals, string? Failure, bool Cancelled);

/// <summary>
/// Sends a plan to the companies. Each company has a queue in the order of the file; plain commands at its head go out together, while commands that
/// write to several journals (steps, and payments whose receipt must be counted) wait until they are at the head of each.
/// </summary>
public sealed class ImportRun
{
    /// <summary>Commands in one message: enough that a write is a full transaction, few enough that progress moves.</summary>
    private const int BatchMax = 200;

    /// <summary>Messages under way: keeps the journal's writer busy and its buffer short (decision 0005).</summary>
    private const int InFlightMax = 48;

    private readonly JournalSession _session;
    private readonly Dictionary<CompanyId, Queue<PlannedItem>> _queues = [];
    private readonly HashSet<CompanyId> _busy = [];
    private readonly Queue<CompanyId> _ready = new();
    private readonly Channel<Completion> _completions = Channel.CreateUnbounded<Completion>();
    private readonly List<ImportRefusal> _refusals = [];
    private readonly IProgress<int>? _progress;
    private readonly Action<CommandId>? _acknowledged;
    private int _written;
    private int _inFlight;
    private string? _failure;

    private ImportRun(JournalSession session, IProgress<int>? progress, Action<CommandId>? acknowledged)
    {
        _session = session;
        _progress = progress;
        _acknowledged = acknowledged;
    }

    /// <param name="session">The journal.</param>
    /// <param name="plan">Without refusals.</param>
    /// <param name="progress">Is told how many commands are on disk.</param>
    /// <param name="cancellation">Stops sending; what is under way is waited for.</param>
    /// <param name="acknowledged">Is told each command that a company has accepted, one call at a time.</param>
    public static async Task<ImportResult> RunAsync(
        JournalSession session, ImportPlan plan, IProgress<int>? progress, CancellationToken cancellation, Action<CommandId>? acknowledged = null)
    {
        var run = new ImportRun(session, progress, acknowledged);
        var (registrations, others) = (plan.Items.Where(IsRegistration), plan.Items.Where(item => !IsRegistration(item)));
        foreach (var phase in new[] { registrations, others })
        {
            await run.RunPhaseAsync(phase, cancellation).ConfigureAwait(false);
        }

        return new(run._written, run._refusals, run._failure, cancellation.IsCancellationRequested && run._queues.Count > 0);
    }

    private static bool IsRegistration(PlannedItem item) => item.Item.Command.Command is RegisterCompany;

    private async Task RunPhaseAsync(IEnumerable<PlannedItem> items, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            foreach (var company in item.Companies)
            {
                if (!_queues.TryGetValue(company, out var queue))
                {
                    queue = new();
                    _queues.Add(company, queue);
                    _ready.Enqueue(company);
                }

                queue.Enqueue(item);
            }
        }

        while (true)
        {
            while (_inFlight < InFlightMax && _failure is null && !cancellation.IsCancellationRequested && _ready.TryDequeue(out var company))
            {
                Send(company);
            }

            if (_inFlight == 0)
            {
                return;
            }

            Complete(await _completions.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false));
        }
    }

    private void Send(CompanyId company)
    {
        if (_busy.Contains(company) || !_queues.TryGetValue(company, out var queue))
        {
            return;
        }

        var head = queue.Peek();
        if (head.Companies.Count == 1)
        {
            var batch = queue.TakeWhile(item => item.Companies.Count == 1).Take(BatchMax).ToList();
            Dispatch(company, batch);
        }
        else if (head.Companies.All(other => !_busy.Contains(other) && _queues[other].Peek() == head))
        {
            Dispatch(head.Item.Command.Company, [head]);
        }
    }

    private void Dispatch(CompanyId company, List<PlannedItem> batch)
    {
        foreach (var involved in batch[0].Companies)
        {
            _busy.Add(involved);
        }

        _inFlight++;
        _ = SendAsync(company, batch);
    }

    private async Task SendAsync(CompanyId company, List<PlannedItem> batch)
    {
        try
        {
            var replies = await _session.SubmitAsync(new Submit(company, [.. batch.Select(item => item.Command)])).ConfigureAwait(false);
            if (batch[0].Companies.Count > 1)
            {
                await _session.CountReceiptsAsync(replies[0]).ConfigureAwait(false);
            }

            _completions.Writer.TryWrite(new(batch, replies, Failure: null));
        }
        catch (Exception failure)
        {
            // Whatever it is, the run must hear of it: it waits for each message that it sent.
            _completions.Writer.TryWrite(new(batch, [], failure));
        }
    }

    private void Complete(Completion completion)
    {
        _inFlight--;
        foreach (var involved in completion.Batch[0].Companies)
        {
            _busy.Remove(involved);
        }

        if (completion.Failure is { } failure)
        {
            if (failure is not (IOException or Akka.Actor.AskTimeoutException))
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            _failure ??= failure.Message;
            return;
        }

        foreach (var (item, reply) in completion.Batch.Zip(completion.Replies))
        {
            if (reply is CommandReply.Refused refused)
            {
                _refusals.Add(new(item.Item, refused.Refusal));
            }
            else
            {
                _written++;
                _acknowledged?.Invoke(reply.Command);
            }

            foreach (var involved in item.Companies)
            {
                var queue = _queues[involved];
                queue.Dequeue();
                if (queue.Count == 0)
                {
                    _queues.Remove(involved);
                }
            }
        }

        foreach (var involved in completion.Batch[0].Companies)
        {
            Ready(involved);
        }

        _progress?.Report(_written);
    }

    /// <summary>A company that may send again; and, when the command at its head writes elsewhere too, the others that wait for it.</summary>
    private void Ready(CompanyId company)
    {
        if (!_queues.TryGetValue(company, out var queue))
        {
            return;
        }

        _ready.Enqueue(company);
    }

    private sealed record Completion(List<PlannedItem> Batch, ImmutableArray<CommandReply> Replies, Exception? Failure);
}
