using System.Text;
using Microsoft.Net.Http.Headers;

namespace ActorFinance.Service.Endpoints;

/// <summary>The body of a request: of a type that its address takes, plain, and in UTF-8.</summary>
internal static class RequestBody
{
    private const string Identity = "identity";

    /// <summary>Which of the types it is.</summary>
    /// <exception cref="ProblemException">It is none of them, or compressed, or in another character set. A small compressed body can unfold without end, so none is unfolded.</exception>
    public static string TypeOf(HttpRequest request, params IReadOnlyCollection<string> types)
    {
        var isType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (types.FirstOrDefault(known => isType && type!.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            throw Unsupported($"content type '{request.ContentType}' must be {string.Join(" or ", types)}");
        }

        if (type!.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported($"charset '{type.Charset}' must be {Encoding.UTF8.WebName}");
        }

        return request.Headers.ContentEncoding.All(encoding => Identity.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            ? found
            : throw Unsupported($"content encoding '{request.Headers.ContentEncoding}' must be left out: bodies are taken as they are");
    }

    /// <summary>All of it; the server counts the bytes and stops at the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(ServiceRequest request)
    {
        var sent = request.Context.Request;
        using var body = new MemoryStream((int)Math.Clamp(sent.ContentLength ?? 4_096, 256, 1 << 20));
        try
        {
            await sent.Body.CopyToAsync(body, request.Aborted).ConfigureAwait(false);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new ProblemException(Problem.Invalid("body", value: null, "sent whole and well framed"));
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static ProblemException Unsupported(string detail) => new(Problem.Of("unsupported-media-type", detail));
}
