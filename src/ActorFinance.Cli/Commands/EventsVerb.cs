using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal static class EventsVerb
{
    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var deal = new Option<DealId?>("--deal")
        {
            Description = "Only events under this deal.",
            HelpName = "ID",
            CustomParser = result =>
            {
                if (DealId.TryParse(result.Tokens[0].Value, out var id))
                {
                    return id;
                }

                result.AddError($"--deal '{result.Tokens[0].Value}' must be {DealId.Rule}");
                return null;
            },
        };
        var type = new Option<string?>("--type") { Description = "Only events of this type, such as investment-made.", HelpName = "TYPE" };
        var all = new Option<bool>("--all") { Description = "Also voided and pending events, marked so." };
        var last = new Option<int?>("--last") { Description = "Only the last so many.", HelpName = "N" };
        var command = new Command("events", "The events behind the figures, in fold order: what happened, when it holds, when it was known.\n\nExample: actorfinance events --company openai --deal NVDA-OAI-2026")
        {
            journal, output, asOf, asKnown, company, deal, type, all, last,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var cut = BookReading.Cut(book, parsed.End(asOf), parsed.Known(asKnown));
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(book, one);
            }

            if (parsed.GetValue(type) is { } wanted && !EventText.Types.Contains(wanted))
            {
                throw new CliFailure(ExitCode.Refused, $"no event type '{wanted}'; there are {string.Join(", ", EventText.Types.Order(StringComparer.Ordinal))}");
            }

            var counted = book.At(cut);
            IEnumerable<RecordedEvent> events = counted.Events;
            if (parsed.GetValue(all))
            {
                events = book.Recorded.Where(recorded => recorded.Header.EffectiveAt <= cut.AsOf && recorded.Offset <= counted.Resolved.Offset).OrderBy(recorded => recorded.Key);
            }

            events = events.Where(recorded =>
                (parsed.GetValue(company) is not { } party || EventNames.Of(recorded).Contains(party.Value))
                && (parsed.GetValue(deal) is not { } under || recorded.Header.Deal == under)
                && (parsed.GetValue(type) is not { } kind || EventText.TypeOf(recorded.Event) == kind));
            var shown = events.ToList();
            if (parsed.GetValue(last) is { } count && count < shown.Count)
            {
                shown = shown[^Math.Max(0, count)..];
            }

            EventsOutput.Print(terminal, parsed.GetValue(output), counted, shown);
            return ExitCode.Done;
        });
        return command;
    }
}
