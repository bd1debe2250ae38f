using System.Text.Json.Nodes;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;
using ActorFinance.Service.Streaming.Durable;

namespace ActorFinance.Service.Endpoints;

/// <summary>
/// What a durable subscription delivers, as server-sent events: first <c>epoch</c>, which says what acknowledgements must carry, then everything behind
/// the acknowledged offset as a stream has it; <c>replayed</c> is an event that was parked; <c>problem</c> says why the service ends it.
/// </summary>
internal static class ConsumeEndpoint
{
    private const int NameMax = 128;

    private static readonly QueryParameter<string> Consumer = new(
        "consumer",
        "What the consumer calls itself. The same name comes again at once, another waits until the one before has gone or said nothing for the lease.",
        QueryParameter.Text(),
        text => IsName(text) ? (text, null) : ("", NameRule)) { IsRequired = true };

    private static readonly QueryParameter<bool> TakeOver = QueryParameter.Flag("takeOver", "Put out whoever consumes.");

    public static string NameRule => $"1 to {NameMax} characters, none of them a control character";

    public static ServiceEndpoint Get { get; } = new("GET", $"{SubscriptionsEndpoint.Path}/stream", Role.Read, "Consume a durable subscription: what is not acknowledged, in order, then each event as it is written. One consumer at a time.", AnswerAsync)
    {
        PathParameters = SubscriptionsEndpoint.Named,
        Parameters = [Consumer, TakeOver],
        Answers = SseWriter.ContentType,
        IsStream = true,
        Problems = [404, 409, 410],
    };

    public static bool IsName(string text) => text.Length is > 0 and <= NameMax && !text.Any(char.IsControl);

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var consumer = request.Query.Get(Consumer, "");
        SseWriter? writer = null;
        try
        {
            await DurableDelivery.RunAsync(
                request,
                SubscriptionsEndpoint.Of(request),
                consumer,
                request.Query.Get(TakeOver, false),
                async session =>
                {
                    writer = await SseWriter.StartAsync(request).ConfigureAwait(false);
                    await writer.WriteAsync("epoch", new JsonObject { ["epoch"] = session.Epoch, ["acknowledged"] = session.Delivered.Value }).ConfigureAwait(false);
                },
                (session, delivered) => writer!.WriteAsync(delivered.Chunk, delivered.IsReplay ? "replayed" : null, upTo => DurableSubscription.Delivering(session, upTo))).ConfigureAwait(false);
        }
        catch (ProblemException ended) when (writer is not null && ended.Problem.Code != "stalled")
        {
            await writer.WriteAsync("problem", ended.Problem.ToJson(request.Context)).ConfigureAwait(false);
        }
    }
}
