using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Importing;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Files;
using ActorFinance.Service.Security;
using Microsoft.Net.Http.Headers;

namespace ActorFinance.Service.Endpoints;

/// <summary>
/// Commands in the JSON that a .jsonl file holds: one as application/json, many as application/x-ndjson, one a line. A command's id is its idempotency
/// key: sent again it has no second effect and gets the same answer, also after a crash or a restart.
/// </summary>
internal static class CommandsEndpoint
{
    public const string IdempotencyKey = "Idempotency-Key";
    public const string Batch = "application/x-ndjson";

    public static ServiceEndpoint Post { get; } = new(
        "POST", "/v1/commands", Role.Write, "Have a company decide on a command, or companies on a batch of them; accepted means on disk.", AnswerAsync)
    {
        Body = new Dictionary<string, string> { [Answer.Json] = "command", [Batch] = "command" },
        Schema = "command-answer",
        Problems = [413, 415, 422],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var isBatch = MediaTypeHeaderValue.TryParse(request.Context.Request.ContentType, out var type) switch
        {
            true when type!.MediaType.Equals(Answer.Json, StringComparison.OrdinalIgnoreCase) => false,
            true when type!.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase) => true,
            _ => throw new ProblemException(Problem.Of("unsupported-media-type", $"content type '{request.Context.Request.ContentType}' must be {Answer.Json} (one command) or {Batch} (one a line)")),
        };
        var body = await ReadBodyAsync(request).ConfigureAwait(false);
        var commands = isBatch ? Many(request, body) : [One(request, body)];

        // What was taken is finished: the client may go away, the command does not stop half-way.
        var replies = await CommandBatch.SubmitAsync(
            request.Journal.Session, [.. commands.Select(command => command with { IssuedBy = request.Caller.Name })], CancellationToken.None).ConfigureAwait(false);
        foreach (var (command, reply) in commands.Zip(replies))
        {
            Note(request, command, reply);
        }

        if (isBatch)
        {
            var results = JsonAnswer.List(commands.Zip(replies, ToJson), result => result);
            await Answer.WriteAsync(request.Context, new JsonObject { ["version"] = JsonAnswer.Version, ["results"] = results }).ConfigureAwait(false);
            return;
        }

        if (ProblemOf(commands[0], replies[0]) is { } problem)
        {
            throw new ProblemException(problem);
        }

        var json = ToJson(commands[0], replies[0]);
        json.Insert(0, "version", JsonAnswer.Version);
        await Answer.WriteAsync(request.Context, json).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadBodyAsync(ServiceRequest request)
    {
        // The server counts the bytes and stops at the limit.
        using var body = new MemoryStream((int)Math.Clamp(request.Context.Request.ContentLength ?? 4_096, 256, 1 << 20));
        await request.Context.Request.Body.CopyToAsync(body, request.Aborted).ConfigureAwait(false);
        return body.ToArray();
    }

    private static CommandEnvelope One(ServiceRequest request, byte[] body)
    {
        var key = request.Context.Request.Headers[IdempotencyKey];
        if (key.Count > 1 || (key.Count == 1 && !CommandId.TryParse(key[0]!, out _)))
        {
            throw new ProblemException(Problem.Invalid(IdempotencyKey, key.ToString(), CommandId.Rule));
        }

        if (key.Count == 1 && WithId(body, key[0]!) is { } named)
        {
            body = named;
        }

        var problems = new List<InputProblem>();
        var command = CommandLines.Single("body", body, problems);
        if (problems.Count > 0 || command is null)
        {
            throw new ProblemException(Problem.Invalid([.. problems.Select(InvalidField.Of)]));
        }

        return key.Count == 0 || command.Id.Value == key[0]
            ? command
            : throw new ProblemException(Problem.Invalid("id", command.Id.Value, $"the {IdempotencyKey} '{key[0]}', or left out"));
    }

    /// <summary>The body with the key as its id, when it is an object without one.</summary>
    private static byte[]? WithId(byte[] body, string id)
    {
        try
        {
            var node = JsonNode.Parse(body, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 32 });
            if (node is not JsonObject command || command.ContainsKey("id"))
            {
                return null;
            }

            command["id"] = id;
            return JsonSerializer.SerializeToUtf8Bytes(command);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<CommandEnvelope> Many(ServiceRequest request, byte[] body)
    {
        if (request.Context.Request.Headers.ContainsKey(IdempotencyKey))
        {
            throw new ProblemException(Problem.Invalid(IdempotencyKey, request.Context.Request.Headers[IdempotencyKey], "left out: each command of a batch has its own id"));
        }

        var problems = new List<InputProblem>();
        var commands = CommandLines.Each("body", body, problems);
        if (problems.Count > 0)
        {
            throw new ProblemException(Problem.Invalid([.. problems.Take(100).Select(InvalidField.Of)]));
        }

        return commands.Count == 0 ? throw new ProblemException(Problem.Invalid("body", value: null, "commands, one a line"))
            : commands.Count > request.Options.BatchMax ? throw new ProblemException(Problem.Invalid("body", $"{commands.Count} commands", $"at most {request.Options.BatchMax} commands"))
            : commands;
    }

    private static JsonObject ToJson(CommandEnvelope command, BatchReply reply)
    {
        var json = new JsonObject { ["command"] = command.Id.Value, ["company"] = command.Company.Value };
        if (ProblemOf(command, reply) is { } problem)
        {
            json["outcome"] = reply is BatchReply.Failed ? "failed" : "refused";
            json["code"] = problem.Code;
            json["detail"] = problem.Detail;
            json["figures"] = problem.More?["figures"]?.DeepClone();
            return json;
        }

        var accepted = (CommandReply.Accepted)((BatchReply.Answered)reply).Reply;
        json["outcome"] = "accepted";
        json["firstSequenceNumber"] = accepted.FirstSequenceNumber;
        json["lastSequenceNumber"] = accepted.LastSequenceNumber;
        json["repeated"] = accepted.Repeated;
        return json;
    }

    private static Problem? ProblemOf(CommandEnvelope command, BatchReply reply) => reply switch
    {
        BatchReply.Answered(CommandReply.Refused refused) => Problem.Of(command.Id, refused.Refusal),
        BatchReply.Failed(var failed) => Problem.Of("journal-unavailable", $"'{failed.Company}' could not answer; nothing is known of the command, send it again with the same id"),
        _ => null,
    };

    private static void Note(ServiceRequest request, CommandEnvelope command, BatchReply reply)
    {
        var log = request.Log;
        var deal = command.Deal?.Value;
        switch (reply)
        {
            case BatchReply.Answered(CommandReply.Accepted accepted):
                ServiceMetrics.Accepted(accepted.Repeated, accepted.Events.Length);
                log.Accepted(command.Id.Value, command.Company.Value, deal, request.Caller.Name, accepted.LastSequenceNumber, accepted.Repeated);
                break;
            case BatchReply.Answered(CommandReply.Refused refused):
                ServiceMetrics.Refused(refused.Refusal.Code);
                log.Refused(command.Id.Value, command.Company.Value, deal, request.Caller.Name, refused.Refusal.Code, refused.Refusal.Message);
                break;
            case BatchReply.Failed(var failed):
                ServiceMetrics.Failed();
                log.Failed(command.Id.Value, command.Company.Value, deal, request.Caller.Name, failed.Reason);
                break;
        }
    }
}
