using System.Text.Json;

namespace ActorFinance.Client;

/// <summary>An immutable fact that one company emitted.</summary>
public sealed record EventRecord
{
    /// <summary>Its place in the journal's global order.</summary>
    public required long Offset { get; init; }

    /// <summary>A UUID: the same wherever the event appears.</summary>
    public required string EventId { get; init; }

    /// <summary>Such as <c>investment-made</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Who emitted it.</summary>
    public required string Company { get; init; }

    /// <summary>Its place in its company's journal, from 1 on without gaps.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>When the fact holds in the modelled world.</summary>
    public required DateTimeOffset Effective { get; init; }

    public int Rank { get; init; }

    /// <summary>When the journal took it.</summary>
    public required DateTimeOffset Recorded { get; init; }

    /// <summary>When the fact became known.</summary>
    public required DateTimeOffset Known { get; init; }

    public string? Deal { get; init; }

    public string? Leg { get; init; }

    public string? Tranche { get; init; }

    /// <summary>The step that it is part of: an exchange that two companies make, or neither.</summary>
    public string? Step { get; init; }

    /// <summary><c>pending</c>, <c>posting</c>, <c>refusing</c> or <c>closing</c>.</summary>
    public string? StepRole { get; init; }

    /// <summary>The command that it came from.</summary>
    public required string CommandId { get; init; }

    public string? CausationId { get; init; }

    public string? Source { get; init; }

    public string? Confidence { get; init; }

    public string? IssuedBy { get; init; }

    /// <summary>Whether it counts at the point that was asked about; null on a stream.</summary>
    public bool? Counts { get; init; }

    /// <summary>What the type of event states; amounts, prices and shares are strings in plain decimal notation.</summary>
    public required JsonElement Fields { get; init; }

    /// <summary>On a stream: SHA-256 of the event before it in its company's journal, in hexadecimal digits.</summary>
    public string? PreviousHash { get; init; }
}
