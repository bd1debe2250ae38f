using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Where output goes: answers on standard output, everything about the work on standard error. Colours only on a terminal and without NO_COLOR.</summary>
internal sealed class Terminal
{
    /// <summary>A pipe has no width: wide enough that no table is folded.</summary>
    private const int PipeWidth = 1_000;

    // Made when first used: JSON, CSV and most errors never need one, and the first costs some milliseconds.
    private readonly Lazy<IAnsiConsole> _out = new(() => Create(Console.Out, Console.IsOutputRedirected));

    public IAnsiConsole Out => _out.Value;

    /// <summary>Whether standard error is a terminal: progress is shown nowhere else.</summary>
    public bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    public void Error(string message) => Console.Error.WriteLine(message);

    /// <summary>As it is, without markup or folding.</summary>
    public void Line(string text = "") => Console.Out.WriteLine(text);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (redirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
