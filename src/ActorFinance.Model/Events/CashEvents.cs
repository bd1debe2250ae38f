using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>What a flow between a company and the outside was for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ExternalCategory>))]
public enum ExternalCategory
{
    Opening = 1,
    Revenue = 2,
    Opex = 3,
    Capex = 4,
    Tax = 5,
    Financing = 6,
    Other = 7,
}

[JsonConverter(typeof(KebabCaseEnumConverter<TransferPurpose>))]
public enum TransferPurpose
{
    RevenueShare = 1,
    Royalty = 2,
    Fee = 3,
    Other = 4,
}

/// <summary>What follows from an investment: shares of a class at a price, a convertible, or nothing that the source states.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Instrument>))]
public enum Instrument
{
    NotStated = 1,
    Equity = 2,
    Convertible = 3,
}

public sealed record ExternalCashReceived(Money Amount, ExternalCategory Category) : CompanyEvent;

public sealed record ExternalCashPaid(Money Amount, ExternalCategory Category) : CompanyEvent;

/// <summary>Investor to investee. In kind moves no cash and is counted apart.</summary>
public sealed record InvestmentMade(
    CompanyId Investee,
    Money Amount,
    Instrument Instrument,
    ShareClassId? Class,
    Money? PricePerShare,
    ValuationId? Valuation,
    ConvertibleId? Convertible,
    CommitmentId? Draws,
    bool InKind) : CompanyEvent;

/// <summary>Buyer to seller.</summary>
public sealed record PurchasePaid(
    CompanyId Seller,
    Money Amount,
    CommitmentId? Draws,
    string? Item,
    Quantity? Quantity,
    string? Unit,
    bool InKind) : CompanyEvent;

/// <summary>Seller back to buyer; restores no commitment.</summary>
public sealed record PurchaseRefunded(CompanyId Buyer, Money Amount, string? Item, Quantity? Quantity, string? Unit, bool InKind) : CompanyEvent;

public sealed record TransferPaid(CompanyId Payee, Money Amount, TransferPurpose Purpose) : CompanyEvent;

/// <summary>Seller's fact: what revenue recognition, milestones and vesting look at.</summary>
public sealed record PurchaseDelivered(CompanyId Buyer, string? Item, Quantity Quantity, string? Unit) : CompanyEvent;

/// <summary>Only under <see cref="CashPolicy.RejectShortfall"/>: the receiver counts the payer's payment in its own decisions.</summary>
public sealed record ReceiptAcknowledged(CompanyId Payer, EventId Payment, Money Amount) : CompanyEvent;
