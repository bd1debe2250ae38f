namespace ActorFinance.Journal.Reading;

/// <summary>One row of the journal, undecoded.</summary>
/// <param name="Ordering">The event's offset.</param>
/// <param name="PersistenceId">Interned: equal ids are the same string within one reader. Empty where the row was read without whose it is.</param>
/// <param name="SequenceNumber">The event's place in its own company's journal, from 1.</param>
/// <param name="Manifest">Interned like the id; empty where the row has none.</param>
/// <param name="Payload">Points into its batch's buffer: valid until the batch is disposed.</param>
public readonly record struct RawJournalRow(
    long Ordering,
    string PersistenceId,
    long SequenceNumber,
    string Manifest,
    ReadOnlyMemory<byte> Payload);
