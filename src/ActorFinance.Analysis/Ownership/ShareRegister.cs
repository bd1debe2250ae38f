using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>Who holds which shares of whom, as one cut leaves it: the plain fold that the index must equal.</summary>
public sealed class ShareRegister
{
    private readonly SortedDictionary<CompanyId, IssuerRegister> _issuers;

    internal ShareRegister(SortedDictionary<CompanyId, IssuerRegister> issuers) => _issuers = issuers;

    /// <summary>By id; also those that have share events but no class.</summary>
    public IReadOnlyCollection<IssuerRegister> Issuers => _issuers.Values;

    /// <summary>In offset order.</summary>
    public IReadOnlyList<Ungrounded> Ungrounded => [.. _issuers.Values.SelectMany(i => i.Ungrounded).OrderBy(u => u.Offset)];

    public IssuerRegister? Issuer(CompanyId id) => _issuers.GetValueOrDefault(id);

    /// <param name="counted">The events that count, in fold order; those that are not about shares are passed over.</param>
    public static ShareRegister Fold(IEnumerable<RecordedEvent> counted)
    {
        var issuers = new SortedDictionary<CompanyId, IssuerRegister>();
        foreach (var recorded in counted.Where(e => ShareEvents.Concern(e.Event)))
        {
            if (!issuers.TryGetValue(recorded.Header.Emitter, out var issuer))
            {
                issuers.Add(recorded.Header.Emitter, issuer = new(recorded.Header.Emitter));
            }

            issuer.Apply(recorded);
        }

        return new(issuers);
    }
}
