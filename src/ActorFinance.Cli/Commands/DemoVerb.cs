using System.CommandLine;
using ActorFinance.Actors.Hosting;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Journal;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal static class DemoVerb
{
    public static Command Create(Terminal terminal)
    {
        var output = CommonOptions.Output();
        var journal = new Option<string?>("--journal", "-j")
        {
            Description = "Keep the AI deals in this file, and the seed's scenario in FILE.seed.db (or in a database's schemas NAME and NAME_seed). Default: a temporary place.",
            HelpName = "FILE|URL",
        };
        var command = new Command("demo", "The deals between AI companies, imported through the actors: NVIDIA and OpenAI as known in October 2025, as known in April 2026, and as if the letter of intent had been signed.\n\nExample: actorfinance demo --journal ai.db")
        {
            journal, output,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var kept = parsed.GetValue(journal);
            var folder = kept is null ? Directory.CreateTempSubdirectory("actorfinance-demo-").FullName : null;
            try
            {
                var deals = JournalStore.Of(kept ?? Path.Combine(folder!, "ai-deals.db"));
                var views = await TellAsync(terminal, deals, cancellation).ConfigureAwait(false);
                DemoOutput.Print(terminal, parsed.GetValue(output), views, kept is null ? null : deals);
                return ExitCode.Done;
            }
            finally
            {
                if (folder is not null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        });
        return command;
    }

    private static async Task<IReadOnlyList<DemoView>> TellAsync(Terminal terminal, IJournalStore deals, CancellationToken cancellation)
    {
        var views = new List<DemoView>();
        await WithScenarioAsync(terminal, "ai-deals.yaml", deals, async session =>
        {
            views.Add(await DemoView.AskAsync(session, "known 2025-10-01", "As known on 2025-10-01", Known(2025, 10, 1), cancellation).ConfigureAwait(false));
            views.Add(await DemoView.AskAsync(session, "known 2026-04-30", "As known on 2026-04-30", Known(2026, 4, 30), cancellation).ConfigureAwait(false));
        }, cancellation).ConfigureAwait(false);
        await WithScenarioAsync(terminal, "nvidia-openai.yaml", deals.Beside("seed"), async session =>
            views.Add(await DemoView.AskAsync(session, "as if signed", "As if it had been signed", Cut.Everything, cancellation).ConfigureAwait(false)), cancellation).ConfigureAwait(false);
        return views;
    }

    private static Cut Known(int year, int month, int day) => new(Instant.Maximum, new AsKnown.AtTime(Instant.Of(year, month, day).EndOfDay()));

    private static async Task WithScenarioAsync(Terminal terminal, string scenario, IJournalStore journal, Func<JournalSession, Task> ask, CancellationToken cancellation)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "config", "scenarios", scenario);
        var (_, items) = FileReading.Read(terminal, path);
        var session = await Importing.OpenAsync(journal, new SessionOptions { WithProjections = true }, cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await Importing.RunAsync(terminal, session, items, path, cancellation).ConfigureAwait(false);
            await ask(session).ConfigureAwait(false);
        }
    }
}
