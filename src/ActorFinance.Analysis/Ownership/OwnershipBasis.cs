using System.Text.Json.Serialization;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>What a fraction of an issuer is a fraction of.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<OwnershipBasis>))]
public enum OwnershipBasis
{
    /// <summary>Shares outstanding as converted to common.</summary>
    Outstanding = 1,

    /// <summary>Votes: shares outstanding times votes per share, without conversion.</summary>
    Voting = 2,

    /// <summary>
    /// Outstanding plus, as converted: warrants vested or not that are neither exercised nor lapsed, convertibles whose terms are published,
    /// and pools. A pool belongs to nobody named, so it counts for the outside.
    /// </summary>
    FullyDiluted = 3,
}
