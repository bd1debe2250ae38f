namespace ActorFinance.Model;

/// <summary>A fact about a kept branch: a list of edits under a name, never what they come to.</summary>
public abstract record BranchEvent;

/// <summary>A branch is kept.</summary>
/// <param name="Base">The offset of the journal that it stands on: the same edits on the same offset give the same figures.</param>
/// <param name="From">The branch whose edits come first in it, as they were then.</param>
/// <param name="Edits">What-ifs as they were written, in order.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Author">Who asks.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Where that is said.</param>
public sealed record BranchRecorded(Offset Base, BranchId? From, ValueList<string> Edits, string? Title, string? Author, string? Reason, string? Source) : BranchEvent;

/// <summary>Other edits in place of those before.</summary>
public sealed record BranchEdited(Offset Base, ValueList<string> Edits, string? Reason) : BranchEvent;

public sealed record BranchRenamed(BranchId Name) : BranchEvent;

/// <summary>Out of the list; nothing of it is lost.</summary>
public sealed record BranchArchived(string? Reason) : BranchEvent;

/// <summary>Its orders were offered to the companies and all accepted; the journal then ended at this offset.</summary>
public sealed record BranchPromoted(Offset At, int Commands) : BranchEvent;

/// <summary>A fact with its place in its branch's own journal.</summary>
/// <param name="Branch">Whose it is.</param>
/// <param name="SequenceNumber">From 1.</param>
/// <param name="RecordedAt">When it was written.</param>
/// <param name="IssuedBy">Who asked for it.</param>
/// <param name="PreviousHash">Of the fact before it in the branch's journal; 32 zero bytes for the first.</param>
/// <param name="Event">The fact.</param>
public sealed record BranchEnvelope(BranchId Branch, long SequenceNumber, Instant RecordedAt, string? IssuedBy, Digest PreviousHash, BranchEvent Event);
