using System.Net.Http.Headers;
using System.Text.Json;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>Sends commands until each is answered. The id of a command is its idempotency key in every attempt, so it has one effect.</summary>
public sealed class CommandClient
{
    /// <summary>The service's own limit is 1,000 commands and 4 MiB.</summary>
    private const int Together = 500;

    private readonly ServiceConnection _connection;

    internal CommandClient(ServiceConnection connection) => _connection = connection;

    /// <exception cref="InvalidRequestException">It is no command.</exception>
    /// <exception cref="ServiceUnavailableException">There was no answer; it can be sent again.</exception>
    public async Task<CommandOutcome> SendAsync(Command command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var body = JsonSerializer.SerializeToUtf8Bytes(command.ToJson(), ClientJson.Default.JsonObject);
        try
        {
            var result = await _connection.AskAsync(() => Post(body, "application/json", command.Id), ClientJson.Default.CommandResult, cancellation).ConfigureAwait(false);
            return OutcomeOf(result);
        }
        catch (ConflictException refused) when (refused.Problem!.Status == 422)
        {
            return new CommandOutcome.Refused(command.Id, command.Company, refused.Problem.Code, refused.Problem.Detail, refused.Problem.Figures);
        }
    }

    /// <summary>Sends many, decided as if they had been sent one after the other; the outcome of each, in their order.</summary>
    /// <exception cref="InvalidRequestException">One is no command; <see cref="Problem.Errors"/> tells its line. None of those that were sent with it was decided.</exception>
    /// <exception cref="ServiceUnavailableException">Some were not answered; all can be sent again.</exception>
    public async Task<IReadOnlyList<CommandOutcome>> SendAsync(IReadOnlyList<Command> commands, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var outcomes = new List<CommandOutcome>(commands.Count);
        foreach (var together in commands.Chunk(Together))
        {
            outcomes.AddRange(await SendTogetherAsync(together, cancellation).ConfigureAwait(false));
        }

        return outcomes;
    }

    private async Task<IEnumerable<CommandOutcome>> SendTogetherAsync(Command[] commands, CancellationToken cancellation)
    {
        var (started, backoff) = (_connection.Options.Clock.GetTimestamp(), new Backoff(_connection.Options));
        var body = LinesOf(commands);
        while (true)
        {
            var answer = await _connection.AskAsync(() => Post(body, "application/x-ndjson", key: null), ClientJson.Default.CommandResults, cancellation).ConfigureAwait(false);
            if (answer.Results.FirstOrDefault(result => result.Outcome == "failed") is not { } failed)
            {
                return answer.Results.Select(OutcomeOf);
            }

            // Nothing is known of it; those that were accepted answer the same again.
            if (_connection.Options.Clock.GetElapsedTime(started) > _connection.Options.RetryFor)
            {
                throw new ServiceUnavailableException(failed.Detail ?? "a command was not answered", new(failed.Code ?? "unknown", 503, failed.Detail ?? ""));
            }

            await backoff.PauseAsync(atLeast: null, cancellation).ConfigureAwait(false);
        }
    }

    private static byte[] LinesOf(Command[] commands)
    {
        using var lines = new MemoryStream();
        foreach (var command in commands)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(command.ToJson(), ClientJson.Default.JsonObject));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static HttpRequestMessage Post(byte[] body, string type, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private static CommandOutcome OutcomeOf(CommandResult result) => result.Outcome == "accepted"
        ? new CommandOutcome.Accepted(result.Command, result.Company, result.FirstSequenceNumber, result.LastSequenceNumber, result.Repeated)
        : new CommandOutcome.Refused(result.Command, result.Company, result.Code ?? "", result.Detail ?? "", result.Figures);
}
