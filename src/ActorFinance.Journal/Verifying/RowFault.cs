using ActorFinance.Model;

namespace ActorFinance.Journal.Verifying;

/// <summary>What is wrong with one row, or with what a row should have been.</summary>
public sealed record RowFault(long Offset, string PersistenceId, long SequenceNumber, string Code, string Message)
{
    public override string ToString() => $"offset {Offset}, {PersistenceId} number {SequenceNumber}: {Code}: {Message}";
}

/// <summary>The last event of one company's chain.</summary>
public sealed record ChainHead(string PersistenceId, long SequenceNumber, Digest Hash);
