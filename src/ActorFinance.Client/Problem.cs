using System.Text.Json;

namespace ActorFinance.Client;

/// <summary>Why the service did not do what it was asked (RFC 9457).</summary>
/// <param name="Code">Such as <c>not-found</c>, or the rule that a company's refusal names.</param>
/// <param name="Status">As HTTP has it.</param>
/// <param name="Detail">One sentence with the figures.</param>
public sealed record Problem(string Code, int Status, string Detail)
{
    /// <summary>Each rule that the request breaks.</summary>
    public IReadOnlyList<InvalidField> Errors { get; init; } = [];

    /// <summary>The figures of a refusal; decimals are strings in plain notation.</summary>
    public JsonElement? Figures { get; init; }

    /// <summary>Under which the service's log has the cause.</summary>
    public string? TraceId { get; init; }
}

/// <summary>One rule that a request breaks.</summary>
/// <param name="Field">Where.</param>
/// <param name="Value">What was found.</param>
/// <param name="Rule">A phrase that follows "must be".</param>
/// <param name="Line">Of a batch.</param>
/// <param name="Column">Of a batch.</param>
public sealed record InvalidField(string Field, string? Value, string Rule, int? Line = null, int? Column = null);

/// <summary>The service could not do what it was asked; what derives from this says why.</summary>
public class ActorFinanceException : Exception
{
    internal ActorFinanceException(string message, Problem? problem, Exception? cause = null)
        : base(message, cause) => Problem = problem;

    /// <summary>What the service said; null where it said nothing.</summary>
    public Problem? Problem { get; }

    internal bool IsTransient => this is ServiceUnavailableException && Problem?.Code is not ("too-slow" or "not-reached");

    internal static ActorFinanceException Of(Problem problem) => problem switch
    {
        { Code: "taken-over" } => new SubscriptionTakenOverException(problem),
        { Code: "subscription-held" } => new SubscriptionHeldException(problem),
        { Code: "no-answer" } => new NoAnswerException(problem),
        { Status: 400 or 405 or 413 or 415 } => new InvalidRequestException(problem),
        { Status: 401 or 403 } => new AccessDeniedException(problem),
        { Status: 404 } => new NotFoundException(problem),
        { Status: 409 or 422 } => new ConflictException(problem),
        { Status: 410 } => new TooLateException(problem),
        _ => new ServiceUnavailableException(problem.Detail, problem),
    };
}

/// <summary>The request breaks a rule; <see cref="Problem.Errors"/> names each. Nothing was done.</summary>
public sealed class InvalidRequestException : ActorFinanceException
{
    internal InvalidRequestException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>No key, or one that may not do this.</summary>
public sealed class AccessDeniedException : ActorFinanceException
{
    internal AccessDeniedException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>There is no such company, deal, durable subscription or parked event.</summary>
public sealed class NotFoundException : ActorFinanceException
{
    internal NotFoundException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>The question has no answer on this book, such as a missing exchange rate.</summary>
public sealed class NoAnswerException : ActorFinanceException
{
    internal NoAnswerException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>It does not fit what is there, such as a durable subscription of the same name with another filter.</summary>
public sealed class ConflictException : ActorFinanceException
{
    internal ConflictException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>The offset lies beyond the end of the journal: it was restored from a backup. What the caller knows of the rest no longer stands there.</summary>
public sealed class TooLateException : ActorFinanceException
{
    internal TooLateException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>Another consumer has taken the durable subscription over.</summary>
public sealed class SubscriptionTakenOverException : ActorFinanceException
{
    internal SubscriptionTakenOverException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>Another consumer holds the durable subscription.</summary>
public sealed class SubscriptionHeldException : ActorFinanceException
{
    internal SubscriptionHeldException(Problem problem)
        : base(problem.Detail, problem)
    {
    }
}

/// <summary>The service could not be reached, was busy or broke, for as long as the client was told to try. Nothing is known of a command; sent again with the same id it has one effect.</summary>
public sealed class ServiceUnavailableException : ActorFinanceException
{
    internal ServiceUnavailableException(string message, Problem? problem, Exception? cause = null)
        : base(message, problem, cause)
    {
    }
}
