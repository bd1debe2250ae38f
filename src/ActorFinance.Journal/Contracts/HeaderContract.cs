using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>Keys 0 to 18 of every payload (decision 0001).</summary>
internal static class HeaderContract
{
    public const int Keys = 19;

    public static void Write(ref ContractWriter writer, EventHeader header)
    {
        if (header.SequenceNumber < 1)
        {
            throw new ArgumentException($"an event that could not be read back: sequence number {header.SequenceNumber} must be 1 or more");
        }

        writer.Uuid(header.Id);
        writer.Id(header.Emitter);
        writer.Long(header.SequenceNumber);
        writer.Instant(header.EffectiveAt);
        writer.Integer(header.Rank);
        writer.Instant(header.RecordedAt);
        writer.Instant(header.KnownAt);
        writer.Id(header.Deal);
        writer.OptionalText(header.Leg);
        writer.OptionalText(header.Tranche);
        writer.OptionalUuid(header.Step?.Value);
        writer.Enumeration(header.Role);
        writer.Id(header.Command);
        writer.Digest(header.CommandDigest);
        writer.Uuid(header.Causation);
        writer.OptionalText(header.Source);
        writer.Enumeration(header.Confidence);
        writer.OptionalText(header.IssuedBy);
        writer.Digest(header.PreviousHash);
    }

    public static EventHeader Read(ref ContractReader reader) => new(
        Id: reader.EventId(),
        Emitter: reader.Company(),
        SequenceNumber: ReadSequenceNumber(ref reader),
        EffectiveAt: reader.Instant(),
        Rank: reader.Integer(),
        RecordedAt: reader.Instant(),
        KnownAt: reader.Instant(),
        Deal: reader.OptionalId<DealId>(),
        Leg: reader.OptionalText(),
        Tranche: reader.OptionalText(),
        Step: reader.OptionalStepId(),
        Role: reader.Role(),
        Command: reader.UniqueId<CommandId>(),
        CommandDigest: reader.Digest(),
        Causation: reader.OptionalEventId(),
        Source: reader.OptionalText(),
        Confidence: reader.OptionalEnumeration<Confidence>(),
        IssuedBy: reader.OptionalText(),
        PreviousHash: reader.Digest());

    /// <summary>Only what says where the event stands; the texts and hashes are passed over, and vouched for by the checksum alone.</summary>
    public static EventPlace ReadPlace(ref ContractReader reader)
    {
        var id = reader.EventId();
        var emitter = reader.Company();
        ReadSequenceNumber(ref reader);
        var effectiveAt = reader.Instant();
        var rank = reader.Integer();
        var recordedAt = reader.Instant();
        var knownAt = reader.Instant();
        reader.SkipOptionalText();
        reader.SkipOptionalText();
        reader.SkipOptionalText();
        var step = reader.OptionalStepId();
        var role = reader.Role();
        reader.SkipOptionalText();
        reader.SkipDigest();
        reader.SkipOptionalUuid();
        reader.SkipOptionalText();
        reader.SkipOptionalInteger();
        reader.SkipOptionalText();
        reader.SkipDigest();
        return new(id, emitter, effectiveAt, rank, recordedAt, knownAt, step, role);
    }

    private static BrokenRuleException NoSequenceNumber(long number) => new($"sequence number {number} must be 1 or more");

    private static long ReadSequenceNumber(ref ContractReader reader)
    {
        var number = reader.Long();
        return number >= 1 ? number : throw NoSequenceNumber(number);
    }
}
