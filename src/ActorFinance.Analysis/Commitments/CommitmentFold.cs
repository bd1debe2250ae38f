using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>A draw of more than was open, or of what is not there.</summary>
public sealed record Overdraw(RecordedEvent Event, CompanyId Emitter, CommitmentId Commitment, Money Asked, decimal Open);

/// <summary>
/// The commitments at a cut, by one pass over the events that count. Superseding or cancelling a deal releases what is open under it, whoever
/// committed it. Money that moves after that all the same was not released: it is taken back out of what the deal's end had released.
/// </summary>
public sealed class CommitmentFold
{
    private readonly Dictionary<DealId, List<Running>> _byDeal = [];
    private readonly List<Overdraw> _overdraws = [];

    // Null while there is none: a book without promises is not to pay for sorting them.
    private SortedDictionary<(CompanyId, CommitmentId), Running>? _commitments;

    private CommitmentFold()
    {
    }

    /// <summary>By emitter, then id.</summary>
    public IReadOnlyList<Commitment> All { get; private set; } = [];

    /// <summary>In fold order: each left its commitment below zero, or named none.</summary>
    public IReadOnlyList<Overdraw> Overdraws => _overdraws;

    public static CommitmentFold Of(Counted counted)
    {
        var fold = new CommitmentFold();
        foreach (var recorded in counted.Events)
        {
            fold.Apply(recorded, counted);
        }

        fold.All = fold._commitments is { } all ? [.. all.Values.Select(c => c.ToCommitment())] : [];
        return fold;
    }

    private void Apply(RecordedEvent recorded, Counted counted)
    {
        var self = recorded.Header.Emitter;
        switch (recorded.Event)
        {
            case InvestmentCommitted e:
                Commit(recorded, e.Terms, FlowKind.Investment);
                break;
            case PurchaseCommitted e:
                Commit(recorded, e.Terms, FlowKind.Purchase);
                break;
            case LoanCommitted e:
                Commit(recorded, e.Terms, FlowKind.Loan);
                break;
            case CommitmentReleased e:
                Take(recorded, self, e.Commitment, e.Amount, counted, (c, amount) => c.Release(recorded, amount));
                break;
            case DealSuperseded or DealCancelled when recorded.Header.Deal is { } deal:
                foreach (var commitment in _byDeal.GetValueOrDefault(deal) ?? [])
                {
                    commitment.ReleaseRest(recorded);
                }

                break;
            default:
                if (Draw.Of(recorded, counted) is { } draw)
                {
                    Take(recorded, draw.Emitter, draw.Commitment, draw.Amount, counted, (c, amount) => c.Draw(recorded, amount));
                }

                break;
        }
    }

    private void Commit(RecordedEvent recorded, CommitmentTerms terms, FlowKind kind)
    {
        var commitment = new Running(recorded, terms, kind);
        if (!(_commitments ??= []).TryAdd((recorded.Header.Emitter, terms.Commitment), commitment) || commitment.Deal is not { } deal)
        {
            return;
        }

        if (!_byDeal.TryGetValue(deal, out var list))
        {
            _byDeal.Add(deal, list = []);
        }

        list.Add(commitment);
    }

    private void Take(RecordedEvent recorded, CompanyId emitter, CommitmentId id, Money amount, Counted counted, Action<Running, decimal> take)
    {
        if (_commitments?.GetValueOrDefault((emitter, id)) is not { } commitment || commitment.Currency != amount.Currency)
        {
            counted.Lacks(recorded, $"commitment {id} of {emitter} in {amount.Currency}");
            _overdraws.Add(new(recorded, emitter, id, amount, 0));
            return;
        }

        var open = commitment.Drawable;
        take(commitment, amount.Amount);
        if (commitment.Outstanding < 0)
        {
            counted.Lacks(recorded, $"{Numbers.Text(amount.Amount - open)} {amount.Currency} of commitment {id} of {emitter}");
            _overdraws.Add(new(recorded, emitter, id, amount, open));
        }
    }

    private sealed class Running(RecordedEvent recorded, CommitmentTerms terms, FlowKind kind)
    {
        private readonly List<EventId> _events = [recorded.Header.Id];
        private decimal _drawn;
        private decimal _released;
        private decimal _releasedByDeal;

        public DealId? Deal => recorded.Header.Deal;

        public Currency Currency => terms.Amount.Currency;

        public decimal Outstanding => terms.Amount.Amount - _drawn - _released - _releasedByDeal;

        /// <summary>What can be drawn or released without going below zero.</summary>
        public decimal Drawable => Math.Max(0, Outstanding + _releasedByDeal);

        public void Draw(RecordedEvent by, decimal amount)
        {
            _drawn += amount;
            TakeBack(by);
        }

        public void Release(RecordedEvent by, decimal amount)
        {
            _released += amount;
            TakeBack(by);
        }

        public void ReleaseRest(RecordedEvent by)
        {
            if (Outstanding > 0)
            {
                _releasedByDeal += Outstanding;
                _events.Add(by.Header.Id);
            }
        }

        public Commitment ToCommitment() =>
            new(
                recorded.Header.Emitter,
                terms,
                kind,
                Deal,
                recorded.Key,
                Numbers.Normalise(_drawn),
                Numbers.Normalise(_released + _releasedByDeal),
                _events.ToValueList());

        private void TakeBack(RecordedEvent by)
        {
            _events.Add(by.Header.Id);
            if (Outstanding < 0)
            {
                _releasedByDeal -= Math.Min(_releasedByDeal, -Outstanding);
            }
        }
    }
}
