using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using ActorFinance.Cli.Commands;
using ActorFinance.Cli.Output;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Cli;

/// <summary>The command line as a whole: one verb a file under Commands.</summary>
internal static class Application
{
    private static readonly (string Name, Func<Terminal, Command> Create)[] Verbs =
    [
        ("demo", DemoVerb.Create),
        ("import", ImportVerb.Create),
        ("events", EventsVerb.Create),
        ("cash", CashVerb.Create),
        ("ownership", OwnershipVerb.Create),
        ("circular", CircularVerb.Create),
        ("cascade", CascadeVerb.Create),
        ("replay", ReplayVerb.Create),
        ("what-if", WhatIfVerb.Create),
        ("simulate", SimulateVerb.Create),
        ("branch", BranchVerb.Create),
        ("verify", VerifyVerb.Create),
        ("serve", ServeVerb.Create),
        ("key", KeyVerb.Create),
        ("status", StatusVerb.Create),
        ("backup", BackupVerb.Create),
        ("restore", RestoreVerb.Create),
    ];

    /// <summary>Never disposed: a signal can come in while the program ends.</summary>
    private static readonly CancellationTokenSource s_cancelled = new();

    public static async Task<int> RunAsync(string[] args)
    {
        var terminal = new Terminal();
        var root = new RootCommand(
            "When companies invest in their own customers: who owns whom, who has cash, and how much of the money only goes round in a circle?");

        // A verb's options are compiled one by one as they are made: those of the verb that was asked for are enough.
        var asked = Array.FindIndex(Verbs, verb => args.Length > 0 && verb.Name == args[0]);
        foreach (var (_, create) in asked >= 0 ? Verbs.AsSpan(asked, 1) : Verbs)
        {
            root.Add(create(terminal));
        }

        if (asked < 0 && args is [{ Length: > 0 } word, ..] && char.IsAsciiLetter(word[0]))
        {
            terminal.Error($"There is no command '{word}'{Spelling.Hint(word, Verbs.Select(verb => verb.Name))}.");
            terminal.Error("See 'actorfinance --help'.");
            return ExitCode.Usage;
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Error(error.Message);
            }

            var verb = string.Concat(VerbOf(parsed.CommandResult).Select(name => $"{name} "));
            terminal.Error($"See 'actorfinance {verb}--help'.");
            return ExitCode.Usage;
        }

        // The parser's own handler of signals is off: it and this one raced, and the later of them met what the end of the run had disposed.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, s_cancelled.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (s_cancelled.IsCancellationRequested)
        {
            terminal.Error("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (CliFailure failure)
        {
            terminal.Error(failure.Message);
            return failure.Code;
        }
        catch (QuestionRefusedException refused)
        {
            terminal.Error(refused.Message);
            return ExitCode.Refused;
        }
        catch (OverflowException failure)
        {
            // A total of 1e18 or more is no longer exact: the question has no answer, the journal is sound.
            terminal.Error(failure.Message);
            return ExitCode.Refused;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            terminal.Error(failure.Message);
            return ExitCode.InputOutput;
        }
    }

    /// <summary>The first signal ends the work in good order, the second the process.</summary>
    private static void Cancel(PosixSignalContext signal)
    {
        if (!s_cancelled.IsCancellationRequested)
        {
            signal.Cancel = true;
            s_cancelled.Cancel();
        }
    }

    /// <summary>As it was typed: <c>branch keep</c>; nothing for the program itself.</summary>
    private static IEnumerable<string> VerbOf(CommandResult command) =>
        command.Parent is CommandResult above ? VerbOf(above).Append(command.Command.Name) : [];
}
