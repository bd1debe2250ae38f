using ActorFinance.Journal.Reading;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Hosting;

/// <summary>What a reader has seen and wants to see again: an offset, or one company's event.</summary>
internal readonly record struct AtLeast(Offset Offset, CompanyId? Company, long SequenceNumber)
{
    public const string Rule = "an offset (digits only), or COMPANY:SEQUENCE such as nvidia:12";

    public static bool TryParse(string text, out AtLeast atLeast)
    {
        atLeast = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return TryNumber(text, out var offset) && (atLeast = new(new(offset), Company: null, 0)) is var _;
        }

        return CompanyId.TryParse(text[..colon], out var company)
            && TryNumber(text[(colon + 1)..], out var number)
            && (atLeast = new(default, company, number)) is var _;
    }

    /// <summary>The offset to wait for, once it is on disk: a projection is never asked for what may never come.</summary>
    /// <exception cref="ProblemException">It was not written within the limit.</exception>
    public async Task<Offset> ReachAsync(RunningJournal journal, TimeSpan within, CancellationToken cancellation)
    {
        var (started, clock) = (TimeProvider.System.GetTimestamp(), TimeProvider.System);
        while (true)
        {
            var written = journal.Written.Next();
            if (await FindAsync(journal.Reader, cancellation).ConfigureAwait(false) is { } offset)
            {
                return offset;
            }

            var left = within - clock.GetElapsedTime(started);
            try
            {
                await written.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new ProblemException(Problem.Of("not-reached", $"{this} was not written within {within.TotalSeconds:0} s"));
            }
        }
    }

    public override string ToString() => Company is { } company ? $"{company}:{SequenceNumber}" : $"offset {Offset}";

    private async Task<Offset?> FindAsync(IJournalReader reader, CancellationToken cancellation)
    {
        if (Company is not { } company)
        {
            return Offset.Value <= await reader.LastOffsetAsync(cancellation).ConfigureAwait(false) ? Offset : null;
        }

        await foreach (var batch in reader.ReadCompanyAsync(company.PersistenceId, Math.Max(SequenceNumber, 1), cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                return new Offset(batch[0].Ordering);
            }
        }

        return null;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
}
