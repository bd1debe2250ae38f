using System.Collections.Concurrent;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Scenarios.Agreements;

/// <summary>
/// What a simulation starts from: the facts of a book that count at (T, K), and nothing at all for an empty one. Never written to; any number of runs,
/// on any threads, share it.
/// </summary>
public sealed class History
{
    private readonly ConcurrentDictionary<CompanyId, CompanyState> _states = new();
    private readonly ILookup<CompanyId, EventEnvelope> _byCompany;
    private readonly Dictionary<StepId, EventId> _postings;

    private History(IReadOnlyList<RecordedEvent> recorded, ResolvedCut? cut, IReadOnlyList<Misfit> misfits)
    {
        Misfits = misfits;
        Cut = cut;
        Recorded = recorded;

        Events = [.. CompanyFacts.InOrder(recorded).Select(each => each.Envelope)];
        _byCompany = Events.ToLookup(envelope => envelope.Header.Emitter);
        _postings = Events.Where(envelope => envelope.Header is { Role: StepRole.Posting, Step: not null }).ToDictionary(envelope => envelope.Header.Step!.Value, envelope => envelope.Header.Id);
        End = cut?.AsOf is { } asOf && asOf != Instant.Maximum ? asOf : Events.Count == 0 ? Instant.Minimum : Events[^1].Header.EffectiveAt;
        LastRecordedAt = Events.Count == 0 ? Instant.Minimum : Events.Max(envelope => envelope.Header.RecordedAt);
        Currencies = Events
            .Where(envelope => envelope.Event is CompanyRegistered)
            .ToDictionary(envelope => envelope.Header.Emitter, envelope => ((CompanyRegistered)envelope.Event).Currency);
        Commands = Events.Select(envelope => envelope.Header.Command).ToHashSet();
    }

    /// <summary>An empty book.</summary>
    public static History Empty { get; } = new([], cut: null, []);

    /// <summary>The point that the history stands on; null for an empty book.</summary>
    public ResolvedCut? Cut { get; }

    /// <summary>The facts in offset order.</summary>
    public IReadOnlyList<RecordedEvent> Recorded { get; }

    /// <summary>Facts that were known at the cut before what they rest on: left out, since no company could decide on them.</summary>
    public IReadOnlyList<Misfit> Misfits { get; }

    /// <summary>The cut's effective time; for a cut at all times that of the last fact.</summary>
    public Instant End { get; }

    internal IReadOnlyList<EventEnvelope> Events { get; }

    internal Instant LastRecordedAt { get; }

    internal Dictionary<CompanyId, Currency> Currencies { get; }

    internal HashSet<CommandId> Commands { get; }

    /// <summary>The facts that count at the cut; voids and refused steps have had their effect by then.</summary>
    public static History Of(Book book, Cut cut)
    {
        var counted = book.At(cut);

        // A registration holds wherever a fact names the company, whenever it was recorded.
        var counts = counted.Events.Where(recorded => recorded.Event is CompanyRegistered).Select(recorded => recorded.Offset).ToHashSet();
        var registered = book.Recorded.Where(recorded => recorded.Event is CompanyRegistered && !counts.Contains(recorded.Offset) && counted.IsCompany(HolderId.Of(recorded.Header.Emitter)));
        List<RecordedEvent> facts = [.. counted.Events.Where(recorded => recorded.Event is not (EventVoided or StepRefused)).Concat(registered).OrderBy(recorded => recorded.Offset)];

        // A cut by offset keeps every invariant; one by known time may not.
        var (left, misfits) = cut.AsKnown is AsKnown.AtTime ? BranchMisfits.Remove(facts) : (facts, []);
        return new(left, counted.Resolved, misfits);
    }

    /// <summary>The company as its facts make it, without the ids that it has taken: a run takes its own.</summary>
    internal CompanyState StateOf(CompanyId company) => _states.GetOrAdd(company, Folded);

    private CompanyState Folded(CompanyId company) => CompanyFacts.StateOf(company, _byCompany[company], step => _postings[step]);
}
