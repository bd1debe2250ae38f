using System.CommandLine;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;

namespace ActorFinance.Cli.Commands;

/// <summary><c>--plot</c> and <c>--report</c> of every verb that has something to draw. Nothing of drawing is loaded unless one is asked for.</summary>
internal sealed class PictureOptions
{
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw the answer over time to this file.", HelpName = "FILE.svg|FILE.png" };
    private readonly Option<bool> _dark = new("--dark") { Description = "Draw --plot in dark colours. An SVG follows its reader's mode without it, a report always." };
    private readonly Option<string?> _report = new("--report") { Description = "Write the tables and the pictures as one page that can be mailed.", HelpName = "FILE.html" };

    public PictureOptions(Command command)
    {
        command.Options.Add(_plot);
        command.Options.Add(_dark);
        command.Options.Add(_report);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_plot) is { } plot && Path.GetExtension(plot).ToLowerInvariant() is not (".svg" or ".png"))
            {
                result.AddError($"--plot '{plot}' must be a file that ends in .svg or .png");
            }

            if (result.GetValue(_report) is { } report && Path.GetExtension(report).ToLowerInvariant() is not (".html" or ".htm"))
            {
                result.AddError($"--report '{report}' must be a file that ends in .html");
            }

            if (result.GetValue(_dark) && result.GetValue(_plot) is null)
            {
                result.AddError("--dark is for --plot: a report follows its reader's mode");
            }
        });
    }

    /// <summary>Writes the files that were asked for, after the answer itself.</summary>
    /// <param name="terminal">Where it is said.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="title">The heading of the page.</param>
    /// <param name="charts">Made only when needed.</param>
    /// <param name="tables">Writes the answer as tables.</param>
    public void Save(Terminal terminal, ParseResult parsed, string title, Func<DrawnCharts> charts, Action<Terminal> tables)
    {
        var (plot, report) = (parsed.GetValue(_plot), parsed.GetValue(_report));
        if (plot is null && report is null)
        {
            return;
        }

        var drawn = charts();
        if (plot is not null)
        {
            drawn.Save(plot, parsed.GetValue(_dark));
            terminal.Error($"{plot} written");
        }

        if (report is not null)
        {
            var recorder = new AnswerRecorder();
            tables(new Terminal(recorder));
            drawn.SaveReport(report, title, recorder.Parts);
            terminal.Error($"{report} written");
        }
    }
}
