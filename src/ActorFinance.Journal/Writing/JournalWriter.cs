namespace ActorFinance.Journal.Writing;

/// <summary>
/// A thread that appends what it is given, in that order: all that waits goes into one transaction, and so waits for the disk once. SQLite takes one
/// writer at a time and blocks its thread meanwhile; on PostgreSQL one after the other keeps the offsets in the order of the commits. Safe to call from any thread.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly string _name;
    private readonly Func<IJournalAppender> _open;
    private readonly int _rowsTogether;
    private readonly int _rowsWaitingMax;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly Queue<Waiting> _queue = new();

    /// <summary>Of each persistent actor that has something under way, the last of it.</summary>
    private readonly Dictionary<string, Waiting> _last = new(StringComparer.Ordinal);
    private int _rowsWaiting;
    private bool _closing;
    private IJournalAppender? _appender;

    /// <param name="name">The journal's, for messages.</param>
    /// <param name="open">Opens the journal; called by the thread, with its first write.</param>
    /// <param name="rowsTogether">A transaction takes no further write once it has so many rows.</param>
    /// <param name="rowsWaitingMax">Beyond so many rows that wait, a write fails at once.</param>
    public JournalWriter(string name, Func<IJournalAppender> open, int rowsTogether, int rowsWaitingMax)
    {
        (_name, _open, _rowsTogether, _rowsWaitingMax) = (name, open, rowsTogether, rowsWaitingMax);
        _thread = new(Run) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
    }

    /// <summary>Done when it is on the disk.</summary>
    /// <exception cref="JournalWriteException">In the task: nothing of it was written.</exception>
    public Task AppendAsync(JournalWrite write)
    {
        var waiting = new Waiting(write);
        lock (_gate)
        {
            if (_closing)
                return Task.FromException(Refused("it is being closed"));
            if (_rowsWaiting >= _rowsWaitingMax)
                return Task.FromException(Refused($"{_rowsWaiting} events wait to be written"));

            _rowsWaiting += write.Rows.Length;
            _last[write.PersistenceId] = waiting;
            _queue.Enqueue(waiting);
            Monitor.Pulse(_gate);
        }

        return waiting.Done.Task;
    }

    /// <summary>What this persistent actor has under way, if anything.</summary>
    public Task UnderWay(string persistenceId)
    {
        lock (_gate)
            return _last.TryGetValue(persistenceId, out var waiting) ? waiting.Done.Task : Task.CompletedTask;
    }

    /// <summary>Writes what it has taken, then closes the journal.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _appender?.Dispose();
    }

    private void Run()
    {
        var group = new List<Waiting>();
        while (Take(group))
        {
            Append(group);
            group.Clear();
        }
    }

    /// <summary>False: closed, and nothing is left.</summary>
    private bool Take(List<Waiting> group)
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_closing)
                    return false;
                Monitor.Wait(_gate);
            }

            for (var rows = 0; rows < _rowsTogether && _queue.TryDequeue(out var waiting); rows += waiting.Write.Rows.Length)
                group.Add(waiting);
            return true;
        }
    }

    private void Append(List<Waiting> group)
    {
        if (Try(group) is not { } failure)
        {
            End(group, failure: null);
            return;
        }

        // Who is at fault? Each by itself: an event whose number another program took must not stop other companies.
        foreach (var waiting in group)
            End([waiting], group.Count == 1 ? failure : Try([waiting]));
    }

    private Exception? Try(List<Waiting> group)
    {
        try
        {
            _appender ??= _open();
            _appender.Append(group.ConvertAll(waiting => waiting.Write));
            return null;
        }
        catch (Exception failure)
        {
            // Whatever it is, those who wait must hear of it, and the thread must live.
            return failure;
        }
    }

    private void End(List<Waiting> group, Exception? failure)
    {
        lock (_gate)
        {
            foreach (var waiting in group)
            {
                _rowsWaiting -= waiting.Write.Rows.Length;
                if (_last.TryGetValue(waiting.Write.PersistenceId, out var last) && last == waiting)
                    _last.Remove(waiting.Write.PersistenceId);
            }
        }

        foreach (var waiting in group)
        {
            if (failure is null)
                waiting.Done.SetResult();
            else
                waiting.Done.SetException(failure);
        }
    }

    private JournalWriteException Refused(string because) =>
        new(new(JournalOpenErrorKind.InputOutput, _name, $"The journal '{_name}' takes no more events: {because}."));

    private sealed class Waiting(JournalWrite write)
    {
        public JournalWrite Write { get; } = write;

        /// <summary>Whoever waits goes on elsewhere: this thread is for writing.</summary>
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
