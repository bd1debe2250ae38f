using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Tests.Running;
using ActorFinance.Model;
using ActorFinance.Postgres.Tests.Running;
using ActorFinance.Service.Tests.Running;
using ActorFinance.Testing.Servers;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Postgres.Tests.Program;

/// <summary>The service on a database: commands, questions and the stream; a second one refused; and the end of it when its session is lost.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly PostgreSqlTestStore _store = new();

    [Fact]
    public async Task It_answers_over_HTTP_and_stops_by_itself_when_it_no_longer_holds_the_journal()
    {
        var (service, client) = await StartAsync();
        using (service)
        using (client)
        {
            foreach (var order in new[] { Register("nvidia"), Register("openai"), Pay("pay-1", "openai", "nvidia", 40) })
                await SendAsync(client, order);

            (await EventStream.TakeAsync(client, 3)).Select(sent => sent.Id).ShouldBe([1, 2, 3]);
            var cash = JsonNode.Parse(await client.GetStringAsync("/v1/cash?company=nvidia&atLeast=3"))!;
            ((string?)cash["balances"]![0]!["amount"]).ShouldBe("40");
            ((string?)JsonNode.Parse(await client.GetStringAsync("/v1/status"))!["journal"]!["path"]).ShouldBe(
                $"postgres://{PostgreSqlServer.User}@127.0.0.1:{Server.Shared.Port}/postgres?schema={_store.Schema}");

            // What is written while a subscriber waits reaches it.
            await using var live = EventStream.ReadAsync(client, lastEventId: 3).GetAsyncEnumerator();
            var next = live.MoveNextAsync().AsTask();
            await SendAsync(client, Pay("pay-2", "nvidia", "openai", 5));
            (await next.WaitAsync(Patience)).ShouldBeTrue();
            live.Current.Id.ShouldBe(4);

            var second = await CommandLine.RunAsync(_folder.Path, "serve", "--journal", _store.Journal, "--url", "http://127.0.0.1:0");
            second.ExitCode.ShouldBe(3, second.ToString());
            second.Err.ShouldContain($"already open for writing by process {service.Id} on");

            var errors = service.StandardError.ReadToEndAsync();
            _store.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'actorfinance: process {service.Id} on%'");
            await service.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
            service.ExitCode.ShouldBe(3);
            (await errors).ShouldContain("Start this program again");
        }

        var verified = await CommandLine.AskAsync(_folder.Path, "verify", "--journal", _store.Journal);
        verified.GetProperty("rows").GetInt64().ShouldBe(4);
        verified.GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    private async Task<(Process Service, HttpClient Client)> StartAsync()
    {
        var process = CommandLine.Start(_folder.Path, environment: null, "serve", "--journal", _store.Journal, "--url", "http://127.0.0.1:0");
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the service did not start: {await process.StandardError.ReadToEndAsync()}");
        return (process, new() { BaseAddress = new Uri(line), Timeout = Patience });
    }

    private static CommandEnvelope Register(string company) =>
        new(Value.Parse<CommandId>($"register-{company}"), Company(company), At("2026-01-01"), new RegisterCompany(company, Value.Parse<Currency>("USD")));

    private static CommandEnvelope Pay(string id, string buyer, string seller, int amount) =>
        new(Value.Parse<CommandId>(id), Company(buyer), At("2026-01-02"), new PayPurchase(Company(seller), Money($"{amount} USD")));

    private static async Task SendAsync(HttpClient client, CommandEnvelope order)
    {
        using var content = new ByteArrayContent(CommandJson.Serialize(order)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var sent = await client.PostAsync("/v1/commands", content);
        sent.IsSuccessStatusCode.ShouldBeTrue(await sent.Content.ReadAsStringAsync());
    }
}
