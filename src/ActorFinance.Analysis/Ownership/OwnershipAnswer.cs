using System.Text.Json.Serialization;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// A holder's part of an issuer on the answer's basis.
/// </summary>
/// <param name="Holder">A company, a named outside holder, or the outside.</param>
/// <param name="Shares">What the basis counts: shares as converted to common, or votes.</param>
/// <param name="Direct">Of 12 decimals; an issuer's sum to exactly 1. Null when the basis counts nothing at all, such as votes of shares that have none.</param>
public sealed record HolderOwnership(
    HolderId Holder,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Shares,
    decimal? Direct);

/// <summary>One issuer on the answer's basis.</summary>
/// <param name="Issuer">Has a class of shares.</param>
/// <param name="Outstanding">All that the basis counts: the sum of the holders' <see cref="HolderOwnership.Shares"/>.</param>
/// <param name="Holders">Largest first, then by id; the outside too when it holds something.</param>
/// <param name="Pool">The part of the outside's shares that is reserved and not issued; 0 but on the fully diluted basis.</param>
/// <param name="LeftOut">Convertibles whose terms do not say into how many shares they convert: not counted on the fully diluted basis; empty on the others.</param>
public sealed record IssuerOwnership(
    CompanyId Issuer,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Outstanding,
    ValueList<HolderOwnership> Holders,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Pool,
    ValueList<ConvertibleId> LeftOut);

/// <summary>Who holds how much of whom directly, on one basis.</summary>
public sealed record OwnershipAnswer(OwnershipBasis Basis, ValueList<IssuerOwnership> Issuers);
