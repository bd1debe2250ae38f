using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;

namespace ActorFinance.Actors.Projections;

/// <summary>
/// A file beside a journal that spares reading it from its beginning. A cache: deleting it changes no answer. It is used only if it was written whole by this
/// very build of the program, and if the journal has at its offset the event that it had then; anything else is passed over without a word.
/// </summary>
/// <param name="Extension">Behind the journal's place.</param>
/// <param name="Magic">First in the file.</param>
internal sealed record CacheFile(string Extension, long Magic)
{
    private const int BufferLength = 1 << 16;

    /// <summary>Changes with every change of the code that lays out a state, without anyone having to think of it.</summary>
    private static Guid[] Build => [typeof(StateWriter).Module.ModuleVersionId, typeof(CacheFile).Module.ModuleVersionId];

    /// <summary>Writes it whole beside the old one and then in its place. False where that cannot be, such as in a folder that takes no files.</summary>
    /// <param name="place">As <see cref="Journal.IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="at">The offset of an event that is in it; nothing behind it is.</param>
    /// <param name="parts">For the reader to find before the content.</param>
    /// <param name="write">The content, behind the header.</param>
    /// <param name="cancellation">Seen before the writing.</param>
    public async Task<bool> TryWriteAsync(
        string? place, IJournalReader reader, long at, long parts, Action<FileStream> write, CancellationToken cancellation = default)
    {
        if (place is null || await HashAtAsync(reader, at, cancellation).ConfigureAwait(false) is not { } hash)
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
                header.Write<Guid>(Build);
                header.Write(at);
                header.Write<byte>(hash);
                header.Write(parts);
                new StateWriter(file).Write(unchecked((long)header.Checksum));
                write(file);
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

    /// <summary>What the file says, or null where there is none that holds.</summary>
    /// <param name="place">As <see cref="Journal.IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="read">Reads the content from the file, behind the header; gets the offset and the parts that the header says.</param>
    /// <param name="cancellation">Seen before the reading.</param>
    public async Task<T?> ReadAsync<T>(
        string? place, IJournalReader reader, Func<FileStream, long, long, Task<T?>> read, CancellationToken cancellation = default)
        where T : class
    {
        if (place is null)
        {
            return null;
        }

        try
        {
            var file = new FileStream(place + Extension, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferLength);
            await using var _ = file.ConfigureAwait(false);
            return await HeaderOfAsync(file, reader, cancellation).ConfigureAwait(false) is var (at, parts) ? await read(file, at, parts).ConfigureAwait(false) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException || IsDamage(failure))
        {
            return null;
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

    /// <summary>Where the file stands and what it has; null unless it is of this build and of this journal.</summary>
    private async Task<(long At, long Parts)?> HeaderOfAsync(FileStream file, IJournalReader reader, CancellationToken cancellation)
    {
        var header = new StateReader(file, file.Length);
        if (header.Long() != Magic || !header.Array<Guid>().AsSpan().SequenceEqual(Build))
        {
            return null;
        }

        var (at, then, parts) = (header.Long(), header.Array<byte>(), header.Long());
        return unchecked((long)header.Checksum) == new StateReader(file, sizeof(long)).Long()
            && await HashAtAsync(reader, at, cancellation).ConfigureAwait(false) is { } now && now.AsSpan().SequenceEqual(then)
                ? (at, parts)
                : null;
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
