using System.Text.Json;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Importing;
using ActorFinance.Answers;

namespace ActorFinance.Service.Endpoints;

/// <summary>What became of commands, as JSON. Written straight: a tree of nodes for each answer took as long as deciding on the command.</summary>
internal static class CommandAnswers
{
    /// <summary>What an accepted command's answer takes, as a first guess at the room.</summary>
    public const int BytesUsual = 192;

    /// <summary>One command that was accepted.</summary>
    public static void Write(Utf8JsonWriter writer, CommandEnvelope command, BatchReply reply)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, JsonAnswer.Version);
        WriteFields(writer, command, reply);
        writer.WriteEndObject();
    }

    /// <summary>Many commands, each with its own outcome.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<CommandEnvelope> commands, IReadOnlyList<BatchReply> replies)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, JsonAnswer.Version);
        writer.WriteStartArray("results"u8);
        for (var i = 0; i < commands.Count; i++)
        {
            writer.WriteStartObject();
            WriteFields(writer, commands[i], replies[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Null for a command that was accepted.</summary>
    public static Problem? ProblemOf(CommandEnvelope command, BatchReply reply) => reply switch
    {
        BatchReply.Answered(CommandReply.Refused refused) => Problem.Of(command.Id, refused.Refusal),
        BatchReply.Failed(var failed) => Problem.Of("journal-unavailable", $"'{failed.Company}' could not answer; nothing is known of the command, send it again with the same id"),
        _ => null,
    };

    private static void WriteFields(Utf8JsonWriter writer, CommandEnvelope command, BatchReply reply)
    {
        writer.WriteString("command"u8, command.Id.Value);
        writer.WriteString("company"u8, command.Company.Value);
        if (ProblemOf(command, reply) is { } problem)
        {
            writer.WriteString("outcome"u8, reply is BatchReply.Failed ? "failed"u8 : "refused"u8);
            writer.WriteString("code"u8, problem.Code);
            writer.WriteString("detail"u8, problem.Detail);
            writer.WritePropertyName("figures"u8);
            if (problem.More?["figures"] is { } figures)
            {
                figures.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            return;
        }

        var accepted = (CommandReply.Accepted)((BatchReply.Answered)reply).Reply;
        writer.WriteString("outcome"u8, "accepted"u8);
        writer.WriteNumber("firstSequenceNumber"u8, accepted.FirstSequenceNumber);
        writer.WriteNumber("lastSequenceNumber"u8, accepted.LastSequenceNumber);
        writer.WriteBoolean("repeated"u8, accepted.Repeated);
    }
}
