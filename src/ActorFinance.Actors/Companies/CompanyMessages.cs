using System.Collections.Immutable;
using System.Diagnostics;
using ActorFinance.Model;

namespace ActorFinance.Actors.Companies;

/// <summary>A message for one company; the gateway wakes it.</summary>
public interface IForCompany
{
    CompanyId To { get; }
}

/// <summary>A message that its sender waits on: when the company breaks before it has answered, the sender is told.</summary>
public interface IAwaited : IForCompany
{
    long Correlation { get; }

    /// <summary>What the sender is told instead of the answer.</summary>
    object Unanswered(string reason);
}

/// <summary>Tells the messages of this process apart; a random id for each was a call of the system.</summary>
internal static class Correlations
{
    private static long _last;

    public static long Next() => Interlocked.Increment(ref _last);
}

/// <summary>Commands for one company, decided in this order, written together where no step stands between them. Answered by <see cref="Submitted"/> or <see cref="SubmitFailed"/>.</summary>
public sealed record Submit(CompanyId To, ImmutableArray<DigestedCommand> Commands) : IAwaited
{
    public Submit(CompanyId to, ImmutableArray<CommandEnvelope> commands)
        : this(to, ImmutableArray.CreateRange(commands, DigestedCommand.Of))
    {
    }

    public long Correlation { get; } = Correlations.Next();

    /// <summary>The span that sends it; none where nobody traces.</summary>
    internal ActivityContext Trace { get; } = CompanyTracing.Current?.Context ?? default;

    public object Unanswered(string reason) => new SubmitFailed(To, reason);
}

/// <summary>An answer for each command, in their order.</summary>
public sealed record Submitted(CompanyId Company, ImmutableArray<CommandReply> Replies);

/// <summary>The company's actor broke, or there is no room: nothing is known of the commands, and each can be sent again.</summary>
public sealed record SubmitFailed(CompanyId Company, string Reason);

public abstract record CommandReply(CommandId Command)
{
    /// <summary>On disk. <paramref name="Events"/> are those written now, a step's payment by the other company included: none when the command was accepted before.</summary>
    public sealed record Accepted(CommandId Command, CompanyId Company, long FirstSequenceNumber, long LastSequenceNumber, ImmutableArray<EventEnvelope> Events, bool Repeated)
        : CommandReply(Command);

    public sealed record Refused(CommandId Command, Refusal Refusal) : CommandReply(Command);
}

/// <summary>A company that rejects a shortfall counts a payment it received. Answered by <see cref="ReceiptCounted"/> or <see cref="SubmitFailed"/>.</summary>
public sealed record CountReceipt(CompanyId To, EventEnvelope Payment) : IAwaited
{
    public long Correlation { get; } = Correlations.Next();

    public object Unanswered(string reason) => new SubmitFailed(To, reason);
}

public sealed record ReceiptCounted(CompanyId Company, EventId Payment);

/// <summary>Wakes a company so that it takes up what it left unfinished.</summary>
public sealed record Wake(CompanyId To) : IForCompany;
