using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActorFinance.Answers;
using ActorFinance.Contract.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace ActorFinance.Service.Grpc;

/// <summary>An event in the words of the contract; what it states are the same fields as in every JSON answer.</summary>
internal static class EventMessage
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    public static Event Of(RecordedEvent recorded)
    {
        var header = recorded.Header;
        return new()
        {
            Offset = recorded.Offset.Value,
            EventId = header.Id.ToString(),
            Type = EventText.TypeOf(recorded.Event),
            Company = header.Emitter.Value,
            SequenceNumber = header.SequenceNumber,
            Effective = TimeOf(header.EffectiveAt),
            Rank = header.Rank,
            Recorded = TimeOf(header.RecordedAt),
            Known = TimeOf(header.KnownAt),
            Deal = header.Deal?.Value ?? "",
            Leg = header.Leg ?? "",
            Tranche = header.Tranche ?? "",
            Step = header.Step?.ToString() ?? "",
            StepRole = header.Role == StepRole.None ? "" : header.Role.ToString().ToLowerInvariant(),
            CommandId = header.Command.Value,
            CausationId = header.Causation?.ToString() ?? "",
            Source = header.Source ?? "",
            Confidence = header.Confidence?.ToString().ToLowerInvariant() ?? "",
            IssuedBy = header.IssuedBy ?? "",
            Fields = FieldsOf(recorded.Event),
            PreviousHash = UnsafeByteOperations.UnsafeWrap(header.PreviousHash.ToArray()),
        };
    }

    private static Timestamp TimeOf(Instant instant)
    {
        var ticks = instant.UtcTicks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new() { Seconds = seconds - 1, Nanos = (int)(rest + TimeSpan.TicksPerSecond) * 100 }
            : new() { Seconds = seconds, Nanos = (int)rest * 100 };
    }

    private static ByteString FieldsOf(CompanyEvent fact)
    {
        var buffer = t_buffer ??= new(512);
        buffer.ResetWrittenCount();
        var writer = t_writer ??= new(buffer, Writing);
        writer.Reset(buffer);
        EventText.WriteFields(writer, fact);
        writer.Flush();
        return ByteString.CopyFrom(buffer.WrittenSpan);
    }
}
