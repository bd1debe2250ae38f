using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Actors.Projections;

/// <summary>
/// The state of a projection in a file, beside its journal where that is a file itself, so that the next reader starts from it and reads only what came since. A cache: deleting it
/// changes no answer. It is used only if it was written whole by this very build of the program, and if the journal has at its offset the event that it
/// had then; anything else is passed over without a word, and replaced when a new one is written (decision 0032).
/// </summary>
public static class CheckpointFile
{
    public const string Extension = ".checkpoint";

    /// <summary>Reading so many events takes about as long as starting the program: below that a file is not worth its bytes.</summary>
    public const int EventsWorthwhile = 20_000;

    private const int BufferLength = 1 << 16;

    /// <summary>"AFCHECK1" as a number.</summary>
    private const long Magic = 0x314B434548434641;

    /// <summary>Changes with every change of the code that lays out a state, without anyone having to think of it.</summary>
    private static Guid Build => typeof(StateWriter).Module.ModuleVersionId;

    /// <summary>The state that was kept of this journal; null where there is none to be used.</summary>
    /// <param name="place">As <see cref="IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="load">Reads the state.</param>
    /// <param name="cancellation">Seen before the reading.</param>
    public static async Task<T?> ReadAsync<T>(string? place, IJournalReader reader, Func<StateReader, T> load, CancellationToken cancellation = default)
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
            var state = new StateReader(file, file.Length - sizeof(long));
            if (state.Long() != Magic
                || state.Array<Guid>() is not [var build] || build != Build
                || await HashAtAsync(reader, state.Long(), cancellation).ConfigureAwait(false) is not { } hash || !hash.AsSpan().SequenceEqual(state.Array<byte>()))
            {
                return null;
            }

            var loaded = load(state);
            var checksum = state.Checksum;
            var end = new StateReader(file, sizeof(long));
            return unchecked((ulong)end.Long()) == checksum && file.Position == file.Length ? loaded : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException || IsDamage(failure))
        {
            return null;
        }
    }

    /// <summary>Writes it whole beside the old one and then in its place. False where that cannot be, such as in a folder that takes no files.</summary>
    /// <param name="place">As <see cref="IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="at">The offset that the state stands at, of an event.</param>
    /// <param name="save">Writes the state.</param>
    /// <param name="cancellation">Seen before the writing.</param>
    public static async Task<bool> TryWriteAsync(string? place, IJournalReader reader, Offset at, Action<StateWriter> save, CancellationToken cancellation = default)
    {
        if (place is null || await HashAtAsync(reader, at.Value, cancellation).ConfigureAwait(false) is not { } hash)
        {
            return false;
        }

        var unfinished = $"{place}{Extension}.{Environment.ProcessId}.tmp";
        try
        {
            var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, BufferLength);
            await using (file.ConfigureAwait(false))
            {
                var state = new StateWriter(file);
                state.Write(Magic);
                state.Write<Guid>([Build]);
                state.Write(at.Value);
                state.Write<byte>(hash);
                save(state);
                new StateWriter(file).Write(unchecked((long)state.Checksum));
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
