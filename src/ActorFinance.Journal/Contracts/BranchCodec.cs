using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// Facts of kept branches to and from the bytes that their journal keeps: an array of branch id, sequence number, recorded time, who asked, previous hash,
/// the body and the checksum (decisions 0001 and 0061). Safe to call from any thread.
/// </summary>
public static class BranchCodec
{
    private const int PayloadKeys = 7;

    private static readonly Contract[] s_contracts =
    [
        Contract.Of<BranchRecorded>("branch-recorded:1", 7, BranchContracts.Write, BranchContracts.ReadRecorded),
        Contract.Of<BranchEdited>("branch-edited:1", 3, BranchContracts.Write, BranchContracts.ReadEdited),
        Contract.Of<BranchRenamed>("branch-renamed:1", 1, BranchContracts.Write, BranchContracts.ReadRenamed),
        Contract.Of<BranchArchived>("branch-archived:1", 1, BranchContracts.Write, BranchContracts.ReadArchived),
        Contract.Of<BranchPromoted>("branch-promoted:1", 2, BranchContracts.Write, BranchContracts.ReadPromoted),
    ];

    public static IReadOnlyList<string> Manifests { get; } = [.. s_contracts.Select(contract => contract.Manifest)];

    public static bool IsKnown(string manifest) => Manifests.Contains(manifest, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The fact holds a value that could not be read back.</exception>
    public static StoredEvent Encode(BranchEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var contract = s_contracts.FirstOrDefault(one => one.Type == envelope.Event.GetType())
            ?? throw new ArgumentException($"no contract knows the fact {envelope.Event.GetType().Name}", nameof(envelope));
        var buffer = PayloadBuffer.Take();
        var writer = new ContractWriter(buffer);
        writer.Array(PayloadKeys);
        writer.Id(envelope.Branch);
        writer.Long(envelope.SequenceNumber);
        writer.Instant(envelope.RecordedAt);
        writer.OptionalText(envelope.IssuedBy);
        writer.Digest(envelope.PreviousHash);
        writer.Array(contract.Keys);
        contract.Write(ref writer, envelope.Event);
        writer.Flush();
        var payload = new byte[buffer.Written.Length + Checksum.EncodedLength];
        buffer.Written.CopyTo(payload);
        Checksum.Append(Encoding.UTF8.GetBytes(contract.Manifest), buffer.Written, payload.AsSpan(buffer.Written.Length));
        return new(contract.Manifest, payload);
    }

    /// <exception cref="CorruptEventException">The bytes are not what was written, or of a contract that is not known here.</exception>
    public static BranchEnvelope Decode(string manifest, ReadOnlyMemory<byte> payload) =>
        TryDecode(manifest, payload.Span, out var envelope, out var fault) ? envelope : throw new CorruptEventException(fault);

    public static bool TryDecode(string manifest, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out BranchEnvelope? envelope, [NotNullWhen(false)] out DecodeFault? fault)
    {
        envelope = null;
        if (s_contracts.FirstOrDefault(one => one.Manifest == manifest) is not { } contract)
        {
            fault = new(manifest, 0, $"'{manifest}' is no contract of branches of this version of the program");
            return false;
        }

        if (!Checksum.Holds(Encoding.UTF8.GetBytes(manifest), payload))
        {
            fault = new(manifest, Math.Max(0, payload.Length - Checksum.EncodedLength), "the last 8 bytes must be the checksum of the manifest and of the bytes before them");
            return false;
        }

        var reader = new ContractReader(payload);
        try
        {
            reader.Array(PayloadKeys);
            var (branch, number, at, by, hash) = (reader.Id<BranchId>(), reader.Long(), reader.Instant(), reader.OptionalText(), reader.Digest());
            reader.Array(contract.Keys);
            var fact = contract.Read(ref reader);
            if (reader.Consumed == payload.Length - Checksum.EncodedLength)
            {
                envelope = new(branch, number, at, by, hash, fact);
                fault = null;
                return true;
            }

            fault = new(manifest, reader.Position, "the checksum must follow the body at once");
        }
        catch (Exception e) when (EventCodec.IsFault(e))
        {
            fault = new(manifest, reader.Position, e.Message);
        }

        return false;
    }

    private sealed record Contract(string Manifest, Type Type, int Keys, WriteBody<BranchEvent> Write, ReadBody<BranchEvent> Read)
    {
        public static Contract Of<T>(string manifest, int keys, WriteBody<T> write, ReadBody<T> read)
            where T : BranchEvent =>
            new(manifest, typeof(T), keys, (ref ContractWriter writer, BranchEvent fact) => write(ref writer, (T)fact), (ref ContractReader reader) => read(ref reader));
    }
}
