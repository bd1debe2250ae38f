using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActorFinance.Answers;
using ActorFinance.Contract.V1;
using ActorFinance.Service.Grpc;

namespace ActorFinance.Service.Streaming;

/// <summary>One event on its way to subscribers; its text is made once, however many read it.</summary>
internal sealed class StreamItem(RecordedEvent recorded)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    private byte[]? _frame;
    private Event? _message;
    private IReadOnlySet<string>? _names;

    public RecordedEvent Recorded { get; } = recorded;

    public Offset Offset => Recorded.Offset;

    /// <summary>Whom it names.</summary>
    public IReadOnlySet<string> Names => _names ??= EventNames.Of(Recorded);

    /// <summary>As server-sent events have it: the offset as the id, a CloudEvent as the data.</summary>
    public ReadOnlyMemory<byte> Frame => _frame ??= MakeFrame();

    /// <summary>As gRPC has it.</summary>
    public Event Message => _message ??= EventMessage.Of(Recorded);

    private byte[] MakeFrame()
    {
        var buffer = t_buffer ??= new(1_024);
        buffer.ResetWrittenCount();
        Encoding.ASCII.GetBytes($"id: {Offset}\ndata: ", buffer);
        var writer = t_writer ??= new(buffer, Writing);
        writer.Reset(buffer);
        WriteCloudEvent(writer);
        writer.Flush();
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>CloudEvents 1.0, JSON format. The source is the company, the subject the deal; the offset (as text, since integers have 32 bits) and the hash of the event before are extensions.</summary>
    private void WriteCloudEvent(Utf8JsonWriter writer)
    {
        var header = Recorded.Header;
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", header.Id.ToString());
        writer.WriteString("source", $"/v1/companies/{header.Emitter}");
        writer.WriteString("type", $"actorfinance.{EventText.TypeOf(Recorded.Event)}");
        if (header.Deal is { } deal)
        {
            writer.WriteString("subject", deal.Value);
        }

        writer.WriteString("time", header.RecordedAt.ToString());
        writer.WriteString("datacontenttype", "application/json");
        writer.WriteString("offset", Offset.ToString());
        writer.WriteString("previoushash", header.PreviousHash.ToString());
        writer.WritePropertyName("data");
        EventAnswer.Write(writer, Recorded, counts: null);
        writer.WriteEndObject();
    }
}
