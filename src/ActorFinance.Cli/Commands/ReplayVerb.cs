using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using Spectre.Console;

namespace ActorFinance.Cli.Commands;

internal static class ReplayVerb
{
    private const int RateFrom = 10_000;

    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown) = (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown());
        var command = new Command("replay", "Read the journal straight from its table and fold it anew: what the book comes to, by kind of event and by year, and how fast.\n\nExample: actorfinance replay --as-known 2025-10-01")
        {
            journal, output, asOf, asKnown,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var started = Stopwatch.StartNew();
            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var read = started.Elapsed;
            var cut = BookReading.Cut(book, parsed.End(asOf), parsed.Known(asKnown));
            var counted = book.At(cut);
            var cash = CashFold.Of(counted);
            Print(terminal, parsed.GetValue(output), book, counted, Grounds.MissingAt(counted), cash, read);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Terminal terminal, OutputForm form, Book book, Counted counted, IReadOnlyList<Ungrounded> incomplete, CashAnswer cash, TimeSpan read)
    {
        var kinds = counted.Events.GroupBy(recorded => EventText.TypeOf(recorded.Event)).Select(group => (Type: group.Key, Count: group.Count())).OrderByDescending(kind => kind.Count).ThenBy(kind => kind.Type, StringComparer.Ordinal).ToList();
        var totals = cash.Balances.GroupBy(balance => balance.Currency).Select(group => (Currency: group.Key, Total: group.Sum(balance => balance.Amount))).OrderBy(total => total.Currency).ToList();
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(counted.Resolved, incomplete);
                json["recorded"] = book.Recorded.Count;
                json["counted"] = counted.Events.Count;
                json["types"] = JsonAnswer.List(kinds, kind => new JsonObject { ["type"] = kind.Type, ["count"] = kind.Count });
                json["totalCash"] = JsonAnswer.List(totals, total => new JsonObject { ["currency"] = total.Currency.Code, ["amount"] = JsonAnswer.Amount(total.Total) });
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(terminal, ["type", "count"], kinds.Select(kind => (IEnumerable<string?>)[kind.Type, kind.Count.ToString()]));
                break;
            default:
                if (book.Recorded.Count == 0)
                {
                    terminal.Line("The journal is empty. 'actorfinance import FILE' fills it.");
                    return;
                }

                var table = Tables.Create(("Event", false), ("Count", true));
                foreach (var (type, count) in kinds)
                {
                    table.Row(type, count.ToString("#,0"));
                }

                Tables.Write(terminal, table, $"{counted.Events.Count:#,0} of {book.Recorded.Count:#,0} recorded events count");
                foreach (var (currency, total) in totals)
                {
                    terminal.Line($"Cash of all companies together: {Figures.Exact(total, currency)}");
                }

                Tables.Scope(terminal, counted.Resolved, incomplete.Count);

                // A rate says something where the start of the program does not make up most of the time.
                var rate = book.Recorded.Count >= RateFrom ? $" ({book.Recorded.Count / read.TotalSeconds:#,0} events/s)" : "";
                terminal.Error($"read and decoded in {read.TotalSeconds:0.00} s{rate}");
                break;
        }
    }
}
