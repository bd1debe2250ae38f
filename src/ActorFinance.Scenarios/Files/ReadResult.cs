namespace ActorFinance.Scenarios.Files;

public enum FileForm
{
    Scenario,
    CommandLines,
    CashFlows,
    CapTable,
}

/// <summary>
/// A command and the line that it came from. <paramref name="OnlyIfUnknown"/>: the file did not order it for its own sake, but needs the company
/// (or share class) to be there; where the journal has it already, leave the command out.
/// </summary>
public sealed record SourcedCommand(CommandEnvelope Envelope, string File, int Line, bool OnlyIfUnknown = false);

/// <summary>A file of commands, read whole and free of faults of form; what the companies decide on them is another matter.</summary>
/// <param name="Form">Which of the forms it has.</param>
/// <param name="Name">A scenario's id, else the file's name without its extension.</param>
/// <param name="Title">A scenario's title.</param>
/// <param name="Description">A scenario's description.</param>
/// <param name="Assumptions">What a scenario takes for granted, in sentences.</param>
/// <param name="Commands">In the order of the file; registrations and share classes before what needs them.</param>
/// <param name="Registered">The companies that are registered unless the journal knows them, in order of appearance.</param>
public sealed record CommandBook(
    FileForm Form,
    string Name,
    string? Title,
    string? Description,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<SourcedCommand> Commands,
    IReadOnlyList<CompanyId> Registered);

/// <summary>What reading a file gave.</summary>
public abstract record ReadResult
{
    private ReadResult()
    {
    }

    public sealed record Accepted(CommandBook Book) : ReadResult;

    /// <summary>All problems of the file, in its order.</summary>
    public sealed record Rejected(IReadOnlyList<InputProblem> Problems) : ReadResult;

    /// <summary>The file could not be opened or read: a matter of the machine, not of what it holds.</summary>
    public sealed record Unreadable(string File, string Reason) : ReadResult
    {
        public override string ToString() => $"{File}: {Reason}";
    }
}
