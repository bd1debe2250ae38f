using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Where output goes: answers on standard output, everything about the work on standard error. Colours only on a terminal and without NO_COLOR.</summary>
internal sealed class Terminal
{
    /// <summary>A pipe has no width unless COLUMNS says one: wide enough that no table is folded.</summary>
    private const int PipeWidth = 1_000;
    private const int WidthMin = 40;

    // Made when first used: JSON, CSV and most errors never need one, and the first costs some milliseconds.
    private readonly Lazy<IAnsiConsole> _out;
    private readonly TextWriter _writer;

    public Terminal()
    {
        _writer = Console.Out;
        _out = new(() => Create(_writer, Console.IsOutputRedirected));
    }

    /// <summary>Shows nothing: what an answer writes becomes parts of a page.</summary>
    public Terminal(AnswerRecorder recorder)
    {
        Recorder = recorder;
        _writer = recorder.Text;
        _out = new(() => Create(_writer, redirected: true));
    }

    public AnswerRecorder? Recorder { get; }

    public IAnsiConsole Out => _out.Value;

    /// <summary>Whether the answer goes to a file or another program, which has no width.</summary>
    public bool IsPiped { get; } = Console.IsOutputRedirected;

    /// <summary>Whether standard error is a terminal: progress is shown nowhere else.</summary>
    public bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    public void Error(string message) => Console.Error.WriteLine(message);

    /// <summary>As it is, without markup or folding.</summary>
    public void Line(string text = "") => _writer.WriteLine(text);

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
            console.Profile.Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var stated) && stated >= WidthMin ? stated : PipeWidth;
        }

        return console;
    }
}
