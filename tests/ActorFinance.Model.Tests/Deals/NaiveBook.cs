namespace ActorFinance.Model.Tests.Deals;

/// <summary>
/// Section 5's invariants by the plainest fold there is: no code of the model's own folds, only the events. Checks after every event in fold
/// order, so at every effective time; K is how many events of the journal are taken.
/// </summary>
internal sealed class NaiveBook(IReadOnlyList<RecordedEvent> journal)
{
    private readonly Dictionary<CompanyId, CashPolicy> _policies = journal
        .Where(e => e.Event is CompanyRegistered)
        .ToDictionary(e => e.Header.Emitter, e => ((CompanyRegistered)e.Event).CashPolicy);

    private readonly Dictionary<(CompanyId, Currency), decimal> _cash = [];
    private readonly Dictionary<(CompanyId, Currency), decimal> _ownView = [];
    private readonly Dictionary<Currency, decimal> _external = [];
    private readonly Dictionary<(CompanyId, ShareClassId), NaiveClass> _classes = [];
    private readonly Dictionary<(CompanyId, WarrantId), NaiveWarrant> _warrants = [];
    private readonly Dictionary<(CompanyId, ConvertibleId), (HolderId Holder, bool Converted)> _convertibles = [];
    private readonly Dictionary<(CompanyId, CommitmentId), (DealId? Deal, decimal Outstanding)> _commitments = [];
    private readonly Dictionary<(CompanyId, GuaranteeId), (decimal Ceiling, decimal Called)> _guarantees = [];
    private readonly Dictionary<(CompanyId, DealId), string> _deals = [];

    public IReadOnlyDictionary<(CompanyId Issuer, ShareClassId Class), NaiveClass> Classes => _classes;

    /// <summary>State(all times, K): what counts at an offset, in fold order.</summary>
    public static List<RecordedEvent> At(IReadOnlyList<RecordedEvent> journal, Offset known)
    {
        var seen = journal.Where(e => e.Offset <= known).ToList();
        var posted = seen.Where(e => e.Header.Role == StepRole.Posting).ToDictionary(e => e.Header.Step!.Value);
        var voids = seen.Where(e => e.Event is EventVoided && (e.Header.Role != StepRole.Pending || posted.ContainsKey(e.Header.Step!.Value)));
        var voided = voids.Select(e => ((EventVoided)e.Event).Voided).ToHashSet();
        return [.. seen
            .Where(e => !voided.Contains(e.Header.Id))
            .Where(e => e.Header.Role != StepRole.Pending || (posted.TryGetValue(e.Header.Step!.Value, out var posting) && !voided.Contains(posting.Header.Id)))
            .OrderBy(e => e.Key)];
    }

    public static NaiveBook Check(IReadOnlyList<RecordedEvent> journal, Offset known)
    {
        var book = new NaiveBook(journal);
        var byId = journal.ToDictionary(e => e.Header.Id);
        var counted = At(journal, known);
        var counts = counted.Select(e => e.Header.Id).ToHashSet();
        StepsCountWholly(journal, known, counts);
        foreach (var recorded in counted)
        {
            book.Apply(recorded, byId, counts);
        }

        return book;
    }

    /// <summary>No cut sees one side of a step without the other.</summary>
    private static void StepsCountWholly(IReadOnlyList<RecordedEvent> journal, Offset known, HashSet<EventId> counts)
    {
        var sides = journal.Where(e => e.Offset <= known && e.Header.Role is StepRole.Pending or StepRole.Posting).ToLookup(e => e.Header.Step!.Value);
        foreach (var step in sides)
        {
            Require(step.Select(side => counts.Contains(side.Header.Id)).Distinct().Count() == 1, "half a step counts", step.Last());
        }
    }

    private void Apply(RecordedEvent recorded, Dictionary<EventId, RecordedEvent> byId, HashSet<EventId> counts)
    {
        var self = recorded.Header.Emitter;
        foreach (var (from, to, amount) in Flows(self, recorded.Event))
        {
            Flow(from, to, amount);
        }

        ApplyOwnView(recorded, self, byId, counts);
        ApplyShares(self, recorded.Event);
        ApplyPromises(recorded, self);
        CheckAll(recorded);
    }

    private static IEnumerable<(HolderId? From, HolderId? To, Money Amount)> Flows(CompanyId emitter, CompanyEvent fact)
    {
        HolderId? self = HolderId.Of(emitter);
        static HolderId? Of(CompanyId? company) => company is { } named ? HolderId.Of(named) : null;
        return fact switch
        {
            ExternalCashReceived e => [(null, self, e.Amount)],
            ExternalCashPaid e => [(self, null, e.Amount)],
            InvestmentMade { InKind: false } e => [(self, Of(e.Investee), e.Amount)],
            PurchasePaid { InKind: false } e => [(self, Of(e.Seller), e.Amount)],
            PurchaseRefunded { InKind: false } e => [(self, Of(e.Buyer), e.Amount)],
            TransferPaid e => [(self, Of(e.Payee), e.Amount)],
            SharesRepurchased { Amount: { } amount } e => [(self, e.Holder, amount)],
            DividendDeclared e => e.Shares.Select(share => (self, (HolderId?)share.Holder, share.Amount)),
            LoanDrawn e => [(self, Of(e.Borrower), e.Amount)],
            LoanRepaid e => [(self, Of(e.Lender), e.Amount)],
            InterestPaid e => [(self, Of(e.Lender), e.Amount)],
            GuaranteeCalled e => [(self, Of(e.Beneficiary), e.Amount)],
            StepPaid e => [(self, Of(e.Payee), e.Amount)],
            _ => [],
        };
    }

    private CompanyId? CompanyOf(HolderId? holder) => holder?.AsCompany() is { } company && _policies.ContainsKey(company) ? company : null;

    private void Flow(HolderId? from, HolderId? to, Money amount)
    {
        foreach (var (holder, sign) in new[] { (from, -1), (to, 1) })
        {
            if (CompanyOf(holder) is { } company)
            {
                Add(_cash, (company, amount.Currency), sign * amount.Amount);
            }
            else
            {
                Add(_external, amount.Currency, -sign * amount.Amount);
            }
        }
    }

    /// <summary>What a company that rejects a shortfall may count on: its own facts, and what it said that it received.</summary>
    private void ApplyOwnView(RecordedEvent recorded, CompanyId self, Dictionary<EventId, RecordedEvent> byId, HashSet<EventId> counts)
    {
        if (!_policies.TryGetValue(self, out var policy) || policy != CashPolicy.RejectShortfall)
        {
            return;
        }

        foreach (var (from, _, amount) in Flows(self, recorded.Event))
        {
            Add(_ownView, (self, amount.Currency), from == HolderId.Of(self) ? -amount.Amount : amount.Amount);
        }

        EventId? named = recorded.Event switch
        {
            ReceiptAcknowledged receipt => receipt.Payment,
            StepPosted posted => posted.PostingEvent,
            _ => null,
        };
        if (named is not { } payment || byId[payment].Header.Emitter == self)
        {
            return;
        }

        if (!counts.Contains(payment))
        {
            // The note that a step was posted stays when the step is voided; an acknowledgement goes with its payment.
            Require(recorded.Event is StepPosted, "a voided payment counts", recorded);
            return;
        }

        Require(byId[payment].Key < recorded.Key, "a receipt counts before its payment", recorded);
        foreach (var (_, to, amount) in Flows(byId[payment].Header.Emitter, byId[payment].Event))
        {
            if (to == HolderId.Of(self))
            {
                Add(_ownView, (self, amount.Currency), amount.Amount);
            }
        }
    }

    private void ApplyShares(CompanyId self, CompanyEvent fact)
    {
        switch (fact)
        {
            case ShareClassCreated e:
                var created = new NaiveClass(e.Decimals, e.Authorised?.Value);
                _classes.Add((self, e.Class), created);
                if (e.Notional)
                {
                    created.Issue(HolderId.Outside, 1_000_000);
                }

                break;
            case SharesIssued { FractionHeld: { } fraction } e:
                var notional = _classes[(self, e.Class)];
                var target = decimal.Round(fraction.Value * 1_000_000, notional.Decimals, MidpointRounding.ToEven);
                notional.Move(HolderId.Outside, e.Holder, target - notional.Held(e.Holder));
                break;
            case SharesIssued e:
                _classes[(self, e.Class)].Issue(e.Holder, e.Quantity!.Value.Value);
                break;
            case SharesTransferred e:
                _classes[(self, e.Class)].Move(e.From, e.To, e.Quantity.Value);
                break;
            case SharesRepurchased e:
                _classes[(self, e.Class)].Issue(e.Holder, -e.Quantity.Value);
                break;
            case SharesSplit e:
                var split = _classes[(self, e.Class)];
                split.Split(e.Numerator, e.Denominator);
                foreach (var warrant in _warrants.Where(w => w.Key.Item1 == self && w.Value.Class == e.Class))
                {
                    warrant.Value.Split(e.Numerator, e.Denominator, split.Decimals);
                }

                break;
            case WarrantGranted e:
                _warrants.Add((self, e.Warrant), new(e));
                break;
            case WarrantVested e:
                _warrants[(self, e.Warrant)].Vest(e.TrancheName);
                break;
            case WarrantExercised e:
                var exercised = _warrants[(self, e.Warrant)];
                exercised.Exercised += e.Quantity.Value;
                _classes[(self, exercised.Class)].Issue(exercised.Holder, e.Quantity.Value);
                break;
            case ConvertibleRegistered e:
                _convertibles.Add((self, e.Convertible), (e.Holder, false));
                break;
            case ConvertibleConverted e:
                var (holder, converted) = _convertibles[(self, e.Convertible)];
                Require(!converted, "converted twice", e);
                _convertibles[(self, e.Convertible)] = (holder, true);
                _classes[(self, e.Class)].Issue(holder, e.Quantity.Value);
                break;
        }
    }

    private void ApplyPromises(RecordedEvent recorded, CompanyId self)
    {
        switch (recorded.Event)
        {
            case InvestmentCommitted { Terms: var terms }:
                _commitments.Add((self, terms.Commitment), (recorded.Header.Deal, terms.Amount.Amount));
                break;
            case PurchaseCommitted { Terms: var terms }:
                _commitments.Add((self, terms.Commitment), (recorded.Header.Deal, terms.Amount.Amount));
                break;
            case LoanCommitted { Terms: var terms }:
                _commitments.Add((self, terms.Commitment), (recorded.Header.Deal, terms.Amount.Amount));
                break;
            case CommitmentReleased e:
                Draw(self, e.Commitment, e.Amount);
                break;
            case InvestmentMade { Draws: { } draws } e:
                Draw(self, draws, e.Amount);
                break;
            case PurchasePaid { Draws: { } draws } e:
                Draw(self, draws, e.Amount);
                break;
            case LoanDrawn { Draws: { } draws } e:
                Draw(self, draws, e.Amount);
                break;
            case SharesIssued { Draws: { } draws, Payer: null } e:
                Draw(self, draws, e.Amount!.Value);
                break;
            case ConvertibleRegistered { Draws: { } draws, Payer: null } e:
                Draw(self, draws, e.Principal);
                break;
            case GuaranteeGiven e:
                _guarantees.Add((self, e.Guarantee), (e.Ceiling.Amount, 0));
                break;
            case GuaranteeCalled e:
                var (ceiling, called) = _guarantees[(self, e.Guarantee)];
                _guarantees[(self, e.Guarantee)] = (ceiling, called + e.Amount.Amount);
                Require(called + e.Amount.Amount <= ceiling, "called above the ceiling", recorded);
                break;
            case DealAnnounced:
                Require(_deals.TryAdd((self, recorded.Header.Deal!.Value), "announced"), "announced twice", recorded);
                break;
            case DealContracted:
                _deals.GetValueOrDefault((self, recorded.Header.Deal!.Value), "announced").ShouldBe("announced");
                _deals[(self, recorded.Header.Deal!.Value)] = "contracted";
                break;
            case DealSuperseded or DealCancelled or DealCompleted:
                _deals[(self, recorded.Header.Deal!.Value)].ShouldBeOneOf("announced", "contracted");
                _deals[(self, recorded.Header.Deal!.Value)] = "ended";
                if (recorded.Event is not DealCompleted)
                {
                    foreach (var (id, _) in _commitments.Where(c => c.Key.Item1 == self && c.Value.Deal == recorded.Header.Deal).ToList())
                    {
                        _commitments[id] = (recorded.Header.Deal, 0);
                    }
                }

                break;
        }
    }

    private void Draw(CompanyId self, CommitmentId id, Money amount)
    {
        var (deal, outstanding) = _commitments[(self, id)];
        _commitments[(self, id)] = (deal, outstanding - amount.Amount);
    }

    private void CheckAll(RecordedEvent recorded)
    {
        foreach (var currency in _cash.Keys.Select(key => key.Item2).Union(_external.Keys))
        {
            Require(_cash.Where(cash => cash.Key.Item2 == currency).Sum(cash => cash.Value) == _external.GetValueOrDefault(currency), "cash leaks", recorded);
        }

        foreach (var ((company, _), cash) in _cash)
        {
            Require(cash >= 0 || _policies[company] != CashPolicy.RejectShortfall, "cash below 0", recorded);
        }

        Require(_ownView.Values.All(cash => cash >= 0), "what a company counts on is below 0", recorded);

        Require(_classes.Values.All(share => share.HoldingsAreNotNegative), "a holding is below 0", recorded);
        Require(_classes.Values.All(share => share.HoldingsAreWhatIsOutstanding), "holdings do not add up", recorded);
        Require(_classes.Values.All(share => share.IsWithinAuthorised), "more is outstanding than authorised", recorded);
        Require(_warrants.Values.All(warrant => warrant.Exercised <= warrant.Vested), "more is exercised than vested", recorded);
        Require(_commitments.Values.All(commitment => commitment.Outstanding >= 0), "more is drawn than committed", recorded);
    }

    /// <summary>The message is only made for what is wrong: these checks run a great many times.</summary>
    private static void Require(bool holds, string rule, object recorded)
    {
        if (!holds)
        {
            throw new ShouldAssertException($"{rule} after {recorded}");
        }
    }

    private static void Add<TKey>(Dictionary<TKey, decimal> sums, TKey key, decimal amount)
        where TKey : notnull =>
        sums[key] = sums.GetValueOrDefault(key) + amount;
}

internal sealed class NaiveClass(int decimals, decimal? authorised)
{
    private readonly Dictionary<HolderId, decimal> _held = [];
    private decimal? _authorised = authorised;
    private decimal _outstanding;

    public int Decimals => decimals;

    public IReadOnlyDictionary<HolderId, decimal> Holdings => _held;

    public decimal Held(HolderId holder) => _held.GetValueOrDefault(holder);

    public void Issue(HolderId holder, decimal quantity)
    {
        _outstanding += quantity;
        _held[holder] = Held(holder) + quantity;
    }

    public void Move(HolderId from, HolderId to, decimal quantity)
    {
        _held[from] = Held(from) - quantity;
        _held[to] = Held(to) + quantity;
    }

    public void Split(int numerator, int denominator)
    {
        foreach (var holder in _held.Keys.ToList())
        {
            _held[holder] = Rounded(_held[holder], numerator, denominator, decimals);
        }

        _outstanding = _held.Values.Sum();
        _authorised = _authorised is { } limit ? Rounded(limit, numerator, denominator, decimals) : null;
    }

    public bool HoldingsAreNotNegative => _held.Values.All(held => held >= 0);

    public bool HoldingsAreWhatIsOutstanding => _held.Values.Sum() == _outstanding;

    public bool IsWithinAuthorised => _authorised is not { } limit || _outstanding <= limit;

    /// <summary>Exact for the small numbers of these tests: the product is an integer multiple of the unit before the one division.</summary>
    public static decimal Rounded(decimal quantity, int numerator, int denominator, int decimals)
    {
        var product = quantity * numerator;
        var unit = (decimal)Math.Pow(10, decimals);
        var units = product * unit;
        var whole = decimal.Floor(units / denominator);
        var rest = units - (whole * denominator);
        var up = (rest * 2) > denominator || (rest * 2 == denominator && whole % 2 != 0);
        return (up ? whole + 1 : whole) / unit;
    }
}

internal sealed class NaiveWarrant(WarrantGranted granted)
{
    private readonly Dictionary<string, decimal> _unvested = granted.Tranches.ToDictionary(t => t.Name, t => t.Quantity.Value);

    public HolderId Holder => granted.Holder;

    public ShareClassId Class => granted.Class;

    public decimal Vested { get; private set; }

    public decimal Exercised { get; set; }

    public void Vest(string tranche)
    {
        _unvested.Remove(tranche, out var quantity).ShouldBeTrue("a tranche vests twice");
        Vested += quantity;
    }

    public void Split(int numerator, int denominator, int decimals)
    {
        Vested = NaiveClass.Rounded(Vested, numerator, denominator, decimals);
        Exercised = NaiveClass.Rounded(Exercised, numerator, denominator, decimals);
        foreach (var name in _unvested.Keys.ToList())
        {
            _unvested[name] = NaiveClass.Rounded(_unvested[name], numerator, denominator, decimals);
        }
    }
}
