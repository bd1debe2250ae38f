using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Output;

namespace ActorFinance.Cli.Commands;

internal static class StatusVerb
{
    private const string KeyVariable = "ACTORFINANCE_KEY";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(Terminal terminal)
    {
        var url = new Option<string>("--url") { Description = "The service.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5230" };
        var output = CommonOptions.Output();
        var command = new Command("status", $"How a running service is: how far journal and projections are, and what is under way. Its key comes from the environment: {KeyVariable}.\n\nExample: actorfinance status --url http://127.0.0.1:5230")
        {
            url, output,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var status = await AskAsync(parsed.GetValue(url)!, cancellation).ConfigureAwait(false);
            switch (parsed.GetValue(output))
            {
                case OutputForm.Json:
                    JsonAnswer.Print(terminal, status);
                    break;
                case OutputForm.Csv:
                    CsvAnswer.Print(terminal, ["part", "offset", "lag"], Rows(status).Select(row => (IEnumerable<string?>)[row.Part, row.Offset?.ToString(), row.Lag?.ToString()]));
                    break;
                default:
                    Print(terminal, status);
                    break;
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<JsonObject> AskAsync(string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            throw new CliFailure(ExitCode.Usage, $"--url '{url}' must be an address such as http://127.0.0.1:5230");
        }

        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using var response = await client.GetAsync("/v1/status", cancellation).ConfigureAwait(false);
            var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)) as JsonObject;
            return response.IsSuccessStatusCode && json is not null
                ? json
                : throw new CliFailure(ExitCode.Refused, $"{url}: {(string?)json?["detail"] ?? response.ReasonPhrase}");
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or JsonException || (unreachable is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CliFailure(ExitCode.InputOutput, $"no service answers at {url}: {unreachable.Message}");
        }
    }

    private static IEnumerable<(string Part, long? Offset, long? Lag)> Rows(JsonObject status) =>
        status["projections"]!.AsObject().Select(one => (one.Key, (long?)one.Value!["offset"], (long?)one.Value["lag"])).Prepend(("journal", (long?)status["journal"]!["offset"], (long?)0));

    private static void Print(Terminal terminal, JsonObject status)
    {
        var table = Tables.Create(("", false), ("Offset", true), ("Behind", true));
        foreach (var (part, offset, lag) in Rows(status))
        {
            table.Row(part, offset is { } at ? Figures.Exact(at) : "no answer", lag is { } behind ? Figures.Exact(behind) : Figures.None);
        }

        Tables.Write(terminal, table, $"{status["journal"]!["path"]}");
        terminal.Line($"{Figures.Count((long)status["streams"]!, "stream")} and {Figures.Count((long)status["requests"]!, "request")} under way, since {status["startedAt"]}");
    }
}
