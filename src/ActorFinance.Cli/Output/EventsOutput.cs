using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

internal static class EventsOutput
{
    private const int WhatColumn = 5;

    public static void Print(Terminal terminal, OutputForm form, Counted counted, IReadOnlyList<RecordedEvent> events)
    {
        var counting = counted.Events.Select(recorded => recorded.Offset).ToHashSet();
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(counted.Resolved, Grounds.MissingAt(counted));
                json["events"] = JsonAnswer.List(events, recorded => EventAnswer.ToJson(recorded, counting.Contains(recorded.Offset)));
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["offset", "eventId", "type", "company", "effective", "rank", "recorded", "known", "deal", "step", "role", "counts", "source", "confidence", "fields"],
                    events.Select(recorded => (IEnumerable<string?>)
                    [
                        recorded.Offset.ToString(), recorded.Header.Id.ToString(), EventText.TypeOf(recorded.Event), recorded.Header.Emitter.Value,
                        recorded.Header.EffectiveAt.ToString(), recorded.Header.Rank.ToString(), recorded.Header.RecordedAt.ToString(), recorded.Header.KnownAt.ToString(),
                        recorded.Header.Deal?.Value, recorded.Header.Step?.ToString(), recorded.Header.Role == StepRole.None ? null : recorded.Header.Role.ToString().ToLowerInvariant(),
                        counting.Contains(recorded.Offset) ? "yes" : "no", recorded.Header.Source, recorded.Header.Confidence?.ToString().ToLowerInvariant(),
                        EventText.FieldsOf(recorded.Event).ToJsonString(),
                    ]));
                break;
            default:
                PrintTable(terminal, counted, events, counting);
                break;
        }
    }

    private static void PrintTable(Terminal terminal, Counted counted, IReadOnlyList<RecordedEvent> events, IReadOnlySet<Offset> counting)
    {
        if (events.Count == 0)
        {
            terminal.Line("No events here. A later --as-of or --as-known may show some; --all shows voided and pending ones too.");
            return;
        }

        var table = Tables.Create(("Offset", true), ("Effective", false), ("Known", false), ("Company", false), ("Event", false), ("What", false), ("Deal", false));

        // The one column that may fold where the terminal is narrow: dates and names in pieces cannot be read.
        table.Fold(WhatColumn);
        foreach (var recorded in events)
        {
            table.Row(
                recorded.Offset.ToString(),
                Figures.Moment(recorded.Header.EffectiveAt),
                recorded.Header.KnownAt.ToDateText(),
                recorded.Header.Emitter.Value,
                EventText.TypeOf(recorded.Event) + (counting.Contains(recorded.Offset) ? "" : " (does not count)"),
                EventText.Summary(recorded),
                recorded.Header.Deal?.Value ?? "");
        }

        Tables.Write(terminal, table);
        terminal.Out.MarkupLine($"[grey]{Figures.Count(events.Count, "event")}[/]");
        Tables.Scope(terminal, counted.Resolved, Grounds.MissingAt(counted).Count);
    }
}
