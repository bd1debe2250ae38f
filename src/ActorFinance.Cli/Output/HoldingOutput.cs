using System.Text.Json.Nodes;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;

namespace ActorFinance.Cli.Output;

/// <summary>The events behind one holding, each with what it did to the holder's part and the document it came from.</summary>
internal static class HoldingOutput
{
    private const int WhatColumn = 3;
    private const int SourceColumn = 6;

    public static void Print(Terminal terminal, OutputForm form, OwnershipReport report, Book book, CompanyId issuer, HolderId holder)
    {
        var register = report.Register.Issuer(issuer);
        var line = report.Issuers.SelectMany(report.Lines).FirstOrDefault(one => one.Holder == holder);
        if (register is null || line is null)
        {
            throw new CliFailure(ExitCode.Refused, $"{holder} holds nothing of {issuer} at this point, directly or through others");
        }

        var behind = OwnershipTable.EventsBehind(register, report.Basis).TryGetValue(holder, out var events) ? events : [];
        var steps = Dilution.Of(register, report.Basis).Where(row => row.Holder == holder).ToDictionary(row => row.Event);
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(report.Cut, report.Register.Ungrounded);
                json["basis"] = report.BasisName;
                json["holding"] = new JsonObject
                {
                    ["issuer"] = issuer.Value,
                    ["holder"] = holder.Value,
                    ["shares"] = JsonAnswer.Amount(line.Shares),
                    ["direct"] = line.Direct is { } direct ? JsonValue.Create((double)direct) : null,
                    ["lookThrough"] = JsonAnswer.Ratio(line.LookThrough),
                    ["ultimate"] = JsonAnswer.Ratio(line.Ultimate),
                    ["events"] = JsonAnswer.List(behind, reference => Event(book.Find(reference.Event)!, steps.GetValueOrDefault(reference))),
                };
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["offset", "eventId", "type", "effective", "known", "shares", "before", "after", "source", "confidence"],
                    behind.Select(reference => (Recorded: book.Find(reference.Event)!, Step: steps.GetValueOrDefault(reference))).Select(row => (IEnumerable<string?>)
                    [
                        row.Recorded.Offset.ToString(), row.Recorded.Header.Id.ToString(), EventText.TypeOf(row.Recorded.Event), row.Recorded.Header.EffectiveAt.ToString(),
                        row.Recorded.Header.KnownAt.ToString(), Amount(row.Step?.Shares), Amount(row.Step?.Before), Amount(row.Step?.After),
                        row.Recorded.Header.Source, row.Recorded.Header.Confidence?.ToString().ToLowerInvariant(),
                    ]));
                break;
            default:
                PrintTable(terminal, report, book, issuer, line, behind, steps);
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

    private static void PrintTable(
        Terminal terminal, OwnershipReport report, Book book, CompanyId issuer, HolderLine line, ValueList<EventReference> behind, Dictionary<EventReference, DilutionRow> steps)
    {
        terminal.Line(
            $"{line.Holder} has {Figures.Exact(line.Shares)} of {issuer} ({report.BasisName}): direct {Figures.Percent(line.Direct)}, "
            + $"look-through {Figures.Percent((decimal?)line.LookThrough)}, ultimate {Figures.Percent((decimal?)line.Ultimate)}");
        if (behind.Count == 0)
        {
            terminal.Line("Nothing directly: what it has, it has through others.");
            return;
        }

        var table = Tables.Create(("Offset", true), ("Effective", false), ("Known", false), ("What", false), ("Shares then", true), ("Part then", true), ("Source", false));
        table.Fold(WhatColumn);
        table.Fold(SourceColumn);
        foreach (var reference in behind)
        {
            var recorded = book.Find(reference.Event)!;
            var step = steps.GetValueOrDefault(reference);
            table.Row(
                reference.Offset.ToString(),
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
