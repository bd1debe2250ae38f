using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Projections;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;

namespace ActorFinance.Actors.Projections;

/// <summary>
/// The index of a book in a file, beside its journal where that is a file itself, so that the next reader starts from it and reads only what came since. A cache: deleting it
/// changes no answer. It is used only if it was written whole by this very build of the program, and if the journal has at its offset the event that it
/// had then; anything else is passed over without a word, and replaced when a new one is written (decisions 0032 and 0101).
/// </summary>
public static class CheckpointFile
{
    public const string Extension = ".checkpoint";

    /// <summary>Reading so many events takes about as long as starting the program: below that a file is not worth its bytes.</summary>
    public const int EventsWorthwhile = 20_000;

    private const int BufferLength = 1 << 16;

    /// <summary>"AFCHECK2" as a number.</summary>
    private const long Magic = 0x324B434548434641;

    /// <summary>Changes with every change of the code that lays out a state, without anyone having to think of it.</summary>
    private static Guid Build => typeof(StateWriter).Module.ModuleVersionId;

    /// <summary>
    /// The index that was kept of this journal, or an empty one. It has the parts that are wanted, and, where it will be worth keeping after the rest of the
    /// journal was read, those that the file has too: writing it must not lose what another question was spared.
    /// </summary>
    /// <param name="place">As <see cref="IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="wanted">What is asked about.</param>
    /// <param name="cancellation">Seen before the reading.</param>
    public static async Task<BookIndex> ReadAsync(string? place, IJournalReader reader, BookParts wanted, CancellationToken cancellation = default)
    {
        if (place is null)
        {
            return new(wanted);
        }

        try
        {
            var file = new FileStream(place + Extension, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferLength);
            await using var _ = file.ConfigureAwait(false);
            if (await HeaderOfAsync(file, reader, cancellation).ConfigureAwait(false) is not var (at, parts))
            {
                return new(wanted);
            }

            if (!parts.HasFlag(wanted))
            {
                return new(wanted | parts);
            }

            var grown = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false) - at;
            return Load(file, parts, grown < EventsWorthwhile ? wanted : parts) ?? new(wanted);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException || IsDamage(failure))
        {
            return new(wanted);
        }
    }

    /// <summary>Writes it whole beside the old one and then in its place. False where that cannot be, such as in a folder that takes no files.</summary>
    /// <param name="place">As <see cref="IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="index">Of at least one event; not changed meanwhile.</param>
    /// <param name="cancellation">Seen before the writing.</param>
    public static async Task<bool> TryWriteAsync(string? place, IJournalReader reader, BookIndex index, CancellationToken cancellation = default)
    {
        if (place is null || await HashAtAsync(reader, index.LastOffset.Value, cancellation).ConfigureAwait(false) is not { } hash)
        {
            return false;
        }

        var unfinished = $"{place}{Extension}.{Environment.ProcessId}.tmp";
        try
        {
            MakeFolder(place);
            var file = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferLength);
            await using (file.ConfigureAwait(false))
            {
                var header = new StateWriter(file);
                header.Write(Magic);
                header.Write<Guid>([Build]);
                header.Write(index.LastOffset.Value);
                header.Write<byte>(hash);
                header.Write((long)index.Parts);
                new StateWriter(file).Write(unchecked((long)header.Checksum));
                foreach (var part in CheckpointSections.Of(index.Parts))
                {
                    CheckpointSections.Write(file, writer => index.Save(part, writer, StoredBytes.Instance));
                }
            }

            File.Move(unfinished, place + Extension, overwrite: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(unfinished);
            return false;
        }
    }

    /// <summary>Beside a journal's file there is one. Elsewhere it is for its owner only: the book is in it.</summary>
    private static void MakeFolder(string place)
    {
        if (Path.GetDirectoryName(place) is not { Length: > 0 } folder || Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Where the checkpoint stands and what it has; null unless it is of this build and of this journal.</summary>
    private static async Task<(long At, BookParts Parts)?> HeaderOfAsync(FileStream file, IJournalReader reader, CancellationToken cancellation)
    {
        var header = new StateReader(file, file.Length);
        if (header.Long() != Magic || header.Array<Guid>() is not [var build] || build != Build)
        {
            return null;
        }

        var (at, then, parts) = (header.Long(), header.Array<byte>(), (BookParts)header.Long());
        return unchecked((long)header.Checksum) == new StateReader(file, sizeof(long)).Long()
            && await HashAtAsync(reader, at, cancellation).ConfigureAwait(false) is { } now && now.AsSpan().SequenceEqual(then)
                ? (at, parts)
                : null;
    }

    private static BookIndex? Load(FileStream file, BookParts parts, BookParts wanted)
    {
        var sections = new CheckpointSections(file);
        var index = BookIndex.Load(wanted, part => sections.Open(part, parts), StoredBytes.Instance);
        return sections.End(parts) ? index : null;
    }

    /// <summary>The hash of the row at an offset, which covers the company's rows before it; null where there is no such row.</summary>
    private static async Task<byte[]?> HashAtAsync(IJournalReader reader, long offset, CancellationToken cancellation)
    {
        if (offset < 1)
        {
            return null;
        }

        await foreach (var batch in reader.ReadAsync(offset - 1, offset, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                var row = batch[0];
                return HashChain.HashOf(row.PersistenceId, row.SequenceNumber, row.Manifest, row.Payload.Span).ToArray();
            }
        }

        return null;
    }

    /// <summary>What loading bytes can throw that are not as they were written.</summary>
    private static bool IsDamage(Exception failure) =>
        failure is InvalidDataException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException or CorruptEventException
            or NullReferenceException;

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
