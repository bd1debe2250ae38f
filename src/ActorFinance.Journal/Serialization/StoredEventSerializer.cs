using System.Runtime.Serialization;
using ActorFinance.Journal.Contracts;
using Akka.Actor;
using Akka.Serialization;

namespace ActorFinance.Journal.Serialization;

/// <summary>
/// Passes the manifest and bytes of a <see cref="StoredEvent"/> on as they are, in both directions. Decoding and
/// upcasting happen elsewhere: here they would change bytes that hashes already cover.
/// </summary>
public sealed class StoredEventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stored with every row, so it never changes.</summary>
    public const int SerializerId = 7301;

    public override int Identifier => SerializerId;

    public override string Manifest(object o) => o switch
    {
        StoredEvent stored => stored.Manifest,
        StoredSnapshot => StoredSnapshot.Manifest,
        _ => throw NotOurs(o),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        StoredEvent stored => stored.Payload,
        StoredSnapshot snapshot => snapshot.Payload,
        _ => throw NotOurs(obj),
    };

    /// <exception cref="SerializationException">The manifest is not one this program can decode; the message names it.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (string.Equals(manifest, StoredSnapshot.Manifest, StringComparison.Ordinal))
            return new StoredSnapshot(bytes);

        // Refused on reading, not later: a company must not recover past an event that it cannot understand.
        if (!ManifestTable.IsKnown(manifest) && !BranchCodec.IsKnown(manifest))
            throw new SerializationException(
                $"Unknown manifest '{manifest}': this program cannot decode the event. It was probably written by a newer version; update this one.");

        return new StoredEvent(manifest, bytes);
    }

    private static ArgumentException NotOurs(object o) =>
        new($"{nameof(StoredEventSerializer)} takes {nameof(StoredEvent)} and {nameof(StoredSnapshot)}, not {o.GetType()}.", nameof(o));
}
