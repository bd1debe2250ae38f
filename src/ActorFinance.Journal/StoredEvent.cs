namespace ActorFinance.Journal;

/// <summary>An event as the journal keeps it: the contract's name and version, and the bytes that the hash chain covers.</summary>
public sealed record StoredEvent(string Manifest, byte[] Payload);
