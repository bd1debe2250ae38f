using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Running;

/// <summary>One server-sent event.</summary>
internal sealed record SentEvent(string Type, long Id, JsonObject Data);

/// <summary>Reads a stream as a browser would, from outside and without any of the service's code.</summary>
internal static class EventStream
{
    public static async IAsyncEnumerable<SentEvent> ReadAsync(
        HttpClient client, string query = "", long? lastEventId = null, [EnumeratorCancellation] CancellationToken cancellation = default, string address = "/v1/stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}{query}");
        if (lastEventId is { } seen)
        {
            request.Headers.Add("Last-Event-ID", seen.ToString(CultureInfo.InvariantCulture));
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue(response.StatusCode.ToString());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        var (type, id, data) = ("message", 0L, "");
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    yield return new(type, id, JsonNode.Parse(data)!.AsObject());
                }

                (type, data) = ("message", "");
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data += line[6..];
            }
        }
    }

    /// <summary>The first so many events, heartbeats left out.</summary>
    public static async Task<IReadOnlyList<SentEvent>> TakeAsync(HttpClient client, int count, string query = "", long? lastEventId = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var events = new List<SentEvent>();
        await foreach (var sent in ReadAsync(client, query, lastEventId, patience.Token))
        {
            if (sent.Type == "message")
            {
                events.Add(sent);
            }

            if (events.Count == count)
            {
                break;
            }
        }

        return events;
    }
}
