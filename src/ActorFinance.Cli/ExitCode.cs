namespace ActorFinance.Cli;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused, invalid input, not found, or verify found a fault.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself.</summary>
    public const int Usage = 2;

    /// <summary>Locked, full, or a file that cannot be opened as a journal.</summary>
    public const int InputOutput = 3;

    public const int Cancelled = 130;
}

/// <summary>Ends the program with a message for the user.</summary>
internal sealed class CliFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
