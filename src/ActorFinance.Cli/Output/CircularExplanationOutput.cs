using System.Text.Json.Nodes;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>What stands behind one figure: every event with its date, its deal, and the document it came from.</summary>
internal static class CircularExplanationOutput
{
    private const int EventsShown = 40;
    private const int WhatColumn = 4;
    private const int SourceColumn = 7;

    /// <param name="terminal">Where to.</param>
    /// <param name="form">How.</param>
    /// <param name="report">What is explained.</param>
    /// <param name="explanation">The figure.</param>
    /// <param name="events">Those of the explanation, in fold order.</param>
    public static void Print(Terminal terminal, OutputForm form, CircularReport report, CircularExplanation explanation, IReadOnlyList<RecordedEvent> events)
    {
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(report.Cut, report.Incomplete);
                json["from"] = report.Answer.From.ToString();
                json["to"] = report.Answer.To.ToString();
                json["currency"] = report.Answer.Currency?.Code;
                json["figure"] = explanation.Figure;
                json["company"] = report.Company?.Value;
                json["value"] = JsonAnswer.Ratio(explanation.Value);
                json["events"] = JsonAnswer.List(events, recorded => ToJson(recorded, Part(recorded)));
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["offset", "eventId", "type", "company", "effective", "what", "part", "deal", "source", "confidence"],
                    events.Select(recorded => (IEnumerable<string?>)
                    [
                        recorded.Offset.ToString(), recorded.Header.Id.ToString(), EventText.TypeOf(recorded.Event), recorded.Header.Emitter.Value,
                        recorded.Header.EffectiveAt.ToString(), EventText.Summary(recorded), Part(recorded)?.ToString(), recorded.Header.Deal?.Value,
                        recorded.Header.Source, recorded.Header.Confidence?.ToString().ToLowerInvariant(),
                    ]));
                break;
            default:
                PrintTable(terminal, report, explanation, events);
                break;
        }

        Money? Part(RecordedEvent recorded) => explanation.Parts.TryGetValue(recorded.Offset, out var part) ? part : null;
    }

    private static JsonObject ToJson(RecordedEvent recorded, Money? part) => new()
    {
        ["offset"] = recorded.Offset.Value,
        ["eventId"] = recorded.Header.Id.ToString(),
        ["type"] = EventText.TypeOf(recorded.Event),
        ["company"] = recorded.Header.Emitter.Value,
        ["effective"] = recorded.Header.EffectiveAt.ToString(),
        ["what"] = EventText.Summary(recorded),
        ["part"] = part is { } money ? new JsonObject { ["amount"] = JsonAnswer.Amount(money.Amount), ["currency"] = money.Currency.Code } : null,
        ["deal"] = recorded.Header.Deal?.Value,
        ["source"] = recorded.Header.Source,
        ["confidence"] = recorded.Header.Confidence?.ToString().ToLowerInvariant(),
    };

    private static void PrintTable(Terminal terminal, CircularReport report, CircularExplanation explanation, IReadOnlyList<RecordedEvent> events)
    {
        var whose = report.Company is { } company ? $" of {company}" : "";
        if (events.Count == 0)
        {
            terminal.Line($"No event stands behind {explanation.Figure}{whose} in this window.");
            return;
        }

        var table = Tables.Create(("Offset", true), ("Effective", false), ("Company", false), ("Event", false), ("What", false), ("of it", true), ("Deal", false), ("Source", false));
        table.Fold(WhatColumn);
        table.Fold(SourceColumn);
        foreach (var recorded in events.Take(EventsShown))
        {
            table.Row(
                recorded.Offset.ToString(),
                Figures.Moment(recorded.Header.EffectiveAt),
                recorded.Header.Emitter.Value,
                EventText.TypeOf(recorded.Event),
                EventText.Summary(recorded),
                explanation.Parts.TryGetValue(recorded.Offset, out var part) ? Figures.Exact(part.Amount, part.Currency) : "",
                recorded.Header.Deal?.Value ?? "",
                recorded.Header.Source ?? "");
        }

        var value = explanation.Value is null ? "" : $" = {Figures.Percent(explanation.Value)}";
        Tables.Write(terminal, table, $"{explanation.Figure}{whose}{value}: the events behind it");
        if (events.Count > EventsShown)
        {
            terminal.Out.MarkupLine($"[grey]and {events.Count - EventsShown} more (--output json or csv lists all)[/]");
        }

        Tables.Scope(terminal, report.Cut, report.Incomplete.Count);
    }
}
