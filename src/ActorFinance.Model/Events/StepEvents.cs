namespace ActorFinance.Model;

/// <summary>Posts the step that the header names: pays for shares of <paramref name="Register"/>'s. A null payee is outside.</summary>
public sealed record StepPaid(CompanyId Register, CompanyId? Payee, Money Amount) : CompanyEvent;

/// <summary>After it the payer can never post the step.</summary>
public sealed record StepRefused(CompanyId Register, string Code, string Message) : CompanyEvent;

/// <summary>Names the posting event, so that a restart need not ask. Projections ignore it.</summary>
public sealed record StepPosted(EventId PostingEvent) : CompanyEvent;
