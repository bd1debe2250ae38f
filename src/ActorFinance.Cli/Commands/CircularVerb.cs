using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Projections;
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
        var (from, to, own, noCheckpoint) = (CommonOptions.From(), CommonOptions.To(), new CircularOptions(), CommonOptions.NoCheckpoint());
        var command = new Command("circular", Description) { journal, output, asOf, asKnown, company, from, to, noCheckpoint };
        own.AddTo(command, from, to, company);
        var pictures = new PictureOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var reading = await BookReading.ReadIndexAsync(terminal, path, BookParts.CircularFlow, !parsed.GetValue(noCheckpoint), cancellation).ConfigureAwait(false);
            var book = reading.Index.Publish();
            var cut = BookReading.Cut(book.LastOffset, parsed.End(asOf), parsed.Known(asKnown));
            var only = parsed.GetValue(company);
            if (only is { } one)
            {
                BookReading.RequireCompany(book.Registered, one);
            }

            var window = new FlowWindow(parsed.Start(from), parsed.End(to));
            var question = new CircularQuestionAsked(book.CircularFlow, cut, window, parsed.GetValue(own.Firmness), own.Read(parsed, only));
            RequireWindow(question);
            var form = parsed.GetValue(output);
            var course = new Lazy<CircularSeries>(() => Series(terminal, question, parsed.GetValue(own.Every) ?? SeriesStep.Month, parsed.GetValue(own.Window), cancellation));
            var tables = parsed.GetValue(own.Every) is not null || parsed.GetValue(own.Window) is not null
                ? (Terminal page, OutputForm shown) => CircularSeriesOutput.Print(page, shown, question, course.Value)
                : await PointAsync(terminal, path, question, only, parsed.GetValue(own.Explain), cancellation).ConfigureAwait(false);
            tables(terminal, form);
            pictures.Save(terminal, parsed, only is { } named ? $"What goes round through {named}" : "How much of the money goes round", () => CircularCharts.Of(question, course.Value), page => tables(page, OutputForm.Table));
            await BookReading.KeepAsync(path, reading, cancellation).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The measures at one cut, computed once however often they are shown.</summary>
    private static async Task<Action<Terminal, OutputForm>> PointAsync(Terminal terminal, string journal, CircularQuestionAsked question, CompanyId? only, string? explained, CancellationToken cancellation)
    {
        using var progress = new WorkProgress(terminal, cancellation);
        var answer = Value(CircularView.At(question.Book, question.Cut, question.Window, question.Firmness, question.Options, progress.Report));
        var report = new CircularReport(question.Book.Resolve(question.Cut), answer, only) { Incomplete = question.IncompleteKnowledge(), Via = question.Options.HopsVia };
        if (explained is not { } figure)
        {
            return (page, form) => CircularOutput.Print(page, form, report);
        }

        var explanation = CircularExplanation.Of(answer, figure, only);
        var events = await BookReading.ReadAsync(journal, explanation.Events, cancellation).ConfigureAwait(false);
        return (page, form) => CircularExplanationOutput.Print(page, form, report, explanation, events);
    }

    private static CircularSeries Series(Terminal terminal, CircularQuestionAsked question, SeriesStep step, RollingSpan? rolling, CancellationToken cancellation)
    {
        using var progress = new WorkProgress(terminal, cancellation);
        var options = question.Options with { Measures = question.Options.Company is null ? FlowMeasures.Network : FlowMeasures.NetworkAndCompanies };
        return new(step, rolling, Value(CircularView.SeriesAt(question.Book, question.Cut, question.Window, step, rolling, question.Firmness, options, progress.Report)));
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
