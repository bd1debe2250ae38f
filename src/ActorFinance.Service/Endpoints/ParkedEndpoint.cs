using System.Globalization;
using System.Text.Json.Nodes;
using ActorFinance.Answers;
using ActorFinance.Journal.Subscriptions;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>Events that a consumer laid aside: what they are and why, to be delivered again or given up.</summary>
internal static class ParkedEndpoint
{
    private const string One = $"{SubscriptionsEndpoint.Path}/parked/{{offset}}";

    private static readonly Dictionary<string, string> Place = new(SubscriptionsEndpoint.Named) { ["offset"] = "The parked event's offset." };

    public static ServiceEndpoint List { get; } = new("GET", $"{SubscriptionsEndpoint.Path}/parked", Role.Read, "The parked events by offset, with the reason of each.", ListAsync)
    {
        PathParameters = SubscriptionsEndpoint.Named,
        Schema = "parked",
        Problems = [404],
    };

    public static ServiceEndpoint Replay { get; } = new("POST", $"{One}/replay", Role.Read, "Deliver a parked event again, to whoever consumes; acknowledged, it is no longer parked.", async request =>
        await WriteAsync(request, await SubscriptionsEndpoint.Of(request).WantAgainAsync(OffsetOf(request)).ConfigureAwait(false)).ConfigureAwait(false))
    {
        PathParameters = Place,
        Schema = "parked",
        Problems = [404],
    };

    public static ServiceEndpoint Discard { get; } = new("DELETE", One, Role.Read, "Give a parked event up.", async request =>
        await WriteAsync(request, await SubscriptionsEndpoint.Of(request).DiscardAsync(OffsetOf(request)).ConfigureAwait(false)).ConfigureAwait(false))
    {
        PathParameters = Place,
        Schema = "parked",
        Problems = [404],
    };

    private static async Task ListAsync(ServiceRequest request) =>
        await WriteAsync(request, [.. await SubscriptionsEndpoint.Of(request).ParkedAsync().ConfigureAwait(false)]).ConfigureAwait(false);

    private static Task WriteAsync(ServiceRequest request, params ParkedEvent[] parked) => Answer.WriteAsync(request.Context, new JsonObject
    {
        ["version"] = JsonAnswer.Version,
        ["parked"] = JsonAnswer.List(parked, one => new JsonObject
        {
            ["offset"] = one.Offset,
            ["reason"] = one.Reason,
            ["parkedAt"] = new Instant(one.ParkedTicks).ToString(),
            ["attempts"] = one.Attempts,
            ["isWanted"] = one.IsWanted,
        }),
    });

    private static Offset OffsetOf(ServiceRequest request) => long.TryParse(request.Path("offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        ? new(offset)
        : throw new ProblemException(Problem.Invalid("offset", request.Path("offset"), "an offset (digits only)"));
}
