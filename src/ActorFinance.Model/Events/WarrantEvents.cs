using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>A part of a grant that vests on its own conditions.</summary>
public sealed record WarrantTranche(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ShareQuantity Quantity,
    ConditionSet? Conditions);

/// <summary>A right to buy shares of a class at the strike, in tranches that vest one by one.</summary>
public sealed record WarrantGranted(
    WarrantId Warrant,
    HolderId Holder,
    ShareClassId Class,
    Money Strike,
    Instant? Expiry,
    ValueList<WarrantTranche> Tranches) : CompanyEvent;

public sealed record WarrantVested(WarrantId Warrant, string TrancheName) : CompanyEvent;

/// <summary>Issues <paramref name="Quantity"/> shares; <paramref name="Payment"/> (quantity x strike) is moved by the step's posting event.</summary>
public sealed record WarrantExercised(WarrantId Warrant, ShareQuantity Quantity, CompanyId? Payer, Money? Payment) : CompanyEvent;

/// <summary>What is left unexercised ends.</summary>
public sealed record WarrantLapsed(WarrantId Warrant) : CompanyEvent;

/// <summary>Terms of conversion, each as far as published; without any, the convertible is left out of the fully diluted basis and named.</summary>
public sealed record ConvertibleRegistered(
    ConvertibleId Convertible,
    HolderId Holder,
    CompanyId? Payer,
    Money Principal,
    ShareClassId? Class,
    Money? ConversionPrice,
    CommitmentId? Draws) : CompanyEvent;

/// <summary>Ends the convertible and issues shares to its holder.</summary>
public sealed record ConvertibleConverted(ConvertibleId Convertible, ShareClassId Class, ShareQuantity Quantity) : CompanyEvent;
