using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>
/// The book while the clock runs: the companies, which decide, and what expressions ask of the events so far. A fork goes on from a state without
/// changing it, so that any number of runs share one history.
/// </summary>
internal sealed class ModelState
{
    private readonly ModelState? _history;
    private readonly StateQuestions _questions;
    private readonly Func<CompanyId, CompanyState> _companies;
    private readonly Dictionary<(CompanyId Company, Currency Currency), decimal> _cash = [];
    private readonly Dictionary<(CompanyId Borrower, CompanyId Lender, Currency Currency), decimal> _owed = [];
    private readonly HashSet<(CompanyId Company, string Milestone)> _milestones = [];
    private readonly PriceBoard _prices;

    private ModelState(StateQuestions questions, Func<CompanyId, CompanyState> companies, ModelState? history)
    {
        _history = history;
        _questions = questions;
        _companies = companies;
        _prices = new(history?._prices);
        Flows = history?.Flows.Fork() ?? FlowSums.Empty(questions.Flows);
    }

    public FlowSums Flows { get; }

    /// <param name="questions">What expressions ask.</param>
    /// <param name="companies">Each company as it is now.</param>
    public static ModelState Empty(StateQuestions questions, Func<CompanyId, CompanyState> companies) => new(questions, companies, history: null);

    public ModelState Fork(Func<CompanyId, CompanyState> companies) => new(_questions, companies, this);

    public decimal Cash(CompanyId company, Currency currency) =>
        _cash.TryGetValue((company, currency), out var cash) ? cash : _history?.Cash(company, currency) ?? 0;

    public decimal Owed(CompanyId borrower, CompanyId lender, Currency currency) =>
        _owed.TryGetValue((borrower, lender, currency), out var owed) ? owed : _history?.Owed(borrower, lender, currency) ?? 0;

    public bool HasReached(CompanyId company, string milestone) =>
        _milestones.Contains((company, milestone)) || _history?.HasReached(company, milestone) == true;

    public decimal StakeOf(HolderId holder, CompanyId issuer)
    {
        var standing = StandingOf(issuer);
        var outstanding = standing.OutstandingAsConverted();
        if (outstanding.Sign == 0)
        {
            return 0;
        }

        var held = ExactRatio.Zero;
        foreach (var share in standing.Classes.Values)
        {
            held += ExactRatio.Of(share.HeldBy(holder)) * share.ConversionRatio;
        }

        return (held / outstanding).Round(27)!.Value;
    }

    /// <summary>Of one class, or of all.</summary>
    public decimal SharesOf(HolderId holder, CompanyId issuer, ShareClassId? of) =>
        StandingOf(issuer).Classes.Where(share => of is null || share.Key == of).Sum(share => share.Value.HeldBy(holder));

    /// <summary>As converted to common.</summary>
    public decimal OutstandingShares(CompanyId issuer) =>
        StandingOf(issuer).OutstandingAsConverted().Round(ShareQuantity.MaximumDecimals) ?? throw new OverflowException($"shares outstanding of '{issuer}' are more than a decimal holds");

    public (decimal Amount, Currency Currency)? PriceOf(CompanyId issuer, ShareClassId? of) => _prices.Of(issuer, of, StandingOf(issuer));

    public decimal Outstanding(CompanyId company, CommitmentId? commitment, DealId? deal, Currency currency)
    {
        var commitments = StandingOf(company).Commitments;
        if (commitment is { } one)
        {
            return commitments.TryGetValue(one, out var its) ? its.Outstanding.Amount : 0;
        }

        return commitments.Values.Where(its => its.Outstanding.Currency == currency && (deal is null || its.Deal == deal)).Sum(its => its.Outstanding.Amount);
    }

    public decimal Exercisable(CompanyId issuer, WarrantId warrant) =>
        StandingOf(issuer).Warrants.TryGetValue(warrant, out var its) && its.EndedAt is null ? its.Vested - its.Exercised : 0;

    public decimal Available(CompanyId guarantor, GuaranteeId guarantee, Currency currency) =>
        StandingOf(guarantor).Guarantees.TryGetValue(guarantee, out var its) && its.Ceiling.Currency == currency ? its.Ceiling.Amount - its.Called.Amount : 0;

    /// <summary>Takes an event that counts, in fold order.</summary>
    public void Take(EventEnvelope envelope)
    {
        var (company, at) = (envelope.Header.Emitter, envelope.Header.EffectiveAt);
        foreach (var movement in Movements.Of(envelope, IsCompany))
        {
            Move(movement);
            Flows.Add(at, movement);
        }

        switch (envelope.Event)
        {
            case PurchaseDelivered delivered:
                Flows.Add(at, company, delivered);
                break;
            case MilestoneReached reached:
                _milestones.Add((company, reached.Milestone));
                break;
            case LoanDrawn drawn:
                Owe(drawn.Borrower, company, drawn.Amount, 1);
                break;
            case LoanRepaid repaid:
                Owe(company, repaid.Lender, repaid.Amount, -1);
                break;
            default:
                break;
        }
    }

    /// <summary>What the event says of the issuer's price; asked only of issuers whose price is asked for.</summary>
    public void TakePrice(EventEnvelope envelope, CompanyState after)
    {
        if (_questions.Priced.Contains(envelope.Header.Emitter))
        {
            _prices.Take(envelope.Header.Emitter, envelope.Event, after.Ledger.End);
        }
    }

    private Standing StandingOf(CompanyId company) => _companies(company).Ledger.End;

    private bool IsCompany(HolderId holder) => holder.AsCompany() is { } company && _companies(company).IsRegistered;

    private void Move(CashMovement movement)
    {
        if (movement.InKind)
        {
            return;
        }

        var currency = movement.Amount.Currency;
        if (movement.From is { } from)
        {
            _cash[(from, currency)] = Cash(from, currency) - movement.Amount.Amount;
        }

        if (movement.To is { } to)
        {
            _cash[(to, currency)] = Cash(to, currency) + movement.Amount.Amount;
        }
    }

    private void Owe(CompanyId borrower, CompanyId lender, Money amount, int sign) =>
        _owed[(borrower, lender, amount.Currency)] = Owed(borrower, lender, amount.Currency) + (sign * amount.Amount);
}
