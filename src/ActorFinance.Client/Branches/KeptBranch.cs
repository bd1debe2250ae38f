using System.Text.Json.Serialization;

namespace ActorFinance.Client;

/// <summary>Where a kept branch stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BranchState>))]
public enum BranchState
{
    Kept = 1,

    /// <summary>Its orders were accepted by the companies.</summary>
    Promoted,

    /// <summary>Out of the list; nothing of it is lost.</summary>
    Archived,
}

/// <summary>A what-if that is kept by name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Id">What it was first called.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Base">The offset that it stands on.</param>
/// <param name="HasGrown">Whether the journal has grown since.</param>
/// <param name="From">The branch whose edits come first in it.</param>
/// <param name="Edits">As the command line writes them.</param>
/// <param name="PromotedAt">Where the journal ended once its orders had been accepted.</param>
/// <param name="Recorded">When it was kept.</param>
/// <param name="Title">As its file says.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Where it is from.</param>
public sealed record KeptBranch(
    string Name,
    string Id,
    BranchState State,
    long Base,
    bool HasGrown,
    string? From,
    IReadOnlyList<string> Edits,
    long? PromotedAt,
    DateTimeOffset Recorded,
    string? Title,
    string? Author,
    string? Reason,
    string? Source);
