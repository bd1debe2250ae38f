using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>
/// The events that commitments are folded from, and no others: most of a book are payments that draw nothing. <see cref="CommitmentFold"/> of
/// its answer equals that of the whole book's.
/// </summary>
/// <param name="places">Where all events stand, these among them.</param>
public sealed class PromiseBook(EventPlaces places)
{
    private readonly List<(int Index, RecordedEvent Event)> _events = [];
    private (int Index, RecordedEvent Event)[] _published = [];

    /// <summary>Whether the fold of commitments looks at the event.</summary>
    public static bool Concerns(CompanyEvent fact) => fact is
        InvestmentCommitted or PurchaseCommitted or LoanCommitted or CommitmentReleased or DealSuperseded or DealCancelled
        or SharesIssued { Draws: not null } or ConvertibleRegistered { Draws: not null }
        or InvestmentMade { Draws: not null } or PurchasePaid { Draws: not null } or LoanDrawn { Draws: not null };

    /// <summary>What it holds, each with its event's place.</summary>
    public IReadOnlyList<(int Index, RecordedEvent Event)> Events => _events;

    /// <summary>Takes the event that the places took last.</summary>
    public void AddLast(RecordedEvent recorded) => Add(places.Count - 1, recorded);

    /// <summary>Takes an event that the places have, behind those that were taken before.</summary>
    public void Add(int index, RecordedEvent recorded) => _events.Add((index, recorded));

    /// <summary>For any thread: what was taken by now. O(promises) where some are new.</summary>
    public PromiseView Publish()
    {
        if (_published.Length != _events.Count)
        {
            _published = [.. _events];
        }

        return new(places.View(), _published);
    }

    /// <inheritdoc cref="PromiseView.At"/>
    public Counted At(Cut cut) => Publish().At(cut);
}

/// <summary>The promises at one moment of the book's: for any number of threads, and never changing.</summary>
public sealed class PromiseView
{
    private readonly PlacesView _places;
    private readonly (int Index, RecordedEvent Event)[] _events;

    internal PromiseView(PlacesView places, (int Index, RecordedEvent Event)[] events) => (_places, _events) = (places, events);

    /// <summary>The promises, draws and ends of deals that count at the cut, in fold order.</summary>
    public Counted At(Cut cut)
    {
        var known = _places.PointOf(cut.AsKnown);
        var counting = new List<RecordedEvent>();
        foreach (var (index, recorded) in _events)
        {
            if (recorded.Header.EffectiveAt <= cut.AsOf && known.Sees(_places.Places, index))
            {
                counting.Add(recorded);
            }
        }

        counting.Sort((left, right) => left.Key.CompareTo(right.Key));
        return new(_places, _places.Resolve(cut), counting, PostingOf);
    }

    /// <summary>A posting event that draws nothing is not here, and nobody asks for it: who draws by a step only asks whether its posting does.</summary>
    private RecordedEvent? PostingOf(StepId step)
    {
        if (_places.PostingOf(step) is not { } index)
        {
            return null;
        }

        var (low, high) = (0, _events.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _events[middle].Index < index ? (middle + 1, high) : (low, middle);
        }

        return low < _events.Length && _events[low].Index == index ? _events[low].Event : null;
    }
}
