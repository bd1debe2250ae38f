namespace ActorFinance.Journal;

/// <summary>A company's state as encoded by its actor. A cache: deleting every snapshot changes no answer.</summary>
public sealed class StoredSnapshot(byte[] payload)
{
    /// <summary>The manifest under which every snapshot is stored.</summary>
    public const string Manifest = "company-snapshot:1";

    public byte[] Payload { get; } = payload;

    public override string ToString() => $"{Manifest} ({Payload.Length} bytes)";
}
