using System.Text.Json.Serialization;

namespace ActorFinance.Model;

public sealed record ReceiveExternalCash(Money Amount, ExternalCategory Category) : CompanyCommand;

public sealed record PayExternalCash(Money Amount, ExternalCategory Category) : CompanyCommand;

/// <summary>Money from which no shares follow that the book knows of; see <see cref="SellShares"/> and <see cref="SellConvertible"/> for the rest.</summary>
public sealed record Invest(CompanyId Investee, Money Amount, CommitmentId? Draws = null, bool InKind = false) : CompanyCommand;

public sealed record PayPurchase(
    CompanyId Seller,
    Money Amount,
    CommitmentId? Draws = null,
    string? Item = null,
    Quantity? Quantity = null,
    string? Unit = null,
    bool InKind = false) : CompanyCommand;

public sealed record RefundPurchase(
    CompanyId Buyer,
    Money Amount,
    string? Item = null,
    Quantity? Quantity = null,
    string? Unit = null,
    bool InKind = false) : CompanyCommand;

public sealed record PayTransfer(CompanyId Payee, Money Amount, TransferPurpose Purpose) : CompanyCommand;

public sealed record DeliverPurchase(
    CompanyId Buyer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Quantity Quantity,
    string? Item = null,
    string? Unit = null) : CompanyCommand;
