using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorFinance.Client;

/// <summary>An order to a company. Its id is its idempotency key: however often it is sent, it has one effect.</summary>
/// <param name="Company">Who decides: whoever emits the fact.</param>
/// <param name="Effective">When the fact holds in the modelled world.</param>
/// <param name="Order">What is to be done.</param>
public sealed record Command(string Company, DateTimeOffset Effective, Order Order)
{
    /// <summary>Made once with the command and the same in each attempt to send it. State one that the caller can make again, to send the same after a crash.</summary>
    public string Id { get; init; } = Guid.CreateVersion7().ToString();

    /// <summary>Order within one instant.</summary>
    public int Rank { get; init; }

    /// <summary>When the fact became known, for history that is told later; null: when it is recorded.</summary>
    public DateTimeOffset? Known { get; init; }

    public string? Deal { get; init; }

    public string? Leg { get; init; }

    public string? Tranche { get; init; }

    /// <summary>The document that it came from.</summary>
    public string? Source { get; init; }

    /// <summary><c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public string? Confidence { get; init; }

    /// <summary>In the form that the service takes, as a line of a <c>.jsonl</c> file.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["company"] = Company,
            ["effective"] = TextOf(Effective),
            ["command"] = Order.ToJson(),
        };
        if (Rank != 0)
        {
            json["rank"] = Rank;
        }

        if (Known is { } known)
        {
            json["known"] = TextOf(known);
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("deal", Deal), ("leg", Leg), ("tranche", Tranche), ("source", Source), ("confidence", Confidence)])
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    internal static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
