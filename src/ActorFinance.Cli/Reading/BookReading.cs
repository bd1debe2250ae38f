using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Cli.Reading;

/// <summary>Reading verbs read the journal's table straight, beside a running writer, without an actor system.</summary>
internal static class BookReading
{
    private const int CompaniesNamed = 12;

    public static IJournalReader Open(string journal)
    {
        if (SqliteJournalReader.Open(journal).Succeeded(out var reader, out var error))
        {
            return reader;
        }

        var hint = error.Kind == JournalOpenErrorKind.NotFound
            ? $"\nMake one: 'actorfinance import FILE --journal {journal}', or 'actorfinance demo --journal {journal}'."
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

    /// <summary>What cash and open commitments need of the journal: a third of the time that the whole book takes.</summary>
    public static async Task<CashBook> ReadCashAsync(Terminal terminal, string journal, CancellationToken cancellation)
    {
        var reader = Open(journal);
        await using var _ = reader.ConfigureAwait(false);
        var book = new CashBook();
        try
        {
            var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
            using var progress = new ProgressBar(terminal, "Reading", last);
            await foreach (var batch in reader.ReadPlacedAsync(PromiseBook.Concerns, upTo: last, cancellation: cancellation).ConfigureAwait(false))
            {
                using (batch)
                {
                    book.Add(batch.Rows);
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
        var known = registered.Select(one => one.Value).ToList();
        if (known.Contains(company.Value))
        {
            return;
        }

        var near = known
            .Select(name => (Name: name, Distance: Spelling.Distance(name, company.Value)))
            .Where(candidate => candidate.Distance <= 3 || candidate.Name.Contains(company.Value, StringComparison.Ordinal))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(5)
            .Select(candidate => candidate.Name)
            .ToList();
        var hint = near.Count > 0 ? $"; did you mean {string.Join(", ", near)}?"
            : known.Count == 0 ? "; the journal has no companies"
            : $"; it has {string.Join(", ", known.Order(StringComparer.Ordinal).Take(CompaniesNamed))}{(known.Count > CompaniesNamed ? $" and {known.Count - CompaniesNamed} more" : "")}";
        throw new CliFailure(ExitCode.Refused, $"no company '{company}' in this journal{hint}");
    }

    private static CliFailure Damaged(CorruptEventException corrupt) =>
        new(ExitCode.Refused, $"{corrupt.Message}\nThe journal is damaged; 'actorfinance verify' lists all faults.");
}
