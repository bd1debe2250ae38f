using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Answers;
using Microsoft.Net.Http.Headers;

namespace ActorFinance.Service.Endpoints;

/// <summary>Writes what an endpoint found. An answer's tag is the offset that it stands on: the same question at the same offset is the same answer.</summary>
internal static class Answer
{
    public const string Json = "application/json";

    /// <summary>In the OpenAPI document: an object that it does not describe.</summary>
    public const string AnySchema = "any-object";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As the program prints it, without the indentation.</summary>
    public static Task WriteAsync(HttpContext context, JsonNode json, string contentType = Json) =>
        WriteAsync(context, 4_096, writer => json.WriteTo(writer), contentType);

    /// <param name="context">Of the request.</param>
    /// <param name="bytesExpected">A first guess at its length.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="contentType">What it is.</param>
    public static async Task WriteAsync(HttpContext context, int bytesExpected, Action<Utf8JsonWriter> write, string contentType = Json)
    {
        var buffer = new ArrayBufferWriter<byte>(bytesExpected);
        Write(write, buffer);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(Action<Utf8JsonWriter> write, ArrayBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Writing);
        write(writer);
    }

    /// <summary>Whether the caller has the answer of this offset already; then it is told so and nothing else is written.</summary>
    public static bool IsKnown(HttpContext context, Offset offset)
    {
        var tag = TagOf(offset);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (!context.Request.Headers.IfNoneMatch.Contains(tag))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    public static string TagOf(Offset offset) => new EntityTagHeaderValue($"\"{JsonAnswer.Version}-{offset}\"").ToString();
}
