using System.Text.Json.Serialization;

namespace ActorFinance.Model;

public sealed record GrantWarrant(
    WarrantId Warrant,
    HolderId Holder,
    ShareClassId Class,
    Money Strike,
    ValueList<WarrantTranche> Tranches,
    Instant? Expiry = null) : CompanyCommand;

public sealed record VestWarrant(WarrantId Warrant, string TrancheName) : CompanyCommand;

/// <summary>A step: the holder pays quantity x strike.</summary>
public sealed record ExerciseWarrant(WarrantId Warrant, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ShareQuantity Quantity) : CompanyCommand;

public sealed record LapseWarrant(WarrantId Warrant) : CompanyCommand;

/// <summary>A step: the investor pays the principal.</summary>
public sealed record SellConvertible(
    ConvertibleId Convertible,
    HolderId Investor,
    Money Principal,
    ShareClassId? Class = null,
    Money? ConversionPrice = null,
    CommitmentId? Draws = null) : CompanyCommand;

/// <summary>At the stated quantity, else at the convertible's conversion price.</summary>
public sealed record ConvertConvertible(ConvertibleId Convertible, ShareClassId Class, ShareQuantity? Quantity = null) : CompanyCommand;
