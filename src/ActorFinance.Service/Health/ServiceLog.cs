namespace ActorFinance.Service;

/// <summary>What the service says in its log. Names stand in every line that has them, so that one deal or command can be followed.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(1, LogLevel.Debug, "command {Command} of {Company} (deal {Deal}) by {Caller}: accepted as number {SequenceNumber}, repeated {Repeated}")]
    public static partial void Accepted(this ILogger log, string command, string company, string? deal, string caller, long sequenceNumber, bool repeated);

    [LoggerMessage(2, LogLevel.Information, "command {Command} of {Company} (deal {Deal}) by {Caller}: refused, {Code}: {Reason}")]
    public static partial void Refused(this ILogger log, string command, string company, string? deal, string caller, string code, string reason);

    [LoggerMessage(3, LogLevel.Error, "command {Command} of {Company} (deal {Deal}) by {Caller}: failed, {Reason}")]
    public static partial void Failed(this ILogger log, string command, string company, string? deal, string caller, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Method} {Path} by {Caller} broke ({TraceId})")]
    public static partial void Broke(this ILogger log, Exception cause, string method, string path, string caller, string traceId);

    [LoggerMessage(5, LogLevel.Information, "listening on {Url}, journal {Journal} at offset {Offset}")]
    public static partial void Started(this ILogger log, string url, string journal, long offset);

    [LoggerMessage(6, LogLevel.Information, "stopping: nothing new is taken, {Requests} requests and {Streams} streams are under way")]
    public static partial void Stopping(this ILogger log, int requests, int streams);

    [LoggerMessage(7, LogLevel.Information, "stopped at offset {Offset}")]
    public static partial void Stopped(this ILogger log, long offset);

    [LoggerMessage(8, LogLevel.Error, "stopping: {Reason}")]
    public static partial void Lost(this ILogger log, string reason);

    [LoggerMessage(9, LogLevel.Warning, "not ready: {Reasons} {Words}")]
    public static partial void NotReady(this ILogger log, string reasons, string words);

    [LoggerMessage(10, LogLevel.Information, "ready again")]
    public static partial void Ready(this ILogger log);

    [LoggerMessage(20, LogLevel.Error, "a job broke")]
    public static partial void JobBroke(this ILogger log, Exception cause);
}
