using System.Text.Json.Serialization;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>What one share event did to one holder's fraction of the issuer.</summary>
/// <param name="At">When the event took effect.</param>
/// <param name="Event">A holder is diluted by an event that need not name it.</param>
/// <param name="Holder">One whose fraction or shares changed.</param>
/// <param name="Before">0 when the holder had nothing.</param>
/// <param name="After">0 when the holder has nothing left.</param>
/// <param name="Shares">What the holder has after the event, on the basis asked for.</param>
/// <param name="Outstanding">What all have after the event.</param>
public sealed record DilutionRow(
    Instant At,
    EventReference Event,
    HolderId Holder,
    decimal Before,
    decimal After,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Shares,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Outstanding);

/// <summary>
/// For each holder of an issuer, the change of its fraction, event by event.
/// <example>1,000 m shares of others, then 20 m issued to nvidia: nvidia 0 to 0.019607843137, others 1 to 0.980392156863.</example>
/// </summary>
public static class Dilution
{
    /// <summary>In fold order of the events, then by holder. O(events x holders).</summary>
    public static ValueList<DilutionRow> Of(IssuerRegister issuer, OwnershipBasis basis)
    {
        var rows = new List<DilutionRow>();
        var replay = new IssuerRegister(issuer.Issuer);
        var before = new SortedDictionary<HolderId, HolderOwnership>();
        foreach (var fact in issuer.Events)
        {
            replay.Apply(fact);
            var table = OwnershipTable.Of(replay, basis);
            var after = new SortedDictionary<HolderId, HolderOwnership>(table.Holders.ToDictionary(h => h.Holder));
            foreach (var holder in before.Keys.Union(after.Keys).Order())
            {
                var (had, has) = (before.GetValueOrDefault(holder), after.GetValueOrDefault(holder));
                if (had?.Direct != has?.Direct || had?.Shares != has?.Shares)
                {
                    rows.Add(new(
                        fact.EffectiveAt, fact.Reference, holder, had?.Direct ?? 0, has?.Direct ?? 0, has?.Shares ?? 0, table.Outstanding));
                }
            }

            before = after;
        }

        return rows.ToValueList();
    }
}
