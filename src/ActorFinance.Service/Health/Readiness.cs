using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service;

/// <summary>
/// Whether the service should be sent anything: the journal takes a row and gives it back, the projections have caught up, the feed stands before no hole. Whoever asks
/// within a second of another gets the same answer, so that no flood of questions reaches the disk (decision 0181). What it says names no path and no address: anyone may ask.
/// </summary>
internal sealed class Readiness(RunningJournal journal, ServiceOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>A disk that does not answer would hold up the question for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private Task<Found>? _look;
    private Task<JournalOpenError?> _probe = Task.FromResult<JournalOpenError?>(null);
    private long _lookedAt;
    private string _said = "";

    /// <summary>The journal's offset, and why the service is not ready: none when it is.</summary>
    public sealed record Found(Offset Offset, IReadOnlyList<string> Reasons);

    public Task<Found> LookAsync(ILogger log)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && options.Clock.GetElapsedTime(_lookedAt) >= Fresh))
            {
                _lookedAt = options.Clock.GetTimestamp();
                _look = FindAsync(log, _closed.Token);
            }

            return _look;
        }
    }

    /// <summary>After the last question, before the journal is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_look ?? Task.CompletedTask, _probe), Task.Delay(Patience)).ConfigureAwait(false);
        _closed.Dispose();
    }

    private async Task<Found> FindAsync(ILogger log, CancellationToken closed)
    {
        var (reasons, words, offset) = (new List<string>(), "", default(Offset));
        try
        {
            if (await ProbeAsync(closed).ConfigureAwait(false) is { } fault)
            {
                reasons.Add($"the journal takes no writes: {Word(fault.Kind)}");
                words = fault.Message;
            }

            var hole = await journal.Reader.HoleAsync(closed).AsTask().WaitAsync(Patience, closed).ConfigureAwait(false);
            if (hole?.Since >= options.HoleAfter)
            {
                reasons.Add($"what was written behind offset {hole.After} cannot be read for {hole.Since.TotalSeconds:0} s: {hole.Taker} has taken an offset before it and not ended its transaction");
            }

            var now = await Reached.AskAsync(journal, closed).ConfigureAwait(false);
            offset = now.Journal;
            if (now.Projection is not { } shown || offset.Value - shown.Value > options.LagMax)
            {
                reasons.Add($"the projections have not caught up with offset {offset}{(now.Projection is { } at ? $": they are at {at}" : "")}");
            }
        }
        catch (Exception damage) when (damage is CorruptEventException or CorruptJournalException)
        {
            reasons.Add("the journal is damaged, and the projections have stopped before the damage");
        }
        catch (JournalReadException unreadable)
        {
            reasons.Add($"the journal cannot be read: {Word(unreadable.Error.Kind)}");
            words = unreadable.Message;
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException && !closed.IsCancellationRequested)
        {
            reasons.Add($"the journal has not answered for {Patience.TotalSeconds:0} s");
        }

        Say(log, string.Join("; ", reasons), words);
        return new(offset, reasons);
    }

    /// <summary>One at a time, also when it does not end: the next look waits for the same.</summary>
    private Task<JournalOpenError?> ProbeAsync(CancellationToken closed)
    {
        if (_probe.IsCompleted)
        {
            var value = options.Clock.GetUtcNow().UtcTicks;
            _probe = Task.Run(() => journal.Session.Probe(value), CancellationToken.None);
        }

        return _probe.WaitAsync(Patience, closed);
    }

    private static string Word(JournalOpenErrorKind kind) => kind switch
    {
        JournalOpenErrorKind.DiskFull => "its disk is full",
        JournalOpenErrorKind.Locked => "it is locked, or a write to it does not end",
        JournalOpenErrorKind.NotFound => "it is gone",
        JournalOpenErrorKind.NotWritable => "it is read-only, or may not be written",
        JournalOpenErrorKind.Unreachable => "its server does not answer, or the session that holds it is lost",
        JournalOpenErrorKind.Corrupt => "it is damaged",
        _ => "the machine failed; the log has the words",
    };

    /// <summary>Once when it changes, not at every question.</summary>
    private void Say(ILogger log, string reasons, string words)
    {
        if (reasons.Length > 0 && _said.Length == 0)
        {
            log.NotReady(reasons, words);
        }
        else if (reasons.Length == 0 && _said.Length > 0)
        {
            log.Ready();
        }

        _said = reasons;
    }
}
