using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFinance.Answers;

/// <summary>One event as programs see it, in answers and on the stream.</summary>
public static class EventAnswer
{
    /// <param name="writer">Where an object may begin.</param>
    /// <param name="recorded">The event.</param>
    /// <param name="counts">Whether it counts at the cut that was asked for; on the stream there is no cut.</param>
    public static void Write(Utf8JsonWriter writer, RecordedEvent recorded, bool? counts)
    {
        var header = recorded.Header;
        writer.WriteStartObject();
        writer.WriteNumber("offset", recorded.Offset.Value);
        writer.WriteString("eventId", header.Id.ToString());
        writer.WriteString("type", EventText.TypeOf(recorded.Event));
        writer.WriteString("company", header.Emitter.Value);
        writer.WriteNumber("sequenceNumber", header.SequenceNumber);
        writer.WriteString("effective", header.EffectiveAt.ToString());
        writer.WriteNumber("rank", header.Rank);
        writer.WriteString("recorded", header.RecordedAt.ToString());
        writer.WriteString("known", header.KnownAt.ToString());
        writer.WriteString("deal", header.Deal?.Value);
        writer.WriteString("leg", header.Leg);
        writer.WriteString("tranche", header.Tranche);
        writer.WriteString("step", header.Step?.ToString());
        writer.WriteString("stepRole", header.Role == StepRole.None ? null : header.Role.ToString().ToLowerInvariant());
        writer.WriteString("commandId", header.Command.Value);
        writer.WriteString("causationId", header.Causation?.ToString());
        writer.WriteString("source", header.Source);
        writer.WriteString("confidence", header.Confidence?.ToString().ToLowerInvariant());
        writer.WriteString("issuedBy", header.IssuedBy);
        if (counts is { } counting)
        {
            writer.WriteBoolean("counts", counting);
        }

        writer.WritePropertyName("fields");
        EventText.WriteFields(writer, recorded.Event);
        writer.WriteEndObject();
    }

    public static JsonNode ToJson(RecordedEvent recorded, bool counts)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, recorded, counts);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
