using System.Text.Json.Nodes;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;

namespace ActorFinance.Cli.Output;

/// <summary>The events behind one holding, each with what it did to the holder's part and the document it came from.</summary>
internal static class HoldingOutput
{
    private const int WhatColumn = 3;
    private const int SourceColumn = 6;

    public static void Print(Terminal terminal, OutputForm form, OwnershipReport report, HoldingExplanation holding)
    {
        var line = holding.Line;
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(report.Cut, report.Register.Ungrounded);
                json["basis"] = report.BasisName;
                json["holding"] = new JsonObject
                {
                    ["issuer"] = holding.Issuer.Value,
                    ["holder"] = line.Holder.Value,
                    ["shares"] = JsonAnswer.Amount(line.Shares),
                    ["direct"] = line.Direct is { } direct ? JsonValue.Create((double)direct) : null,
                    ["lookThrough"] = JsonAnswer.Ratio(line.LookThrough),
                    ["ultimate"] = JsonAnswer.Ratio(line.Ultimate),
                    ["events"] = JsonAnswer.List(holding.Events, row => Event(row.Recorded, row.Step)),
                };
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["offset", "eventId", "type", "effective", "known", "shares", "before", "after", "source", "confidence"],
                    holding.Events.Select(row => (IEnumerable<string?>)
                    [
                        row.Recorded.Offset.ToString(), row.Recorded.Header.Id.ToString(), EventText.TypeOf(row.Recorded.Event), row.Recorded.Header.EffectiveAt.ToString(),
                        row.Recorded.Header.KnownAt.ToString(), Amount(row.Step?.Shares), Amount(row.Step?.Before), Amount(row.Step?.After),
                        row.Recorded.Header.Source, row.Recorded.Header.Confidence?.ToString().ToLowerInvariant(),
                    ]));
                break;
            default:
                PrintTable(terminal, report, holding);
                break;
        }
    }

    private static JsonObject Event(RecordedEvent recorded, DilutionRow? step) => new()
    {
        ["offset"] = recorded.Offset.Value,
        ["eventId"] = recorded.Header.Id.ToString(),
        ["type"] = EventText.TypeOf(recorded.Event),
        ["effective"] = recorded.Header.EffectiveAt.ToString(),
        ["known"] = recorded.Header.KnownAt.ToString(),
        ["deal"] = recorded.Header.Deal?.Value,
        ["shares"] = Amount(step?.Shares),
        ["before"] = step is null ? null : JsonValue.Create((double)step.Before),
        ["after"] = step is null ? null : JsonValue.Create((double)step.After),
        ["source"] = recorded.Header.Source,
        ["confidence"] = recorded.Header.Confidence?.ToString().ToLowerInvariant(),
        ["fields"] = EventText.FieldsOf(recorded.Event),
    };

    private static void PrintTable(Terminal terminal, OwnershipReport report, HoldingExplanation holding)
    {
        var line = holding.Line;
        terminal.Line(
            $"{line.Holder} has {Figures.Exact(line.Shares)} of {holding.Issuer} ({report.BasisName}): direct {Figures.Percent(line.Direct)}, "
            + $"look-through {Figures.Percent((decimal?)line.LookThrough)}, ultimate {Figures.Percent((decimal?)line.Ultimate)}");
        if (holding.Events.Count == 0)
        {
            terminal.Line("Nothing directly: what it has, it has through others.");
            return;
        }

        var table = Tables.Create(("Offset", true), ("Effective", false), ("Known", false), ("What", false), ("Shares then", true), ("Part then", true), ("Source", false));
        table.Fold(WhatColumn);
        table.Fold(SourceColumn);
        foreach (var (recorded, step) in holding.Events)
        {
            table.Row(
                recorded.Offset.ToString(),
                Figures.Moment(recorded.Header.EffectiveAt),
                recorded.Header.KnownAt.ToDateText(),
                EventText.Summary(recorded),
                step is null ? "" : Figures.Exact(step.Shares),
                step is null ? "" : Figures.Percent((decimal?)step.After),
                recorded.Header.Source ?? "");
        }

        Tables.Write(terminal, table);
        Tables.Scope(terminal, report.Cut, report.Register.Ungrounded.Count);
    }

    private static string? Amount(decimal? amount) => amount is { } value ? JsonAnswer.Amount(value) : null;
}
