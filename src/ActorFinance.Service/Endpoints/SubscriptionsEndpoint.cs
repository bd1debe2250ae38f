using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorFinance.Answers;
using ActorFinance.Journal.Subscriptions;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;
using ActorFinance.Service.Streaming.Durable;

namespace ActorFinance.Service.Endpoints;

/// <summary>Durable subscriptions: named, with an acknowledged offset that the service keeps. Each is its maker's; an admin may use all.</summary>
internal static partial class SubscriptionsEndpoint
{
    public const string Path = "/v1/subscriptions/{subscription}";

    public static IReadOnlyDictionary<string, string> Named { get; } = new Dictionary<string, string> { ["subscription"] = "The durable subscription's name." };

    public static ServiceEndpoint List { get; } = new("GET", "/v1/subscriptions", Role.Read, "The caller's durable subscriptions by name; an admin's answer has all.", ListAsync)
    {
        Schema = "subscriptions",
    };

    public static ServiceEndpoint One { get; } = new("GET", Path, Role.Read, "A durable subscription: filter, acknowledged offset, who consumes.", request => WriteAsync(request, Of(request)))
    {
        PathParameters = Named,
        Schema = "subscription",
        Problems = [404],
    };

    public static ServiceEndpoint Put { get; } = new("PUT", Path, Role.Read, "Make a durable subscription; the same again changes nothing. It begins where from says: beginning (default), now, an offset, or a time.", PutAsync)
    {
        PathParameters = Named,
        Body = new Dictionary<string, string> { [Answer.Json] = "subscription-filter" },
        Schema = "subscription",
        Problems = [404, 409, 410, 413, 415, 504],
    };

    public static ServiceEndpoint Delete { get; } = new("DELETE", Path, Role.Read, "Delete a durable subscription with what it has parked; whoever consumes is told.", DeleteAsync)
    {
        PathParameters = Named,
        Schema = "subscription",
        Problems = [404],
    };

    /// <summary>The subscription that the address names.</summary>
    /// <exception cref="ProblemException">There is none, or it is another's.</exception>
    public static DurableSubscription Of(ServiceRequest request) => request.Journal.Subscriptions.Find(request.Path("subscription"), request.Caller);

    private static async Task ListAsync(ServiceRequest request)
    {
        var shown = new JsonArray();
        foreach (var one in request.Journal.Subscriptions.All.Where(one => DurableSubscriptions.MayUse(one, request.Caller)))
        {
            try
            {
                shown.Add(await ToJsonAsync(one).ConfigureAwait(false));
            }
            catch (ProblemException gone) when (gone.Problem.Code == "not-found")
            {
                // Deleted while the others were listed.
            }
        }

        await Answer.WriteAsync(request.Context, new JsonObject { ["version"] = JsonAnswer.Version, ["subscriptions"] = shown }).ConfigureAwait(false);
    }

    private static async Task PutAsync(ServiceRequest request)
    {
        var name = request.Path("subscription");
        if (name.Length > 64 || !Slug().IsMatch(name))
        {
            throw new ProblemException(Problem.Invalid("subscription", name, CompanyId.Rule));
        }

        var body = await JsonBody.ReadAsync<Wanted>(request, "an object with company, type, deal, party and from, each a text or left out").ConfigureAwait(false);
        var filter = StreamFilter.Read("", body.Company, body.Type, body.Deal, body.Party);
        var start = body.From is not { } from ? StreamStart.Beginning
            : StreamStart.TryParse(from, out var parsed) ? parsed
            : throw new ProblemException(Problem.Invalid("from", from, StreamStart.Rule));
        var wanted = new StoredSubscription(name, request.Caller.Name, filter.Company?.Value, filter.Type, filter.Deal?.Value, filter.Party?.Value, Acknowledged: 0, Epoch: 0);
        await WriteAsync(request, await request.Journal.Subscriptions.MakeAsync(wanted, request.Caller, () => start.ResolveAsync(request)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(ServiceRequest request)
    {
        var subscription = Of(request);
        var json = await ToJsonAsync(subscription).ConfigureAwait(false);
        await request.Journal.Subscriptions.DeleteAsync(subscription).ConfigureAwait(false);
        json.Insert(0, "version", JsonAnswer.Version);
        await Answer.WriteAsync(request.Context, json).ConfigureAwait(false);
    }

    private static async Task WriteAsync(ServiceRequest request, DurableSubscription subscription)
    {
        var json = await ToJsonAsync(subscription).ConfigureAwait(false);
        json.Insert(0, "version", JsonAnswer.Version);
        await Answer.WriteAsync(request.Context, json).ConfigureAwait(false);
    }

    private static async Task<JsonObject> ToJsonAsync(DurableSubscription subscription)
    {
        var (stored, consumer, parked) = (subscription.Stored, subscription.Consumer, await subscription.ParkedAsync().ConfigureAwait(false));
        return new()
        {
            ["name"] = stored.Name,
            ["owner"] = stored.Owner,
            ["company"] = stored.Company,
            ["type"] = stored.Type,
            ["deal"] = stored.Deal,
            ["party"] = stored.Party,
            ["acknowledged"] = stored.Acknowledged,
            ["epoch"] = stored.Epoch,
            ["consumer"] = consumer?.Consumer,
            ["delivered"] = consumer?.Delivered.Value,
            ["parked"] = parked.Count,
        };
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Slug();

    private sealed record Wanted(string? Company = null, string? Type = null, string? Deal = null, string? Party = null, string? From = null);
}
