using System.Text.Json.Serialization;

namespace ActorFinance.Model;

[JsonConverter(typeof(KebabCaseEnumConverter<CompanyKind>))]
public enum CompanyKind
{
    Company = 1,

    /// <summary>Parties that a source does not split.</summary>
    Group = 2,
}

[JsonConverter(typeof(KebabCaseEnumConverter<CashPolicy>))]
public enum CashPolicy
{
    AllowShortfall = 1,
    RejectShortfall = 2,
}

/// <summary>Holds at every (T, K) that counts an event naming the company.</summary>
public sealed record CompanyRegistered(string Name, Currency Currency, CompanyKind Kind, CashPolicy CashPolicy) : CompanyEvent;

public sealed record CompanyRenamed(string Name) : CompanyEvent;

/// <summary>Something reached that unlocks tranches and vesting, such as <c>1 GW deployed</c>.</summary>
public sealed record MilestoneReached(string Milestone) : CompanyEvent;

/// <summary>Emitted by <see cref="CompanyId.Market"/>: <paramref name="Rate"/> units of quote for one of base.</summary>
public sealed record FxRateRecorded(Currency Base, Currency Quote, Quantity Rate) : CompanyEvent;

/// <summary>
/// The named event is left out at every T. A pending void of a payment's receipt names the payer's event:
/// <paramref name="Counterparty"/> and <paramref name="CounterpartEvent"/> say what the other company must void to post it.
/// </summary>
public sealed record EventVoided(EventId Voided, string Reason, CompanyId? Counterparty, EventId? CounterpartEvent) : CompanyEvent;
