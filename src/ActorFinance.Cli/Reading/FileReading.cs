using ActorFinance.Actors.Importing;
using ActorFinance.Cli.Output;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Cli.Reading;

/// <summary>Files of commands; every problem is shown, in the order of the file.</summary>
internal static class FileReading
{
    private const int ProblemsShown = 100;

    /// <exception cref="CliFailure">The file cannot be read, or has problems (which are on standard error by then).</exception>
    public static (CommandBook Book, IReadOnlyList<ImportItem> Items) Read(Terminal terminal, string path)
    {
        switch (CommandFile.Read(path))
        {
            case ReadResult.Accepted accepted:
                return (accepted.Book, [.. accepted.Book.Commands.Select(command => new ImportItem(command.Envelope, $"{command.File}:{command.Line}", command.OnlyIfUnknown))]);
            case ReadResult.Rejected rejected:
                foreach (var problem in rejected.Problems.Take(ProblemsShown))
                {
                    terminal.Error(problem.ToString());
                }

                var more = rejected.Problems.Count > ProblemsShown ? $" ({ProblemsShown} shown)" : "";
                throw new CliFailure(ExitCode.Refused, $"{Figures.Count(rejected.Problems.Count, "problem")} in {path}{more}; nothing was changed");
            case ReadResult.Unreadable unreadable:
                throw new CliFailure(ExitCode.InputOutput, unreadable.ToString());
            default:
                throw new InvalidOperationException("a file is accepted, rejected or unreadable");
        }
    }
}
