using System.Text.Json.Serialization;

namespace ActorFinance.Model;

public sealed record RegisterCompany(
    string Name,
    Currency Currency,
    CompanyKind Kind = CompanyKind.Company,
    CashPolicy CashPolicy = CashPolicy.AllowShortfall) : CompanyCommand;

public sealed record RenameCompany(string Name) : CompanyCommand;

public sealed record ReachMilestone(string Milestone) : CompanyCommand;

/// <summary>To <see cref="CompanyId.Market"/> only.</summary>
public sealed record RecordFxRate(Currency Base, Currency Quote, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Quantity Rate) : CompanyCommand;

/// <summary>To the emitter of the event; what two companies did together is voided as a step.</summary>
public sealed record VoidEvent([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] EventId Event, string Reason) : CompanyCommand;
