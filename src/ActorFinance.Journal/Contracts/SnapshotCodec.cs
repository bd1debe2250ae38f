using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MessagePack;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// A company's stored events in one piece: [[manifest, ...], [[index of manifest, payload], ...], checksum]. A cache of the journal:
/// whoever finds it bad reads the journal instead.
/// </summary>
public static class SnapshotCodec
{
    public const string Manifest = "company-snapshot:1";

    private const int Keys = 3;

    private static readonly byte[] ManifestUtf8 = Encoding.UTF8.GetBytes(Manifest);

    /// <summary>In the order given, which is that of the sequence numbers.</summary>
    public static byte[] Pack(IEnumerable<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var log = new StoredLog();
        foreach (var stored in events)
        {
            log.Add(stored);
        }

        return Pack(log);
    }

    /// <summary>In the log's order, which is that of the sequence numbers.</summary>
    public static byte[] Pack(StoredLog stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < stored.Count; i++)
        {
            indexes.TryAdd(stored.ManifestOf(i), indexes.Count);
        }

        var buffer = new ArrayBufferWriter<byte>((int)(stored.PayloadBytes + (8L * stored.Count)) + 256);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Keys);
        writer.WriteArrayHeader(indexes.Count);
        foreach (var manifest in indexes.Keys)
        {
            writer.Write(manifest);
        }

        writer.WriteArrayHeader(stored.Count);
        for (var i = 0; i < stored.Count; i++)
        {
            writer.WriteArrayHeader(2);
            writer.Write(indexes[stored.ManifestOf(i)]);
            writer.Write(stored.PayloadOf(i));
        }

        writer.Flush();
        var packed = new byte[buffer.WrittenCount + Checksum.EncodedLength];
        buffer.WrittenSpan.CopyTo(packed);
        Checksum.Append(ManifestUtf8, buffer.WrittenSpan, packed.AsSpan(buffer.WrittenCount));
        return packed;
    }

    /// <summary>False, and why, for anything that <see cref="Pack(StoredLog)"/> did not return. The payloads are not decoded.</summary>
    public static bool TryUnpack(
        ReadOnlyMemory<byte> packed,
        [NotNullWhen(true)] out IReadOnlyList<StoredEvent>? events,
        [NotNullWhen(false)] out DecodeFault? fault)
    {
        events = null;
        if (!Checksum.Holds(ManifestUtf8, packed.Span))
        {
            fault = new(Manifest, Math.Max(0, packed.Length - Checksum.EncodedLength), "the last 8 bytes must be the checksum of the bytes before them");
            return false;
        }

        var reader = new ContractReader(packed.Span);
        try
        {
            reader.Array(Keys);
            var manifests = ReadManifests(ref reader);
            var stored = ReadEvents(ref reader, manifests);
            if (reader.Consumed == packed.Length - Checksum.EncodedLength)
            {
                events = stored;
                fault = null;
                return true;
            }

            fault = new(Manifest, reader.Position, "the checksum must follow the events at once");
        }
        catch (Exception e) when (EventCodec.IsFault(e))
        {
            fault = new(Manifest, reader.Position, e.Message);
        }

        return false;
    }

    private static string[] ReadManifests(ref ContractReader reader)
    {
        var manifests = new string[reader.AnyArray()];
        for (var i = 0; i < manifests.Length; i++)
        {
            manifests[i] = reader.Text();
            if (!ManifestTable.IsKnown(manifests[i]))
            {
                throw new BrokenRuleException($"'{manifests[i]}' is no event contract of this version of the program");
            }
        }

        return manifests;
    }

    private static StoredEvent[] ReadEvents(ref ContractReader reader, string[] manifests)
    {
        var stored = new StoredEvent[reader.AnyArray()];
        for (var i = 0; i < stored.Length; i++)
        {
            reader.Array(2);
            var index = reader.Integer();
            if (index < 0 || index >= manifests.Length)
            {
                throw new BrokenRuleException($"{index} must be the place of one of {manifests.Length} manifests");
            }

            stored[i] = new(manifests[index], reader.Binary().ToArray());
        }

        return stored;
    }
}
