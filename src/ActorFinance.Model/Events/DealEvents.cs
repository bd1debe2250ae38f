using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>What a deal is about: the kind of flow that its amount stands for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DealKind>))]
public enum DealKind
{
    Investment = 1,
    Purchase = 2,
    Loan = 3,
    Transfer = 4,
    Shares = 5,
    Warrant = 6,
    Guarantee = 7,
    Other = 8,
}

/// <summary>
/// The terms of a deal. Money moves from <paramref name="From"/> to <paramref name="To"/>, null is the outside. The headline amount is
/// firm, the maximum is not and is never counted. A summary names the deals that it sums, and is never counted beside them.
/// </summary>
public sealed record DealTerms(
    DealKind Kind,
    CompanyId? From,
    CompanyId? To,
    Money? Headline,
    Money? Maximum,
    string? Title,
    string? Conditions,
    DealId? ReverseLeg,
    ValueList<DealId> Sums,
    bool InKind)
{
    /// <summary>None when a writer leaves them out.</summary>
    public ValueList<DealId> Sums { get; init; } = Sums ?? [];
}

/// <summary>A letter of intent or a report: nothing is owed.</summary>
public sealed record DealAnnounced(DealTerms Terms) : CompanyEvent;

public sealed record DealContracted(DealTerms Terms) : CompanyEvent;

/// <summary>Releases what is open under the deal.</summary>
public sealed record DealSuperseded(DealId By) : CompanyEvent;

/// <summary>Releases what is open under the deal.</summary>
public sealed record DealCancelled(string Reason) : CompanyEvent;

public sealed record DealCompleted : CompanyEvent;
