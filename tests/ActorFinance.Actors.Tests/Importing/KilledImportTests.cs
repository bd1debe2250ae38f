using System.Diagnostics;
using System.Text.Json.Nodes;
using ActorFinance.Actors.Hosting;
using ActorFinance.Model;
using Xunit.Abstractions;

namespace ActorFinance.Actors.Tests.Importing;

/// <summary>
/// What an import has acknowledged survives a kill -9 at any moment, exactly once; a step that the kill cut in two is finished at the next start;
/// and importing again until it is through gives the answers of an import that nobody disturbed.
/// </summary>
public sealed class KilledImportTests(ITestOutputHelper output)
{
    private const int Kills = 50;
    private const int KillsAtStartUp = 5;
    private const int Commands = 4_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Fifty_kills_lose_nothing_and_leave_nothing_half_done()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var killed = new TemporaryJournal();
        using var undisturbed = new TemporaryJournal();
        var file = Path.Combine(killed.Folder, "orders.jsonl");
        await File.WriteAllTextAsync(file, ManySteps.Lines(Commands, seed));

        var started = Stopwatch.StartNew();
        var acknowledged = new List<string>();
        var underWay = 0;
        var insideSteps = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Count;
            await KillAsync(killed.Path, file, acknowledged, kill < KillsAtStartUp ? 0 : random.Next(1, 30), random.Next(1_000));
            underWay += acknowledged.Count > 0 && acknowledged.Count > before && acknowledged.Count < Commands ? 1 : 0;
            if (!File.Exists(killed.Path))
            {
                continue;
            }

            insideSteps += await OpenStepsAsync(killed) > 0 ? 1 : 0;
            await AssertRestoredAsync(killed, acknowledged);
        }

        output.WriteLine($"{Kills} kills in {started.Elapsed.TotalSeconds:0.0} s: {underWay} between acknowledgements, {insideSteps} inside steps, {acknowledged.Count} acknowledged");
        underWay.ShouldBeGreaterThanOrEqualTo(40);
        insideSteps.ShouldBeGreaterThanOrEqualTo(10);

        await CompleteAsync(killed.Path, file);
        await CompleteAsync(undisturbed.Path, file);
        await AssertRestoredAsync(killed, Enumerable.Range(1, Commands).Select(ManySteps.CommandOf));
        foreach (var verb in new[] { "cash", "ownership", "circular" })
        {
            (await AnswerAsync(verb, killed.Path)).ShouldBe(await AnswerAsync(verb, undisturbed.Path), verb);
        }

        output.WriteLine($"all in {started.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Runs an import and kills it after so many acknowledgements; 0: at some moment before the first.</summary>
    private static async Task KillAsync(string journal, string file, List<string> acknowledged, int afterAcknowledgements, int afterMilliseconds)
    {
        using var import = CliProcess.Start("import", file, "--journal", journal, "--acknowledge", "/dev/stdout");
        PipeCapacity.Shrink(import.StandardOutput);
        var errors = import.StandardError.ReadToEndAsync();
        if (afterAcknowledgements == 0)
        {
            using var moment = new CancellationTokenSource(afterMilliseconds);
            await Task.WhenAny(import.WaitForExitAsync(moment.Token));
        }

        for (var i = 0; i < afterAcknowledgements; i++)
        {
            if (await import.StandardOutput.ReadLineAsync(new CancellationTokenSource(Patience).Token) is not { } line)
            {
                throw new InvalidOperationException($"the import ended early: {await errors}");
            }

            acknowledged.Add(line);
        }

        // SIGKILL.
        import.Kill();
        await import.WaitForExitAsync();

        // What it acknowledged before it died is in the pipe.
        while (await import.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
        }
    }

    private static async Task<int> OpenStepsAsync(TemporaryJournal journal) =>
        (await journal.EventsAsync())
            .Where(recorded => recorded.Header.Step is not null)
            .GroupBy(recorded => recorded.Header.Step)
            .Count(step => step.Any(recorded => recorded.Header.Role == StepRole.Pending) && step.All(recorded => recorded.Header.Role != StepRole.Closing));

    /// <summary>A restart, and what must hold after it.</summary>
    private static async Task AssertRestoredAsync(TemporaryJournal journal, IEnumerable<string> acknowledged)
    {
        if (!(await JournalSession.OpenAsync(journal.Path, new SessionOptions())).Succeeded(out var session, out var error))
        {
            throw new IOException(error.Message);
        }

        await session.DisposeAsync();
        await journal.AssertChainsAsync();
        var events = await journal.EventsAsync();
        (await OpenStepsAsync(journal)).ShouldBe(0);
        foreach (var step in events.Where(recorded => recorded.Header.Step is not null).GroupBy(recorded => recorded.Header.Step!.Value))
        {
            step.Select(recorded => recorded.Header.Role).ShouldBe([StepRole.Pending, StepRole.Posting, StepRole.Closing], step.Key.ToString());
            step.Last().Event.ShouldBeOfType<StepPosted>();
        }

        // Every event that decides its command stands once: the others of a step, and acknowledgements, answer it.
        var effects = events
            .Where(recorded => recorded.Header.Role is StepRole.None or StepRole.Pending && recorded.Event is not ReceiptAcknowledged)
            .CountBy(recorded => recorded.Header.Command.Value)
            .ToDictionary();
        effects.Where(effect => effect.Value != 1).ShouldBeEmpty();
        acknowledged.Where(id => !effects.ContainsKey(id)).ShouldBeEmpty();

        var careful = events.Where(recorded => recorded.Event is CompanyRegistered { CashPolicy: CashPolicy.RejectShortfall }).Select(recorded => recorded.Header.Emitter).ToHashSet();
        var counted = events.Select(recorded => recorded.Event).OfType<ReceiptAcknowledged>().CountBy(receipt => receipt.Payment).ToDictionary();
        counted.Values.ShouldAllBe(times => times == 1);
        foreach (var payment in events.Where(recorded => recorded.Event is PurchasePaid paid && careful.Contains(paid.Seller)))
        {
            counted.ShouldContainKey(payment.Header.Id);
        }
    }

    private static async Task CompleteAsync(string journal, string file)
    {
        var (exitCode, _, error) = await CliProcess.RunAsync("import", file, "--journal", journal);
        exitCode.ShouldBe(0, error);
    }

    /// <summary>The answer without what differs from run to run: offsets, their times, ids.</summary>
    private static async Task<string> AnswerAsync(string verb, string journal)
    {
        var (exitCode, text, error) = await CliProcess.RunAsync(verb, "--journal", journal, "--output", "json");
        exitCode.ShouldBe(0, error);
        var answer = JsonNode.Parse(text)!;
        Strip(answer);
        return answer.ToJsonString();
    }

    private static void Strip(JsonNode node)
    {
        switch (node)
        {
            case JsonObject fields:
                fields.Remove("asKnown");
                fields.Remove("eventId");
                fields.Remove("events");
                foreach (var (_, value) in fields.ToList())
                {
                    if (value is not null)
                    {
                        Strip(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>().ToList())
                {
                    Strip(item);
                }

                break;
        }
    }
}
