using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Tests.Running;
using ActorFinance.Postgres.Tests.Running;
using ActorFinance.Service.Tests.Running;
using static ActorFinance.Postgres.Tests.Running.ServedJournal;

namespace ActorFinance.Postgres.Tests.Program;

/// <summary>All that the service does, on a database, end to end: what it answers is what it answers from a file with the same rows, to the byte.</summary>
public sealed class ServiceWalkTests : IDisposable
{
    private const string WithoutOracle = "what-if: without\nedits:\n  - drop: {company: oracle}\n";

    private static readonly string s_scenarios = Path.Combine(AppContext.BaseDirectory, "scenarios");

    private readonly TempFolder _folder = new();
    private readonly PostgreSqlTestStore _store = new();

    [Fact]
    public async Task Questions_jobs_and_branches_are_answered_as_from_a_file()
    {
        (await CommandLine.RunAsync(_folder.Path, "import", Path.Combine(s_scenarios, "ai-deals.yaml"), "--journal", "book.db")).ExitCode.ShouldBe(0);
        TwoStores.Copy(_folder["book.db"], _store);
        using var file = await StartAsync(_folder.Path, "book.db");
        using var server = await StartAsync(_folder.Path, _store.Journal, Cache);
        foreach (var question in (string[])
        [
            "/v1/cash", "/v1/cash?asOf=2026-03-31&asKnown=40", "/v1/ownership?basis=fully-diluted", "/v1/circular?hops=3&firmness=announced", "/v1/events?limit=50&company=openai",
            "/v1/deals", "/v1/companies", "/v1/verify",
        ])
            await SameAsync(question, one => one.Client.GetStringAsync(question));

        var agreements = await File.ReadAllTextAsync(Path.Combine(s_scenarios, "agreements", "ai-deals-2030.yaml"));
        await SameAsync("what-if", one => one.ResultAsync("/v1/what-if?firmness=contracted", WithoutOracle));
        await SameAsync("simulate", one => one.ResultAsync("/v1/simulate?onBook=true&until=2027-12-31", agreements));
        await SameAsync("keep", one => one.ResultAsync("/v1/branches/without", WithoutOracle, HttpMethod.Put), isAnswer: false);
        await SameAsync("show", one => one.ResultAsync("/v1/branches/without/show", file: null));

        // Beside the services that hold them.
        foreach (var verb in (string[][])[["replay", "--as-of", "2026-03-31", "--output", "csv"], ["cascade", "--firmness", "announced", "--default", "openai"]])
        {
            var (here, there) = (await CommandLine.RunAsync(_folder.Path, [.. verb, "--journal", "book.db"]), await CommandLine.RunAsync(_folder.Path, [.. verb, "--journal", _store.Journal]));
            here.ExitCode.ShouldBe(0, $"{string.Join(' ', verb)}: {here}");
            there.Out.ShouldBe(here.Out, string.Join(' ', verb));
        }

        async Task SameAsync(string what, Func<ServedJournal, Task<string>> ask, bool isAnswer = true)
        {
            var answers = await Task.WhenAll(ask(file), ask(server));
            if (isAnswer)
                answers[1].ShouldBe(answers[0], what);
        }
    }

    /// <summary>A book that is worth a checkpoint: it is written where a server's cache is, and a service that is killed and started anew goes on from it; so does a consumer.</summary>
    [Fact]
    public async Task Checkpoint_and_durable_subscription_outlive_a_killed_service()
    {
        const int Flows = 21_000;
        await File.WriteAllTextAsync(
            _folder["flows.csv"],
            "effective,from,to,amount,currency,kind\n" + string.Concat(Enumerable.Range(0, Flows).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026-01-{1 + (i % 28):00},c{i % 7},c{(i + 1) % 7},{1 + (i % 9)},USD,purchase\n"))));
        (await CommandLine.RunAsync(_folder.Path, "import", "flows.csv", "--journal", _store.Journal)).ExitCode.ShouldBe(0);
        string cash;
        const int Handled = 500;
        using (var service = await StartAsync(_folder.Path, _store.Journal, Cache))
        {
            cash = await service.Client.GetStringAsync($"/v1/cash?atLeast={Flows + 7}");
            (await service.Client.PutAsJsonAsync("/v1/subscriptions/mirror", new { })).EnsureSuccessStatusCode();
            await ConsumeAsync(service, from: 0, Handled);
            while (Directory.GetFiles(_folder.Path, "*.checkpoint", SearchOption.AllDirectories).Length == 0)
                await Task.Yield();
            service.Process.Kill();
            await service.EndAsync();
        }

        using (var service = await StartAsync(_folder.Path, _store.Journal, Cache))
        {
            (await service.Client.GetStringAsync("/v1/cash")).ShouldBe(cash);
            await ConsumeAsync(service, from: Handled, Handled);
            ((long)JsonNode.Parse(await service.Client.GetStringAsync("/v1/subscriptions/mirror"))!["acknowledged"]!).ShouldBe(2 * Handled);
        }

        (await CommandLine.RunAsync(_folder.Path, Cache, "cash", "--journal", _store.Journal, "--output", "json")).Out.ShouldStartWith("{");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Execute($"DROP SCHEMA IF EXISTS {_store.Schema}_branches CASCADE");
        _store.Dispose();
    }

    private Dictionary<string, string> Cache => new(StringComparer.Ordinal) { ["CACHE_DIRECTORY"] = _folder.Path };

    private static async Task ConsumeAsync(ServedJournal service, long from, int count)
    {
        var (epoch, last) = (0L, from);
        await foreach (var sent in EventStream.ReadAsync(service.Client, "?consumer=one", address: "/v1/subscriptions/mirror/stream"))
        {
            if (sent.Type == "epoch")
                epoch = (long)sent.Data["epoch"]!;
            if (sent.Type != "message")
                continue;
            sent.Id.ShouldBe(++last);
            if (last == from + count)
                break;
        }

        (await service.Client.PostAsJsonAsync("/v1/subscriptions/mirror/acknowledge", new { epoch, offset = last })).EnsureSuccessStatusCode();
    }
}
