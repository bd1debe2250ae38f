using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Reading;

/// <summary>Reading verbs read the journal's table straight, beside a running writer, without an actor system.</summary>
internal static class BookReading
{
    /// <summary>Larger books grow as they are read: an offset is only a hint of how many there are.</summary>
    private const int ExpectedMax = 4_000_000;

    public static IJournalReader Open(string journal) => Open(JournalStore.Of(journal));

    /// <summary>Null where a writer would make a new journal.</summary>
    public static IJournalReader? OpenIfThere(IJournalStore store) => store.OpenReader().Succeeded(out var reader, out var error)
        ? reader
        : error.Kind == JournalOpenErrorKind.NotFound ? null : throw new CliFailure(ExitCode.InputOutput, error.Message);

    private static IJournalReader Open(IJournalStore store)
    {
        if (store.OpenReader().Succeeded(out var reader, out var error))
        {
            return reader;
        }

        var hint = error.Kind == JournalOpenErrorKind.NotFound
            ? $"\nMake one: 'actorfinance import FILE --journal {store.Name}', or 'actorfinance demo --journal {store.Name}'."
            : "";
        throw new CliFailure(ExitCode.InputOutput, error.Message + hint);
    }

    public static async Task<Book> ReadAsync(Terminal terminal, string journal, CancellationToken cancellation)
    {
        var reader = Open(journal);
        await using (reader.ConfigureAwait(false))
        {
            return await ReadAsync(terminal, reader, cancellation).ConfigureAwait(false);
        }
    }

    public static async Task<Book> ReadAsync(Terminal terminal, IJournalReader reader, CancellationToken cancellation)
    {
        var book = new Book();
        try
        {
            var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
            using var progress = new ProgressBar(terminal, "Reading", last);
            await foreach (var batch in reader.ReadEventsAsync(upTo: last, cancellation: cancellation).ConfigureAwait(false))
            {
                foreach (var recorded in batch)
                {
                    book.Add(recorded);
                }

                progress.Report(book.LastOffset.Value);
            }
        }
        catch (CorruptEventException corrupt)
        {
            throw Damaged(corrupt);
        }

        return book;
    }

    /// <summary>
    /// What questions about some parts need of the journal: a third of the time that the whole book takes, and from a checkpoint beside the journal only
    /// what came since.
    /// </summary>
    public static async Task<IndexReading> ReadIndexAsync(Terminal terminal, string journal, BookParts parts, bool useCheckpoint, CancellationToken cancellation)
    {
        var store = JournalStore.Of(journal);
        var reader = Open(store);
        await using var _ = reader.ConfigureAwait(false);
        var index = useCheckpoint ? await CheckpointFile.ReadAsync(store.CachePath, reader, parts, cancellation).ConfigureAwait(false) : new(parts);
        var known = index.Places.Count;
        try
        {
            var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
            if (last > index.LastOffset.Value)
            {
                // Offsets have holes, few of them.
                index.Places.Expect((int)Math.Min(last - index.LastOffset.Value, ExpectedMax));
                using var progress = new ProgressBar(terminal, "Reading", last);
                await foreach (var batch in reader.ReadPlacedAsync(fact => BookIndex.NeedsWhole(index.Parts, fact), index.LastOffset.Value, last, cancellation).ConfigureAwait(false))
                {
                    using (batch)
                    {
                        foreach (ref readonly var row in batch.Rows)
                        {
                            index.Apply(row.Placed, row.Whole);
                        }
                    }

                    progress.Report(index.LastOffset.Value);
                }
            }
        }
        catch (CorruptEventException corrupt)
        {
            throw Damaged(corrupt);
        }

        return new(index, useCheckpoint && index.Places.Count - known >= CheckpointFile.EventsWorthwhile);
    }

    /// <summary>Once the answer is out: spares the next question what took long in this one. That it cannot be written is no fault of the question's.</summary>
    public static async Task KeepAsync(string journal, IndexReading reading, CancellationToken cancellation)
    {
        if (reading.IsWorthKeeping)
        {
            var store = JournalStore.Of(journal);
            var reader = Open(store);
            await using var _ = reader.ConfigureAwait(false);
            await CheckpointFile.TryWriteAsync(store.CachePath, reader, reading.Index, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The events behind a figure, whole, in fold order.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(string journal, IEnumerable<EventReference> references, CancellationToken cancellation)
    {
        var reader = Open(journal);
        await using var _ = reader.ConfigureAwait(false);
        try
        {
            var events = await reader.ReadAtAsync(references.Select(reference => reference.Offset), cancellation: cancellation).ConfigureAwait(false);
            return [.. events.OrderBy(recorded => recorded.Key)];
        }
        catch (CorruptEventException corrupt)
        {
            throw Damaged(corrupt);
        }
    }

    /// <summary>The cut that was asked for; an offset beyond the journal's end is no point that it ever had.</summary>
    public static Cut Cut(Book book, Instant asOf, AsKnown asKnown) => Cut(book.LastOffset, asOf, asKnown);

    public static Cut Cut(Offset last, Instant asOf, AsKnown asKnown)
    {
        if (asKnown is AsKnown.AtOffset(var offset) && asKnown != AsKnown.All && offset > last)
        {
            throw new CliFailure(ExitCode.Refused, $"--as-known {offset} is beyond the journal's end at offset {last}");
        }

        return new(asOf, asKnown);
    }

    /// <summary>A company that the book does not know is an error that names those that sound like it.</summary>
    public static void RequireCompany(Book book, CompanyId company) =>
        RequireCompany(book.Recorded.Where(recorded => recorded.Event is CompanyRegistered).Select(recorded => recorded.Header.Emitter).Distinct(), company);

    public static void RequireCompany(IEnumerable<CompanyId> registered, CompanyId company)
    {
        if (CompanyNames.Missing(registered, company) is { } missing)
        {
            throw new CliFailure(ExitCode.Refused, missing);
        }
    }

    private static CliFailure Damaged(CorruptEventException corrupt) =>
        new(ExitCode.Refused, $"{corrupt.Message}\nThe journal is damaged; 'actorfinance verify' lists all faults.");
}

/// <summary>An index, and whether so much of the journal was read for it that the next reader should not have to.</summary>
internal sealed record IndexReading(BookIndex Index, bool IsWorthKeeping);
