using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Tests.Running;
using ActorFinance.Model;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Postgres.Tests.Running;

/// <summary>A journal that the program serves in a process of its own.</summary>
internal sealed class ServedJournal : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private ServedJournal(Process process, Uri url) => (Process, Client) = (process, new() { BaseAddress = url, Timeout = s_patience });

    public Process Process { get; }

    public HttpClient Client { get; }

    /// <param name="folder">Where it runs.</param>
    /// <param name="journal">As <c>--journal</c> takes it.</param>
    /// <param name="environment">Settings.</param>
    public static async Task<ServedJournal> StartAsync(string folder, string journal, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = CommandLine.Start(folder, environment, "serve", "--journal", journal, "--url", "http://127.0.0.1:0");
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the service did not start: {await process.StandardError.ReadToEndAsync()}");
        return new(process, new(line));
    }

    public async Task EndAsync()
    {
        using var late = new CancellationTokenSource(s_patience);
        await Process.WaitForExitAsync(late.Token);
    }

    public static CommandEnvelope Register(string company) => new(Value.Parse<CommandId>($"register-{company}"), Company(company), At("2026-01-01"), new RegisterCompany(company, Value.Parse<Currency>("USD")));

    public static CommandEnvelope Pay(string id, string buyer, string seller, int amount) =>
        new(Value.Parse<CommandId>(id), Company(buyer), At("2026-01-02"), new PayPurchase(Company(seller), Money($"{amount} USD")));

    public async Task<HttpStatusCode> SendAsync(CommandEnvelope order)
    {
        using var content = new ByteArrayContent(CommandJson.Serialize(order)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var sent = await Client.PostAsync("/v1/commands", content);
        return sent.StatusCode;
    }

    public async Task AcceptAsync(params CommandEnvelope[] orders)
    {
        foreach (var order in orders)
            (await SendAsync(order)).ShouldBe(HttpStatusCode.OK, order.Id.Value);
    }

    /// <summary>Begins a job and waits for its answer.</summary>
    public async Task<string> ResultAsync(string address, string? file, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, address) { Content = file is null ? null : new StringContent(file, new MediaTypeHeaderValue("application/yaml")) };
        using var begun = await Client.SendAsync(request);
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted, await begun.Content.ReadAsStringAsync());
        var job = begun.Headers.Location!.OriginalString;
        while (true)
        {
            var now = JsonNode.Parse(await Client.GetStringAsync(job))!;
            if ((string?)now["state"] is "failed" or "cancelled")
                throw new InvalidOperationException(now.ToJsonString());
            if ((string?)now["state"] == "done")
                return await Client.GetStringAsync((string?)now["result"]);
        }
    }

    /// <summary>Asks until the service is ready, or not.</summary>
    public async Task<string> BecomesAsync(HttpStatusCode status)
    {
        using var late = new CancellationTokenSource(s_patience);
        while (true)
        {
            using var response = await Client.GetAsync("/health/ready", late.Token);
            if (response.StatusCode == status)
                return await response.Content.ReadAsStringAsync(late.Token);
        }
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Client.Dispose();
        Process.Dispose();
    }
}
