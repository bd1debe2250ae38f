using System.Collections.Immutable;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Share events kept by issuer in fold order, so that any cut is answered from them alone (see <see cref="IssuerSnapshot"/>).
/// Must equal <see cref="ShareRegister.Fold"/> over <see cref="ReferenceFold"/> exactly. One writer; other threads ask
/// <see cref="Published"/>, which never changes and takes no lock.
/// </summary>
public sealed class OwnershipIndex
{
    private readonly Dictionary<CompanyId, IssuerHistory> _issuers = [];
    private readonly Dictionary<EventId, int> _places = [];
    private readonly Dictionary<StepId, List<int>> _steps = [];
    private readonly Dictionary<StepId, List<EventId>> _voidsOfSteps = [];
    private readonly HashSet<CompanyId> _changed = [];
    private OwnershipSnapshot _published = OwnershipSnapshot.Empty;
    private int _next;

    public OwnershipIndex()
        : this(new Book())
    {
    }

    /// <summary>Indexes a book that others fill, or that <see cref="Apply"/> fills; what was added to it is taken in with the next question.</summary>
    public OwnershipIndex(Book book) => Book = book;

    /// <summary>What counts where, and what a cut comes to. The writer's own.</summary>
    public Book Book { get; }

    /// <summary>As of the last <see cref="Publish"/>; for any thread.</summary>
    public OwnershipSnapshot Published => Volatile.Read(ref _published);

    /// <summary>Takes the next event in offset order.</summary>
    public void Apply(RecordedEvent recorded)
    {
        Book.Add(recorded);
        CatchUp();
    }

    /// <summary>
    /// Shows other threads all that was taken in: O(issuers that changed), and for an issuer with late or voided events O(its share events). Call it
    /// once a batch.
    /// </summary>
    public OwnershipSnapshot Publish()
    {
        CatchUp();
        if (_changed.Count > 0)
        {
            var issuers = Published.Issuers.SetItems(_changed.Select(id => KeyValuePair.Create(id, _issuers[id].Publish(Book))));
            Volatile.Write(ref _published, new(issuers));
            _changed.Clear();
        }

        return Published;
    }

    /// <summary>Asked by the writer: publishes first.</summary>
    public ShareRegister At(Cut cut) => Publish().At(cut);

    /// <summary>Asked by the writer: publishes first. Without events for a company that has issued nothing by then.</summary>
    public IssuerRegister At(Cut cut, CompanyId issuer) => Publish().At(cut, issuer);

    private void CatchUp()
    {
        for (; _next < Book.Recorded.Count; _next++)
        {
            var recorded = Book.Recorded[_next];
            if (ShareEvents.Concern(recorded.Event))
            {
                Take(recorded, _next);
            }

            Touch(recorded);
        }
    }

    private void Take(RecordedEvent recorded, int index)
    {
        if (!_issuers.TryGetValue(recorded.Header.Emitter, out var history))
        {
            _issuers.Add(recorded.Header.Emitter, history = new(recorded.Header.Emitter));
        }

        history.Add(Book, index);
        _changed.Add(recorded.Header.Emitter);
        _places.Add(recorded.Header.Id, index);
        if (recorded.Header.Step is { } step)
        {
            Of(_steps, step).Add(index);
        }
    }

    /// <summary>
    /// Share events that may count elsewhere since this event: what it voids, with the step that this had posted; and the members of its own step,
    /// with what those of them void that had to wait for it.
    /// </summary>
    private void Touch(RecordedEvent recorded)
    {
        if (recorded.Header.Step is { } step)
        {
            TouchStep(step);
            foreach (var named in _voidsOfSteps.GetValueOrDefault(step) ?? [])
            {
                TouchVoided(named);
            }
        }

        if (recorded.Event is EventVoided { Voided: var voided })
        {
            TouchVoided(voided);
            if (recorded.Header.Step is { } own)
            {
                Of(_voidsOfSteps, own).Add(voided);
            }
        }
    }

    private void TouchVoided(EventId named)
    {
        if (_places.TryGetValue(named, out var index))
        {
            TouchOne(index);
        }

        if (Book.Find(named)?.Header.Step is { } step)
        {
            TouchStep(step);
        }
    }

    private void TouchStep(StepId step)
    {
        foreach (var index in _steps.GetValueOrDefault(step) ?? [])
        {
            TouchOne(index);
        }
    }

    private void TouchOne(int index)
    {
        var emitter = Book.Recorded[index].Header.Emitter;
        _issuers[emitter].Touch(index);
        _changed.Add(emitter);
    }

    private static List<T> Of<T>(Dictionary<StepId, List<T>> steps, StepId step)
    {
        if (!steps.TryGetValue(step, out var members))
        {
            steps.Add(step, members = []);
        }

        return members;
    }
}

/// <summary>The index at one moment of its writer's: answers any number of threads and never changes.</summary>
public sealed class OwnershipSnapshot
{
    internal OwnershipSnapshot(ImmutableSortedDictionary<CompanyId, IssuerSnapshot> issuers) => Issuers = issuers;

    public static OwnershipSnapshot Empty { get; } = new(ImmutableSortedDictionary<CompanyId, IssuerSnapshot>.Empty);

    internal ImmutableSortedDictionary<CompanyId, IssuerSnapshot> Issuers { get; }

    /// <summary>All issuers: the sum of what each takes.</summary>
    public ShareRegister At(Cut cut)
    {
        var issuers = new SortedDictionary<CompanyId, IssuerRegister>();
        foreach (var (issuer, snapshot) in Issuers)
        {
            if (snapshot.At(cut) is { } register)
            {
                issuers.Add(issuer, register);
            }
        }

        return new(issuers);
    }

    /// <summary>One issuer: O(its share events up to the cut). Without events for a company that has issued nothing by then.</summary>
    public IssuerRegister At(Cut cut, CompanyId issuer) =>
        (Issuers.TryGetValue(issuer, out var snapshot) ? snapshot.At(cut) : null) ?? new IssuerRegister(issuer);
}
