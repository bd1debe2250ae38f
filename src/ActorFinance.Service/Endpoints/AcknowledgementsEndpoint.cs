using System.Text.Json.Nodes;
using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>What a consumer says of what it was sent; answered when it is on the disk.</summary>
internal static class AcknowledgementsEndpoint
{
    public const int ReasonMax = 2_000;

    public static string ReasonRule => $"1 to {ReasonMax} characters";

    public static ServiceEndpoint Acknowledge { get; } = new("POST", $"{SubscriptionsEndpoint.Path}/acknowledge", Role.Read, "Everything up to an offset is handled; of a replayed event, only that one.", AcknowledgeAsync)
    {
        PathParameters = SubscriptionsEndpoint.Named,
        Body = new Dictionary<string, string> { [Answer.Json] = "acknowledgement" },
        Schema = "acknowledged",
        Problems = [404, 409, 413, 415],
    };

    public static ServiceEndpoint Park { get; } = new("POST", $"{SubscriptionsEndpoint.Path}/park", Role.Read, "Lay one event aside, with a reason, and acknowledge everything up to it.", ParkAsync)
    {
        PathParameters = SubscriptionsEndpoint.Named,
        Body = new Dictionary<string, string> { [Answer.Json] = "parking" },
        Schema = "acknowledged",
        Problems = [404, 409, 413, 415],
    };

    private static async Task AcknowledgeAsync(ServiceRequest request)
    {
        var body = await JsonBody.ReadAsync<Acknowledgement>(request, "an object with epoch and offset, both whole numbers").ConfigureAwait(false);
        RequireCounts(body.Epoch, body.Offset);
        await WriteAsync(request, await SubscriptionsEndpoint.Of(request).AcknowledgeAsync(body.Epoch, new(body.Offset)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task ParkAsync(ServiceRequest request)
    {
        var body = await JsonBody.ReadAsync<Parking>(request, "an object with epoch and offset, both whole numbers, and reason, a text").ConfigureAwait(false);
        RequireCounts(body.Epoch, body.Offset);
        if (body.Reason.Length is 0 or > ReasonMax)
        {
            throw new ProblemException(Problem.Invalid("reason", body.Reason, ReasonRule));
        }

        await WriteAsync(request, await SubscriptionsEndpoint.Of(request).ParkAsync(body.Epoch, new(body.Offset), body.Reason).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static void RequireCounts(long epoch, long offset)
    {
        if (Math.Min(epoch, offset) < 0)
        {
            throw new ProblemException(epoch < 0 ? Problem.Invalid(nameof(epoch), $"{epoch}", "0 or more") : Problem.Invalid(nameof(offset), $"{offset}", "0 or more"));
        }
    }

    private static Task WriteAsync(ServiceRequest request, Offset acknowledged) =>
        Answer.WriteAsync(request.Context, new JsonObject { ["version"] = JsonAnswer.Version, ["acknowledged"] = acknowledged.Value });

    private sealed record Acknowledgement(long Epoch, long Offset);

    private sealed record Parking(long Epoch, long Offset, string Reason);
}
