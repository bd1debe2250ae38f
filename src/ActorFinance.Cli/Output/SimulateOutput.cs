using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

internal static class SimulateOutput
{
    private const int RefusalsShown = 10;
    private const int ReadingsShown = 60;

    public static void Print(Terminal terminal, OutputForm form, SimulateReport report, bool events)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv when events:
                CsvAnswer.Print(
                    terminal,
                    ["effective", "rank", "company", "type", "deal", "agreement", "trigger", "command", "eventId", "summary"],
                    report.Run.Events.Select(each => (IEnumerable<string?>)
                    [
                        each.Envelope.Header.EffectiveAt.ToString(), each.Envelope.Header.Rank.ToString(System.Globalization.CultureInfo.InvariantCulture), each.Envelope.Header.Emitter.Value,
                        EventText.TypeOf(each.Envelope.Event), each.Envelope.Header.Deal?.Value, each.Agreement, each.Trigger, each.Envelope.Header.Command.Value,
                        each.Envelope.Header.Id.ToString(), EventText.Summary(Recorded(each)),
                    ]));
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(terminal, ["at", "figure", "value", "unit"], Rows(report));
                break;
            default:
                PrintTable(terminal, report, events);
                break;
        }
    }

    private static IEnumerable<IEnumerable<string?>> Rows(SimulateReport report)
    {
        foreach (var reading in report.Run.Readings)
        {
            for (var i = 0; i < reading.Values.Count; i++)
            {
                yield return [reading.At.ToString(), report.Simulation.Figures[i], SimulateReport.Plain(reading.Values[i]), SimulateReport.Unit(reading.Values[i])];
            }
        }

        foreach (var balance in report.Cash)
        {
            yield return [report.Run.End.ToString(), $"cash({balance.Company})", JsonAnswer.Amount(balance.Amount), balance.Currency.Code];
        }
    }

    private static void PrintTable(Terminal terminal, SimulateReport report, bool events)
    {
        var (simulation, run) = (report.Simulation, report.Run);
        terminal.Out.MarkupLine($"[bold]{Markup.Escape(simulation.Title ?? simulation.Name)}[/]");
        var from = report.History.Cut is { } cut ? $"facts up to {Day(simulation.Start)} (offset {cut.Offset})" : "an empty book";
        terminal.Line($"From {from}, the clock runs until {Day(run.End)}: {Figures.Count(run.Events.Count, "event")}, {Figures.Count(run.Refusals.Count, "refusal")}.");
        if (report.History.Misfits.Count > 0)
        {
            terminal.Out.MarkupLine($"[yellow]Knowledge was incomplete then: {Figures.Count(report.History.Misfits.Count, "fact")} without ground left out.[/]");
        }

        foreach (var (name, text) in Changed(report))
        {
            terminal.Line($"  {name} = {text}");
        }

        terminal.Line();
        PrintAgreements(terminal, run);
        PrintReadings(terminal, report);
        PrintCash(terminal, report);
        PrintStakes(terminal, report);
        foreach (var refused in run.Refusals.Take(RefusalsShown))
        {
            terminal.Out.MarkupLine($"[yellow]{Markup.Escape($"refused on {Figures.Moment(refused.At)}, {Who(refused.Agreement, refused.Trigger)}: {refused.Command.Company}: {refused.Refusal.Message}")}[/]");
        }

        if (run.Refusals.Count > RefusalsShown)
        {
            terminal.Line($"and {run.Refusals.Count - RefusalsShown:#,0} more refusals (--output json lists all)");
        }

        if (events)
        {
            PrintEvents(terminal, run);
        }
    }

    private static void PrintAgreements(Terminal terminal, SimulationRun run)
    {
        var table = Tables.Create(("Agreement", false), ("Events", true), ("First", true), ("Last", true));
        foreach (var agreement in run.Events.GroupBy(each => each.Agreement?.Split('/')[0]))
        {
            table.Row(agreement.Key ?? "(the file's commands)", agreement.Count().ToString("#,0", System.Globalization.CultureInfo.InvariantCulture), Figures.Moment(agreement.First().Envelope.Header.EffectiveAt), Figures.Moment(agreement.Last().Envelope.Header.EffectiveAt));
        }

        Tables.Write(terminal, table, "What was generated");
    }

    private static void PrintReadings(Terminal terminal, SimulateReport report)
    {
        if (report.Simulation.Figures.Count == 0 || report.Run.Readings.Count == 0)
        {
            return;
        }

        var table = Tables.Create([("At", false), .. report.Simulation.Figures.Select(figure => (figure, true))]);
        var readings = report.Run.Readings;
        foreach (var reading in readings.Count > ReadingsShown ? readings.Take(ReadingsShown - 1).Append(readings[^1]) : readings)
        {
            table.Row([Day(reading.At), .. reading.Values.Select(Shown)]);
        }

        Tables.Write(terminal, table, "Figures");
        if (readings.Count > ReadingsShown)
        {
            terminal.Line($"Left out before the last: {Figures.Count(readings.Count - ReadingsShown, "reading")} (--output csv has all)");
        }
    }

    private static void PrintCash(Terminal terminal, SimulateReport report)
    {
        // Without opening cash an amount is a change since the first fact: neither a balance nor, below zero, a shortfall.
        var table = Tables.Create(("Company", false), ("Cash", true), ("", false), ("Lowest", true), ("on", false), ("First shortfall", false));
        foreach (var balance in report.Cash.Where(balance => balance.Lowest is not null))
        {
            table.Row(
                balance.Company.Value, Rounded(balance.Amount) + " " + balance.Currency, balance.HasOpening ? "" : "change", Rounded(balance.Lowest!.Amount),
                Figures.Moment(balance.Lowest.At), balance is { HasOpening: true, FirstShortfall: { } first } ? Figures.Moment(first.At) : Figures.None);
        }

        Tables.Write(terminal, table, $"Cash on {Day(report.Run.End)}");
    }

    private static void PrintStakes(Terminal terminal, SimulateReport report)
    {
        var table = Tables.Create(("Issuer", false), ("Holder", false), ("Shares", true), ("Part", true));
        foreach (var (issuer, ownership) in report.Stakes)
        {
            foreach (var holder in ownership.Holders.Where(holder => holder.Shares > 0))
            {
                table.Row(issuer.Value, holder.Holder.Value, Figures.Exact(holder.Shares), Figures.Percent(holder.Direct));
            }
        }

        if (table.Rows.Count > 0)
        {
            Tables.Write(terminal, table, $"Shares on {Day(report.Run.End)}");
        }
    }

    private static void PrintEvents(Terminal terminal, SimulationRun run)
    {
        var table = Tables.Create(("Effective", false), ("Company", false), ("Type", false), ("What", false), ("Agreement and trigger", false));
        foreach (var each in run.Events)
        {
            table.Row(
                Figures.Moment(each.Envelope.Header.EffectiveAt), each.Envelope.Header.Emitter.Value, EventText.TypeOf(each.Envelope.Event), EventText.Summary(Recorded(each)), Who(each.Agreement, each.Trigger));
        }

        Tables.Write(terminal, table, "Events");
    }

    private static IEnumerable<(string Name, string Text)> Changed(SimulateReport report) =>
        report.Simulation.ParameterList
            .Select((parameter, i) => (parameter.Name, Text: report.Parameters.Text(i), Before: report.Simulation.Parameters.Text(i)))
            .Where(parameter => parameter.Text != parameter.Before)
            .Select(parameter => (parameter.Name, $"{parameter.Text} (the file says {parameter.Before})"));

    private static RecordedEvent Recorded(GeneratedEvent generated) => new(default, generated.Envelope);

    private static string Who(string? agreement, string? trigger) => agreement is null ? "the file's commands" : $"{agreement} ({trigger})";

    private static string Day(Instant at) => at.EndOfDay() == at ? at.ToDateText() : Figures.Moment(at);

    private static string Shown(ExpressionValue? value) => value switch
    {
        null => Figures.None,
        { Kind: ValueKind.Money } money => $"{Rounded(money.Number)} {money.Currency}",
        { Kind: ValueKind.Shares } shares => Figures.Exact(shares.Number),
        { Kind: ValueKind.Ratio } ratio => Figures.Exact(decimal.Round(ratio.Number, 6)),
        { } other => other.ToString(),
    };

    /// <summary>Cents, and four decimals of what is small: the digits behind them are in JSON and CSV.</summary>
    private static string Rounded(decimal amount) => Figures.Exact(decimal.Round(amount, Math.Abs(amount) >= 1_000 ? 2 : 4));
}
