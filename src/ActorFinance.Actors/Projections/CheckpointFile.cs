using ActorFinance.Analysis.Projections;
using ActorFinance.Journal;
using ActorFinance.Journal.Reading;

namespace ActorFinance.Actors.Projections;

/// <summary>
/// The index of a book in a file, beside its journal where that is a file itself, so that the next reader starts from it and reads only what came since
/// (decisions 0032 and 0101). A cache, as <see cref="CacheFile"/> says.
/// </summary>
public static class CheckpointFile
{
    public const string Extension = ".checkpoint";

    /// <summary>Reading so many events takes about as long as starting the program: below that a file is not worth its bytes.</summary>
    public const int EventsWorthwhile = 20_000;

    /// <summary>"AFCHECK2" as a number.</summary>
    private static readonly CacheFile s_file = new(Extension, 0x324B434548434641);

    /// <summary>
    /// The index that was kept of this journal, or an empty one. It has the parts that are wanted, and, where it will be worth keeping after the rest of the
    /// journal was read, those that the file has too: writing it must not lose what another question was spared.
    /// </summary>
    /// <param name="place">As <see cref="IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="wanted">What is asked about.</param>
    /// <param name="cancellation">Seen before the reading.</param>
    public static async Task<BookIndex> ReadAsync(string? place, IJournalReader reader, BookParts wanted, CancellationToken cancellation = default) =>
        await s_file.ReadAsync(place, reader, (file, at, parts) => LoadAsync(file, at, (BookParts)parts, reader, wanted, cancellation), cancellation).ConfigureAwait(false) ?? new(wanted);

    /// <inheritdoc cref="CacheFile.TryWriteAsync" />
    /// <param name="place">As <see cref="IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="index">Of at least one event; not changed meanwhile.</param>
    /// <param name="cancellation">Seen before the writing.</param>
    public static Task<bool> TryWriteAsync(string? place, IJournalReader reader, BookIndex index, CancellationToken cancellation = default) =>
        s_file.TryWriteAsync(
            place,
            reader,
            index.LastOffset.Value,
            (long)index.Parts,
            file =>
            {
                foreach (var part in CheckpointSections.Of(index.Parts))
                {
                    CheckpointSections.Write(file, writer => index.Save(part, writer, StoredBytes.Instance));
                }
            },
            cancellation);

    private static async Task<BookIndex?> LoadAsync(FileStream file, long at, BookParts parts, IJournalReader reader, BookParts wanted, CancellationToken cancellation)
    {
        if (!parts.HasFlag(wanted))
        {
            return new(wanted | parts);
        }

        var grown = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false) - at;
        return Load(file, parts, grown < EventsWorthwhile ? wanted : parts);
    }

    private static BookIndex? Load(FileStream file, BookParts parts, BookParts wanted)
    {
        var sections = new CheckpointSections(file);
        var index = BookIndex.Load(wanted, part => sections.Open(part, parts), StoredBytes.Instance);
        return sections.End(parts) ? index : null;
    }
}
