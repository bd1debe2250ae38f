using System.Text;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Where output goes: answers on standard output, everything about the work on standard error. Colours only on a terminal and without NO_COLOR.</summary>
internal sealed class Terminal
{
    /// <summary>A pipe has no width unless COLUMNS says one: wide enough that no table is folded.</summary>
    private const int PipeWidth = 1_000;
    private const int WidthMin = 40;

    /// <summary>What the library assumes where it cannot tell.</summary>
    private const int PipeHeight = 24;

    // Made when first used: JSON, CSV and most errors never need one, and the first costs some milliseconds.
    private readonly Lazy<IAnsiConsole> _out;
    private readonly TextWriter _writer;

    public Terminal()
    {
        // The framework's own writer first reads what kind of terminal there is, which takes milliseconds that an answer to a pipe has no use for.
        _writer = Console.IsOutputRedirected ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true } : Console.Out;
        _out = new(() => Create(_writer, Console.IsOutputRedirected));
    }

    /// <summary>Shows nothing: what an answer writes becomes parts of a page.</summary>
    public Terminal(AnswerRecorder recorder)
    {
        Recorder = recorder;
        _writer = recorder.Text;
        _out = new(() => Create(_writer, redirected: true));
    }

    private Terminal(TextWriter writer)
    {
        _writer = writer;
        _out = new(() => Create(_writer, redirected: true));
    }

    /// <summary>What is written here is gone.</summary>
    public static Terminal Nowhere => new(TextWriter.Null);

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
        if (redirected)
        {
            // Nothing is looked for in the surroundings: a pipe has no colours, wherever the program runs.
            return AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new PipeOutput(writer),
                EnvironmentVariables = [],
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            });
        }

        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
    }

    /// <summary>The library's own asks the console whether it is a terminal, and how wide: 20 methods compiled and a description read, for a pipe that is none.</summary>
    private sealed class PipeOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width { get; } = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var stated) && stated >= WidthMin ? stated : PipeWidth;

        public int Height => PipeHeight;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
