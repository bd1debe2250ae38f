using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorFinance.Service.Tests.Health;

/// <summary>A span as it came over the wire.</summary>
internal sealed record SentSpan(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A collector of OTLP over HTTP, which reads what it is sent by the field numbers of opentelemetry-proto 1.x (trace/v1/trace.proto).</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Collector(WebApplication application) => _application = application;

    public ConcurrentQueue<SentSpan> Spans { get; } = new();

    public ConcurrentQueue<string> Services { get; } = new();

    /// <summary>How often metrics came.</summary>
    public int Metrics { get; private set; }

    public string Url => _application.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._application.MapPost("/v1/traces", async (HttpContext context) => collector.ReadTraces(await BodyOf(context)));
        collector._application.MapPost("/v1/metrics", async (HttpContext context) => collector.Metrics += (await BodyOf(context)).Length > 0 ? 1 : 0);
        await collector._application.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task<byte[]> BodyOf(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private void ReadTraces(byte[] request)
    {
        foreach (var resource in Fields(request)[1])
        {
            var parts = Fields(resource);
            foreach (var attribute in parts[1].SelectMany(one => Fields(one)[1]).Select(AttributeOf).Where(attribute => attribute.Key == "service.name"))
            {
                Services.Enqueue(attribute.Value);
            }

            foreach (var span in parts[2].SelectMany(scope => Fields(scope)[2]).Select(SpanOf))
            {
                Spans.Enqueue(span);
            }
        }
    }

    private static SentSpan SpanOf(byte[] bytes)
    {
        var fields = Fields(bytes);
        return new(
            Convert.ToHexStringLower(fields[1].Single()),
            Convert.ToHexStringLower(fields[2].Single()),
            Convert.ToHexStringLower(fields[4].SingleOrDefault() ?? []),
            TextOf(fields[5].Single()),
            BitConverter.ToUInt64(fields[7].Single()),
            BitConverter.ToUInt64(fields[8].Single()),
            fields[9].Select(AttributeOf).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>A text, a whole number, or a list of texts separated by spaces.</summary>
    private static KeyValuePair<string, string> AttributeOf(byte[] bytes)
    {
        var fields = Fields(bytes);
        var value = Fields(fields[2].Single());
        return KeyValuePair.Create(
            TextOf(fields[1].Single()),
            value[1].Any() ? TextOf(value[1].Single())
            : value[3].Any() ? $"{BitConverter.ToInt64(value[3].Single())}"
            : string.Join(' ', value[5].SelectMany(list => Fields(list)[1]).Select(one => TextOf(Fields(one)[1].Single()))));
    }

    private static string TextOf(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    /// <summary>The fields of a message by number, each as often as it stands there.</summary>
    private static ILookup<int, byte[]> Fields(byte[] message)
    {
        var fields = new List<(int Number, byte[] Value)>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => BitConverter.GetBytes(input.ReadInt64()),
                WireFormat.WireType.Fixed64 => BitConverter.GetBytes(input.ReadFixed64()),
                WireFormat.WireType.Fixed32 => BitConverter.GetBytes(input.ReadFixed32()),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"wire type {other}"),
            }));
        }

        return fields.ToLookup(field => field.Number, field => field.Value);
    }
}
