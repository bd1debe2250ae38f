using System.Collections.Immutable;
using ActorFinance.Actors.Companies;
using ActorFinance.Model;

namespace ActorFinance.Actors.Deals;

/// <summary>Asks the poster whether it would post; nothing is written.</summary>
public sealed record RehearseStep(StepOrder Order) : IAwaited
{
    public CompanyId To => Order.Poster;

    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new StepUnanswered(Order.Step, To, reason);
}

/// <summary>Asks a receiver whether it would join the void that the order is for, and after it the others; nothing is written.</summary>
public sealed record RehearseJoin(CompanyId To, StepOrder Order, ImmutableArray<CompanyId> Others) : IAwaited
{
    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new StepUnanswered(Order.Step, To, reason);
}

/// <summary>The dry decision: of <paramref name="By"/>, when it is a refusal.</summary>
public sealed record StepRehearsed(CompanyId To, StepId Step, CompanyId By, Refusal? Refusal) : IForCompany;

/// <summary>Orders the poster to post, or to refuse for good. Sent until it is answered.</summary>
public sealed record PostStep(StepOrder Order) : IAwaited
{
    public CompanyId To => Order.Poster;

    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new StepUnanswered(Order.Step, To, reason);
}

/// <summary>The payer asks a receiver to write its side of a void that another company opened. The receiver then orders the payer itself, or refuses.</summary>
public sealed record JoinVoid(StepOrder Order) : IAwaited
{
    public CompanyId To => Order.Register;

    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new StepUnanswered(Order.Step, To, reason);
}

/// <summary>A receiver has written nothing and will not join.</summary>
public sealed record JoinRefused(CompanyId To, StepId Step, CompanyId By, Refusal Refusal) : IForCompany;

/// <summary>The poster's last word, on disk: the event that posted the step, or the refusal.</summary>
public sealed record StepAnswered(CompanyId To, StepId Step, EventEnvelope? Posting, string Refusal) : IForCompany;

/// <summary>The poster, or a company that was to join, broke before it answered; it may have written its side or not.</summary>
public sealed record StepUnanswered(StepId Step, CompanyId By, string Reason);

/// <summary>A void that was ordered at the payer, at the company that must open it. Answered by <see cref="VoidAnswered"/> or <see cref="VoidUnanswered"/>.</summary>
public sealed record OpenVoid(CompanyId To, DigestedCommand Command, Decision.OpensAt Opens) : IAwaited
{
    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new VoidUnanswered(Correlation, To, reason);
}

/// <summary>What came of an <see cref="OpenVoid"/>.</summary>
public sealed record VoidAnswered(CompanyId To, long Correlation, CommandReply Reply) : IForCompany;

/// <summary>The company that was to open the void broke; it may have opened it or not.</summary>
public sealed record VoidUnanswered(long Correlation, CompanyId Company, string Reason);
