using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>
/// An order with its particulars. <paramref name="Company"/> decides first: whoever emits the fact, and for a step the register (the issuer).
/// <see cref="KnownAt"/> is stated only for history that became known before it is recorded.
/// </summary>
public sealed record CommandEnvelope(
    [property: JsonPropertyName("id")] CommandId Id,
    [property: JsonPropertyName("company")] CompanyId Company,
    [property: JsonPropertyName("effective")] [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant EffectiveAt,
    [property: JsonPropertyName("command")] CompanyCommand Command)
{
    [JsonPropertyName("rank")]
    public int Rank { get; init; }

    [JsonPropertyName("known")]
    public Instant? KnownAt { get; init; }

    public DealId? Deal { get; init; }

    public string? Leg { get; init; }

    public string? Tranche { get; init; }

    public string? Source { get; init; }

    public Confidence? Confidence { get; init; }

    public string? IssuedBy { get; init; }

    public EventId? Causation { get; init; }
}
