using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>A stored event that cannot be what was written. Nothing repairs it: whoever reads must stop and name it.</summary>
public sealed class CorruptEventException : Exception
{
    public CorruptEventException(DecodeFault fault)
        : this(fault, null, null, null, null)
    {
    }

    private CorruptEventException(DecodeFault fault, Offset? offset, string? persistenceId, long? sequenceNumber, Exception? inner)
        : base($"corrupt event{Place(offset, persistenceId, sequenceNumber)}: {fault}", inner)
    {
        Fault = fault;
        Offset = offset;
        PersistenceId = persistenceId;
        SequenceNumber = sequenceNumber;
    }

    public DecodeFault Fault { get; }

    public string Manifest => Fault.Manifest;

    /// <summary>Counted from the payload's first byte, 0.</summary>
    public long BytePosition => Fault.Position;

    public string Rule => Fault.Rule;

    /// <summary>Null until the reader of the row added it, as are the two below.</summary>
    public Offset? Offset { get; }

    public string? PersistenceId { get; }

    public long? SequenceNumber { get; }

    /// <summary>The same fault with the row that it was read from.</summary>
    public CorruptEventException WithPlace(Offset? offset, string? persistenceId, long? sequenceNumber) =>
        new(Fault, offset, persistenceId, sequenceNumber, this);

    private static string Place(Offset? offset, string? persistenceId, long? sequenceNumber) =>
        (persistenceId is null ? "" : $" of {persistenceId}")
        + (sequenceNumber is null ? "" : $" number {sequenceNumber}")
        + (offset is null ? "" : $" at offset {offset}");
}
