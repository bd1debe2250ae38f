using System.Text.Json.Serialization;

namespace ActorFinance.Model;

[JsonConverter(typeof(KebabCaseEnumConverter<ConditionKind>))]
public enum ConditionKind
{
    Milestone = 1,
    Date = 2,
    Price = 3,
}

/// <summary>One condition: a milestone that a company reaches, a date, or a price per share of an issuer's class at or above a level.</summary>
public sealed record Condition(ConditionKind Kind, CompanyId? Company, string? Milestone, Instant? Date, ShareClassId? Class, Money? PricePerShare);

/// <summary>All of the conditions, or any of them; lapses after the deadline.</summary>
public sealed record ConditionSet(bool AnySuffices, ValueList<Condition> Conditions, Instant? Deadline);

/// <summary>A part of a commitment with its due date.</summary>
public sealed record DueAmount([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant At, Money Amount);

/// <summary>
/// An amount promised and not yet moved, from the one who will pay to the one who will receive; null is the outside.
/// The due amounts, if any, add up to <paramref name="Amount"/>. Outstanding = committed - drawn - released.
/// </summary>
public sealed record CommitmentTerms(
    CommitmentId Commitment,
    CompanyId? From,
    CompanyId? To,
    Money Amount,
    ValueList<DueAmount> Due,
    ConditionSet? Conditions,
    string? Item,
    Quantity? Quantity,
    string? Unit)
{
    /// <summary>None when a writer leaves them out.</summary>
    public ValueList<DueAmount> Due { get; init; } = Due ?? [];
}

public sealed record InvestmentCommitted(CommitmentTerms Terms) : CompanyEvent;

public sealed record PurchaseCommitted(CommitmentTerms Terms) : CompanyEvent;

public sealed record LoanCommitted(CommitmentTerms Terms) : CompanyEvent;

public sealed record CommitmentReleased(CommitmentId Commitment, Money Amount, string? Reason) : CompanyEvent;
