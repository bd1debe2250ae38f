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

/// <summary>The dry decision.</summary>
public sealed record StepRehearsed(CompanyId To, StepId Step, Refusal? Refusal) : IForCompany;

/// <summary>Orders the poster to post, or to refuse for good. Sent until it is answered.</summary>
public sealed record PostStep(StepOrder Order) : IAwaited
{
    public CompanyId To => Order.Poster;

    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new StepUnanswered(Order.Step, To, reason);
}

/// <summary>The poster's last word, on disk: the event that posted the step, or the refusal.</summary>
public sealed record StepAnswered(CompanyId To, StepId Step, EventEnvelope? Posting, string Refusal) : IForCompany;

/// <summary>The poster broke before it answered; it may have written its side or not.</summary>
public sealed record StepUnanswered(StepId Step, CompanyId Poster, string Reason);

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
