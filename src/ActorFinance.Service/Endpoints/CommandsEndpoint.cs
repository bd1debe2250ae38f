using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Importing;
using ActorFinance.Scenarios.Files;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>
/// Commands in the JSON that a .jsonl file holds: one as application/json, many as application/x-ndjson, one a line. A command's id is its idempotency
/// key: sent again it has no second effect and gets the same answer, also after a crash or a restart.
/// </summary>
internal static class CommandsEndpoint
{
    public const string IdempotencyKey = "Idempotency-Key";
    public const string Batch = "application/x-ndjson";

    /// <summary>In the OpenAPI document.</summary>
    public const string LinesSchema = "command-lines";

    public static ServiceEndpoint Post { get; } = new(
        "POST", "/v1/commands", Role.Write, "Have a company decide on a command, or companies on a batch of them; accepted means on disk.", AnswerAsync)
    {
        Body = new Dictionary<string, string> { [Answer.Json] = "command", [Batch] = LinesSchema },
        Headers = new Dictionary<string, string> { [IdempotencyKey] = "The command's id, if the body has none." },
        Schema = "command-answer",
        Problems = [413, 415, 422],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var isBatch = RequestBody.TypeOf(request.Context.Request, Answer.Json, Batch) == Batch;
        var body = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        var commands = isBatch ? Many(request, body.Span) : [One(request, body)];

        // What was taken is finished: the client may go away, the command does not stop half-way.
        using var turn = await request.Journal.Turns.BesideAsync(request.Aborted).ConfigureAwait(false);
        var replies = await CommandBatch.SubmitAsync(
            request.Journal.Session, [.. commands.Select(command => command with { IssuedBy = request.Caller.Name })], CancellationToken.None).ConfigureAwait(false);
        Note(request, commands, replies);
        if (!isBatch && CommandAnswers.ProblemOf(commands[0], replies[0]) is { } problem)
        {
            throw new ProblemException(problem);
        }

        await Answer.WriteAsync(request.Context, commands.Count * CommandAnswers.BytesUsual, writer =>
        {
            if (isBatch)
            {
                CommandAnswers.Write(writer, commands, replies);
            }
            else
            {
                CommandAnswers.Write(writer, commands[0], replies[0]);
            }
        }).ConfigureAwait(false);
    }

    private static CommandEnvelope One(ServiceRequest request, ReadOnlyMemory<byte> body)
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
        var command = CommandLines.Single("body", body.Span, problems);
        if (problems.Count > 0 || command is null)
        {
            throw new ProblemException(Problem.Invalid([.. problems.Select(InvalidField.Of)]));
        }

        return key.Count == 0 || command.Id.Value == key[0]
            ? command
            : throw new ProblemException(Problem.Invalid("id", command.Id.Value, $"the {IdempotencyKey} '{key[0]}', or left out"));
    }

    /// <summary>The body with the key as its id, when it is an object without one.</summary>
    private static byte[]? WithId(ReadOnlyMemory<byte> body, string id)
    {
        try
        {
            var node = JsonNode.Parse(body.Span, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 32 });
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

    private static IReadOnlyList<CommandEnvelope> Many(ServiceRequest request, ReadOnlySpan<byte> body)
    {
        if (request.Context.Request.Headers.ContainsKey(IdempotencyKey))
        {
            throw new ProblemException(Problem.Invalid(IdempotencyKey, request.Context.Request.Headers[IdempotencyKey], "left out: each command of a batch has its own id"));
        }

        var lines = CommandLines.Count(body);
        if (lines > request.Options.BatchMax)
        {
            throw new ProblemException(Problem.Invalid("body", $"{lines} commands", $"at most {request.Options.BatchMax} commands"));
        }

        var problems = new List<InputProblem>();
        var commands = CommandLines.Each("body", body, problems);
        if (problems.Count > 0)
        {
            throw new ProblemException(Problem.Invalid([.. problems.Select(InvalidField.Of)]));
        }

        return commands.Count > 0 ? commands : throw new ProblemException(Problem.Invalid("body", value: null, "commands, one a line"));
    }

    private static void Note(ServiceRequest request, IReadOnlyList<CommandEnvelope> commands, IReadOnlyList<BatchReply> replies)
    {
        if (CompanyTracing.Current is { IsAllDataRequested: true } span)
        {
            CompanyTracing.Name(span, commands.Count, at => commands[at]);
        }

        var (log, caller) = (request.Log, request.Caller.Name);
        var (accepted, repeated, events) = (0, 0, 0);
        for (var i = 0; i < commands.Count; i++)
        {
            var (id, company, deal) = (commands[i].Id.Value, commands[i].Company.Value, commands[i].Deal?.Value);
            switch (replies[i])
            {
                case BatchReply.Answered(CommandReply.Accepted reply):
                    accepted += reply.Repeated ? 0 : 1;
                    repeated += reply.Repeated ? 1 : 0;
                    events += reply.Events.Length;
                    log.Accepted(id, company, deal, caller, reply.LastSequenceNumber, reply.Repeated);
                    break;
                case BatchReply.Answered(CommandReply.Refused refused):
                    ServiceMetrics.Refused(refused.Refusal.Code);
                    log.Refused(id, company, deal, caller, refused.Refusal.Code, refused.Refusal.Message);
                    break;
                case BatchReply.Failed(var failed):
                    ServiceMetrics.Failed();
                    log.Failed(id, company, deal, caller, failed.Reason);
                    break;
            }
        }

        ServiceMetrics.Accepted(accepted, repeated, events);
    }
}
