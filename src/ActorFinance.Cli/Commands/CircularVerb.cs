using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal static class CircularVerb
{
    private const string Description = """
        How much of the money only goes round: round trips, what traced money came back, financed revenue, the cycling index, the circulation share, and the cycles by name.

        Example: actorfinance circular --from 2025-01-01 --to 2026-04-30 --firmness announced
                 actorfinance circular --company nvidia --hops 3 --trace fifo
                 actorfinance circular --company nvidia --explain traced
                 actorfinance circular --window 12M --every quarter
        """;

    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var (from, to, own) = (CommonOptions.From(), CommonOptions.To(), new CircularOptions());
        var command = new Command("circular", Description) { journal, output, asOf, asKnown, company, from, to };
        own.AddTo(command, from, to, company);
        var pictures = new PictureOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var cut = BookReading.Cut(book, parsed.End(asOf), parsed.Known(asKnown));
            var only = parsed.GetValue(company);
            if (only is { } one)
            {
                BookReading.RequireCompany(book, one);
            }

            var window = new FlowWindow(parsed.Start(from), parsed.End(to));
            var question = new CircularQuestionAsked(new(book), cut, window, parsed.GetValue(own.Firmness), own.Read(parsed, only));
            RequireWindow(question);
            var form = parsed.GetValue(output);
            var course = new Lazy<CircularSeries>(() => Series(terminal, question, parsed.GetValue(own.Every) ?? SeriesStep.Month, parsed.GetValue(own.Window), cancellation));
            var tables = parsed.GetValue(own.Every) is not null || parsed.GetValue(own.Window) is not null
                ? (Terminal page, OutputForm shown) => CircularSeriesOutput.Print(page, shown, question, course.Value)
                : Point(terminal, question, only, parsed.GetValue(own.Explain), cancellation);
            tables(terminal, form);
            pictures.Save(terminal, parsed, only is { } named ? $"What goes round through {named}" : "How much of the money goes round", () => CircularCharts.Of(question, course.Value), page => tables(page, OutputForm.Table));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The measures at one cut, computed once however often they are shown.</summary>
    private static Action<Terminal, OutputForm> Point(Terminal terminal, CircularQuestionAsked question, CompanyId? only, string? explained, CancellationToken cancellation)
    {
        using var progress = new WorkProgress(terminal, cancellation);
        var answer = Value(CircularView.At(question.Index, question.Cut, question.Window, question.Firmness, question.Options, progress.Report));
        var report = new CircularReport(question.Index.Book.Resolve(question.Cut), answer, only) { Incomplete = question.IncompleteKnowledge(), Via = question.Options.HopsVia };
        return explained is { } figure
            ? (page, form) => CircularExplanationOutput.Print(page, form, question.Index.Book, report, CircularExplanation.Of(answer, figure, only))
            : (page, form) => CircularOutput.Print(page, form, report);
    }

    private static CircularSeries Series(Terminal terminal, CircularQuestionAsked question, SeriesStep step, RollingSpan? rolling, CancellationToken cancellation)
    {
        using var progress = new WorkProgress(terminal, cancellation);
        var options = question.Options with { Measures = question.Options.Company is null ? FlowMeasures.Network : FlowMeasures.NetworkAndCompanies };
        return new(step, rolling, Value(CircularView.SeriesAt(question.Index, question.Cut, question.Window, step, rolling, question.Firmness, options, progress.Report)));
    }

    private static T Value<T>(FlowOutcome<T> outcome)
        where T : class =>
        outcome.Value
        ?? throw new CliFailure(ExitCode.Refused, outcome.Error!.Message + (outcome.Error is FlowError.TotalTooLarge ? "" : " (--currency CODE)"));

    /// <summary>Paid flows end with the cut: a window that starts after it has no flows at all, which is a mistake rather than an answer.</summary>
    private static void RequireWindow(CircularQuestionAsked question)
    {
        if (question.Firmness == Firmness.Paid && question.Window.From >= question.Cut.AsOf)
        {
            throw new CliFailure(ExitCode.Usage, $"the window ends before it starts: --from {question.Window.From} --as-of {question.Cut.AsOf}");
        }
    }
}

internal sealed record CircularSeries(SeriesStep Step, RollingSpan? Rolling, ValueList<CircularAnswer> Points);
