using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Share events kept by issuer in fold order, so that one issuer is answered at any cut from its own events alone: O(its share events).
/// Must equal <see cref="ShareRegister.Fold"/> over <see cref="ReferenceFold"/> exactly.
/// </summary>
public sealed class OwnershipIndex
{
    private readonly SortedDictionary<CompanyId, FoldSorted<int>> _issuers = [];
    private int _next;

    public OwnershipIndex()
        : this(new Book())
    {
    }

    /// <summary>Indexes a book that others fill, or that <see cref="Apply"/> fills; what was added to it is taken in with the next question.</summary>
    public OwnershipIndex(Book book) => Book = book;

    /// <summary>What counts where, and what a cut comes to.</summary>
    public Book Book { get; }

    /// <summary>Takes the next event in offset order.</summary>
    public void Apply(RecordedEvent recorded)
    {
        Book.Add(recorded);
        CatchUp();
    }

    public ShareRegister At(Cut cut)
    {
        CatchUp();
        var issuers = new SortedDictionary<CompanyId, IssuerRegister>();
        foreach (var issuer in _issuers.Keys)
        {
            if (At(cut, issuer) is { Events.Count: > 0 } register)
            {
                issuers.Add(issuer, register);
            }
        }

        return new(issuers);
    }

    /// <summary>Without events for a company that has issued nothing by then.</summary>
    public IssuerRegister At(Cut cut, CompanyId issuer)
    {
        CatchUp();
        var register = new IssuerRegister(issuer);
        if (!_issuers.TryGetValue(issuer, out var indexes))
        {
            return register;
        }

        var known = KnownPoint.Of(cut.AsKnown);
        foreach (var index in indexes.InOrder())
        {
            var recorded = Book.Recorded[index];
            if (recorded.Header.EffectiveAt > cut.AsOf)
            {
                break;
            }

            if (known.Sees(Book.VisibilityOf(index)))
            {
                register.Apply(recorded);
            }
        }

        return register;
    }

    private void CatchUp()
    {
        for (; _next < Book.Recorded.Count; _next++)
        {
            var recorded = Book.Recorded[_next];
            if (!ShareEvents.Concern(recorded.Event))
            {
                continue;
            }

            if (!_issuers.TryGetValue(recorded.Header.Emitter, out var indexes))
            {
                _issuers.Add(recorded.Header.Emitter, indexes = new(i => Book.Recorded[i].Key));
            }

            indexes.Add(_next);
        }
    }
}
