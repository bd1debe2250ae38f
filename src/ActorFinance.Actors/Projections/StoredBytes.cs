using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Actors.Projections;

/// <summary>Events in a checkpoint as the journal stores them.</summary>
public sealed class StoredBytes : IEventBytes
{
    private StoredBytes()
    {
    }

    public static StoredBytes Instance { get; } = new();

    public void Write(StateWriter writer, EventEnvelope envelope)
    {
        var stored = EventCodec.Encode(envelope);
        writer.Write(stored.Manifest);
        writer.Write<byte>(stored.Payload);
    }

    public EventEnvelope Read(StateReader reader) => EventCodec.Decode(reader.Text(), reader.Array<byte>());

    public void WriteFact(StateWriter writer, CompanyEvent fact)
    {
        var stored = EventCodec.EncodeFact(fact);
        writer.Write(stored.Manifest);
        writer.Write<byte>(stored.Payload);
    }

    public CompanyEvent ReadFact(StateReader reader) => EventCodec.DecodeFact(reader.Text(), reader.Array<byte>());
}
