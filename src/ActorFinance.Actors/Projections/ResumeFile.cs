using System.Collections.Immutable;
using ActorFinance.Actors.Companies;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Actors.Projections;

/// <summary>What a writer of the journal has to know of everything up to an offset: who is registered, and what is half done.</summary>
/// <param name="At">The last event that was taken in.</param>
/// <param name="Companies">Who is registered, and under which policy.</param>
/// <param name="Open">The events that half-done work stands on, in the order of their offsets.</param>
internal sealed record ResumePoint(Offset At, ImmutableArray<(CompanyId Company, CashPolicy Policy)> Companies, ImmutableArray<RecordedEvent> Open)
{
    public static ResumePoint Beginning { get; } = new(default, [], []);

    /// <param name="at">All up to there was taken in.</param>
    /// <param name="directory">Who is registered.</param>
    /// <param name="open">What is half done.</param>
    public static ResumePoint Of(Offset at, CompanyDirectory directory, OpenWork open) =>
        new(at, [.. directory.Companies.Select(company => (company, directory.PolicyOf(company)!.Value))], [.. open.Events]);
}

/// <summary>
/// The resume point of a journal in a file, beside the checkpoint, so that opening a large journal for writing reads only what came since (decision 0190). A
/// cache, as <see cref="CacheFile"/> says.
/// </summary>
internal static class ResumeFile
{
    public const string Extension = ".resume";

    /// <summary>"AFRESUM1" as a number.</summary>
    private static readonly CacheFile s_file = new(Extension, 0x314D555345524641);

    /// <summary>The point that was kept of this journal, or its beginning.</summary>
    /// <param name="place">As <see cref="Journal.IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="cancellation">Seen before the reading.</param>
    public static async Task<ResumePoint> ReadAsync(string? place, IJournalReader reader, CancellationToken cancellation = default) =>
        await s_file.ReadAsync(place, reader, (file, at, _) => Task.FromResult(Load(file, new(at))), cancellation).ConfigureAwait(false) ?? ResumePoint.Beginning;

    /// <inheritdoc cref="CacheFile.TryWriteAsync" />
    /// <param name="place">As <see cref="Journal.IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="point">Of at least one event.</param>
    public static Task<bool> TryWriteAsync(string? place, IJournalReader reader, ResumePoint point) =>
        s_file.TryWriteAsync(place, reader, point.At.Value, parts: 0, file => Save(file, point));

    private static void Save(FileStream file, ResumePoint point)
    {
        var writer = new StateWriter(file);
        writer.Write(point.Companies.Length);
        foreach (var (company, policy) in point.Companies)
        {
            writer.Write(company.Value);
            writer.Write((long)policy);
        }

        writer.Write(point.Open.Length);
        foreach (var recorded in point.Open)
        {
            writer.Write(recorded.Offset.Value);
            StoredBytes.Instance.Write(writer, recorded.Envelope);
        }

        new StateWriter(file).Write(unchecked((long)writer.Checksum));
    }

    private static ResumePoint? Load(FileStream file, Offset at)
    {
        var reader = new StateReader(file, file.Length - file.Position);
        var companies = ImmutableArray.CreateBuilder<(CompanyId, CashPolicy)>();
        for (var left = reader.Long(); left > 0; left--)
        {
            companies.Add((Value.Parse<CompanyId>(reader.Text()), (CashPolicy)reader.Long()));
        }

        var open = ImmutableArray.CreateBuilder<RecordedEvent>();
        for (var left = reader.Long(); left > 0; left--)
        {
            open.Add(new(new(reader.Long()), StoredBytes.Instance.Read(reader)));
        }

        var checksum = unchecked((long)reader.Checksum);
        return new StateReader(file, sizeof(long)).Long() == checksum && file.Position == file.Length ? new(at, companies.ToImmutable(), open.ToImmutable()) : null;
    }
}
