using ActorFinance.Model;

namespace ActorFinance.Analysis.Checkpoints;

/// <summary>Events that a state keeps whole, as bytes and back: by whoever knows how the journal stores them.</summary>
public interface IEventBytes
{
    void Write(StateWriter writer, EventEnvelope envelope);

    /// <exception cref="InvalidDataException">The bytes are not what was written; other exceptions too.</exception>
    EventEnvelope Read(StateReader reader);

    /// <summary>What an event says, without its header.</summary>
    void WriteFact(StateWriter writer, CompanyEvent fact);

    /// <inheritdoc cref="Read"/>
    CompanyEvent ReadFact(StateReader reader);
}
