using ActorFinance.Analysis.Timeline;
using ActorFinance.Journal.Reading;

namespace ActorFinance.Service.Jobs;

/// <summary>
/// The journal's events for the jobs, which come one at a time: read when a job needs them, and for the next job only what came since, as long as the
/// collector has left the book where it is.
/// </summary>
internal sealed class JobBook(IJournalReader reader)
{
    private readonly WeakReference<Book> _last = new(new());

    /// <param name="job">Told how much is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Book> ReadAsync(IProgress<double> job, CancellationToken cancellation)
    {
        var book = _last.TryGetTarget(out var kept) ? kept : new();
        var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
        try
        {
            await foreach (var batch in reader.ReadEventsAsync(book.LastOffset.Value, last, cancellation).ConfigureAwait(false))
            {
                foreach (var recorded in batch)
                {
                    book.Add(recorded);
                }

                job.Report((double)book.LastOffset.Value / last);
            }
        }
        catch
        {
            // Half a batch may be in it.
            _last.SetTarget(new());
            throw;
        }

        _last.SetTarget(book);
        return book;
    }
}
