using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// The shares of one issuer after some of its share events, applied in fold order. It never judges: the writer has. An event that does not
/// fit, which happens only at a known-time cut, is listed under <see cref="Ungrounded"/> and applied as far as it goes: a transfer or
/// repurchase of more than is there takes what is there, an exercise before its vesting issues what it says, and what names a class, warrant or
/// convertible that is not known does nothing.
/// </summary>
public sealed class IssuerRegister
{
    private readonly Func<ShareClassId, HoldingBook> _holdings;
    private readonly Func<IReadOnlyList<RecordedEvent>>? _allEvents;
    private readonly SortedDictionary<ShareClassId, ClassRegister> _classes = [];
    private readonly SortedDictionary<WarrantId, GrantedWarrant> _warrants = [];
    private readonly SortedDictionary<ConvertibleId, OpenConvertible> _convertibles = [];
    private readonly List<RecordedEvent> _events = [];
    private readonly List<Ungrounded> _ungrounded = [];
    private RecordedPrice? _lastCommonPrice;
    private IReadOnlyList<RecordedEvent>? _listed;

    public IssuerRegister(CompanyId issuer)
        : this(issuer, _ => new PlainHoldings(), null)
    {
    }

    /// <summary>For a fold that applies most events to the holdings itself, and lists all of them only when it is asked to.</summary>
    internal IssuerRegister(CompanyId issuer, Func<ShareClassId, HoldingBook> holdings, Func<IReadOnlyList<RecordedEvent>>? allEvents)
    {
        Issuer = issuer;
        _holdings = holdings;
        _allEvents = allEvents;
    }

    public CompanyId Issuer { get; }

    /// <summary>By id.</summary>
    public IReadOnlyCollection<ClassRegister> Classes => _classes.Values;

    /// <summary>By id; those exercised in full or lapsed too.</summary>
    public IReadOnlyCollection<GrantedWarrant> Warrants => _warrants.Values;

    /// <summary>By id.</summary>
    public IReadOnlyCollection<OpenConvertible> Convertibles => _convertibles.Values;

    /// <summary>The issuer's share events applied so far, in fold order.</summary>
    public IReadOnlyList<RecordedEvent> Events => _allEvents is null ? _events : _listed ??= _allEvents();

    public IReadOnlyList<Ungrounded> Ungrounded => _ungrounded;

    /// <summary>Shares of all classes as converted to common.</summary>
    public decimal OutstandingAsConverted => _classes.Values.Sum(c => c.Outstanding * c.ConversionRatio);

    public ClassRegister? Class(ShareClassId id) => _classes.GetValueOrDefault(id);

    public void Apply(RecordedEvent recorded)
    {
        _events.Add(recorded);
        switch (recorded.Event)
        {
            case ShareClassCreated e: Create(e, recorded); break;
            case SharesIssued e: Issue(e, recorded); break;
            case PoolReserved e: ClassOr(e.Class, recorded)?.Reserve(e.Quantity.Value, Place); break;
            case SharesTransferred e: Transfer(e, recorded); break;
            case SharesRepurchased e: Repurchase(e, recorded); break;
            case SharesSplit e: Split(e, recorded); break;
            case WarrantGranted e: Grant(e, recorded); break;
            case WarrantVested e: Vest(e, recorded); break;
            case WarrantExercised e: Exercise(e, recorded); break;
            case WarrantLapsed e: WarrantOr(e.Warrant, recorded)?.Lapse(Place); break;
            case ConvertibleRegistered e: Register(e, recorded); break;
            case ConvertibleConverted e: Convert(e, recorded); break;
            case ValuationRecorded e: Value(e, recorded); break;
            default: throw new InvalidOperationException($"{recorded.Event.GetType().Name} at offset {recorded.Offset} is no share event");
        }
    }

    /// <summary>The same with the events behind each holding at hand: itself, or folded once more from its events.</summary>
    internal IssuerRegister Plainly()
    {
        if (_allEvents is null)
        {
            return this;
        }

        var plain = new IssuerRegister(Issuer);
        foreach (var recorded in Events)
        {
            plain.Apply(recorded);
        }

        return plain;
    }

    /// <summary>As it stands, in books of its own. Which events are behind a holding only <paramref name="allEvents"/> says.</summary>
    internal IssuerRegister Copy(Func<ShareClassId, HoldingBook> holdings, Func<IReadOnlyList<RecordedEvent>> allEvents)
    {
        var copy = new IssuerRegister(Issuer, holdings, allEvents) { _lastCommonPrice = _lastCommonPrice };
        foreach (var (id, shares) in _classes)
        {
            copy._classes.Add(id, shares.Copy(holdings(id)));
        }

        foreach (var (id, warrant) in _warrants)
        {
            copy._warrants.Add(id, warrant.Copy());
        }

        foreach (var (id, convertible) in _convertibles)
        {
            copy._convertibles.Add(id, convertible.Copy());
        }

        copy._ungrounded.AddRange(_ungrounded);
        return copy;
    }

    private int Place => _events.Count - 1;

    private void Create(ShareClassCreated created, RecordedEvent recorded)
    {
        if (_classes.ContainsKey(created.Class))
        {
            Lacks(recorded, $"class {created.Class} exists already");
            return;
        }

        var added = new ClassRegister(created, _holdings(created.Class), Place);
        added.LastPrice = _lastCommonPrice?.Of(added.ConversionRatio);
        _classes.Add(created.Class, added);
    }

    private void Issue(SharesIssued issued, RecordedEvent recorded)
    {
        if (ClassOr(issued.Class, recorded) is not { } shares)
        {
            return;
        }

        if (issued.FractionHeld is { } fraction)
        {
            GiveFromOutside(shares, issued.Holder, fraction, recorded);
        }
        else
        {
            shares.Add(issued.Holder, issued.Quantity?.Value ?? 0, Place);
        }

        if (issued.PricePerShare is { } price)
        {
            shares.LastPrice = RecordedPrice.OfIssue(price, recorded);
        }
    }

    /// <summary>The holder then has this fraction of the class's units; what is missing comes from the outside, what is too much goes back to it.</summary>
    private void GiveFromOutside(ClassRegister shares, HolderId holder, Fraction fraction, RecordedEvent recorded)
    {
        if (!shares.Notional || holder.IsOutside)
        {
            Lacks(recorded, $"a fraction is held by somebody named, of a notional class: not by {holder} of {shares.Class}");
            return;
        }

        var missing = ExactRatio.Scaled(fraction.Value, shares.Outstanding, 1, shares.Decimals) - shares.HeldBy(holder);
        var (from, to) = missing > 0 ? (HolderId.Outside, holder) : (holder, HolderId.Outside);
        Move(shares, from, to, Math.Abs(missing), recorded);
    }

    private void Transfer(SharesTransferred transferred, RecordedEvent recorded)
    {
        if (ClassOr(transferred.Class, recorded) is { } shares)
        {
            Move(shares, transferred.From, transferred.To, transferred.Quantity.Value, recorded);
        }
    }

    private void Move(ClassRegister shares, HolderId from, HolderId to, decimal quantity, RecordedEvent recorded)
    {
        var taken = TakeOr(shares, from, quantity, recorded);
        if (taken > 0)
        {
            shares.Add(to, taken, Place);
        }
    }

    private void Repurchase(SharesRepurchased repurchased, RecordedEvent recorded)
    {
        if (ClassOr(repurchased.Class, recorded) is { } shares)
        {
            TakeOr(shares, repurchased.Holder, repurchased.Quantity.Value, recorded);
        }
    }

    private decimal TakeOr(ClassRegister shares, HolderId holder, decimal quantity, RecordedEvent recorded)
    {
        var held = shares.HeldBy(holder);
        if (held < quantity)
        {
            Short(recorded, holder, shares.Class, held, quantity);
        }

        return shares.Take(holder, quantity, Place);
    }

    private void Split(SharesSplit split, RecordedEvent recorded)
    {
        if (ClassOr(split.Class, recorded) is not { } shares)
        {
            return;
        }

        shares.Split(split.Numerator, split.Denominator, Place);
        foreach (var warrant in _warrants.Values.Where(w => w.Class == split.Class))
        {
            warrant.Split(split.Numerator, split.Denominator, shares.Decimals, Place);
        }

        foreach (var convertible in _convertibles.Values.Where(c => ConvertsTo(c) == shares))
        {
            convertible.Split(split.Numerator, split.Denominator, Place);
        }

        // A price as converted is one of a common share: a class created after the split of those must see it split too.
        if (shares.ConversionRatio == 1)
        {
            _lastCommonPrice = _lastCommonPrice?.Split(split.Numerator, split.Denominator);
        }
    }

    private void Grant(WarrantGranted granted, RecordedEvent recorded)
    {
        if (ClassOr(granted.Class, recorded) is not null && !_warrants.TryAdd(granted.Warrant, new(granted, Place)))
        {
            Lacks(recorded, $"warrant {granted.Warrant} is granted already");
        }
    }

    private void Vest(WarrantVested vested, RecordedEvent recorded)
    {
        if (WarrantOr(vested.Warrant, recorded) is { } warrant && !warrant.Vest(vested.TrancheName, Place))
        {
            Lacks(recorded, $"warrant {vested.Warrant} has no tranche {vested.TrancheName}");
        }
    }

    private void Exercise(WarrantExercised exercised, RecordedEvent recorded)
    {
        if (WarrantOr(exercised.Warrant, recorded) is not { } warrant)
        {
            return;
        }

        if (warrant.Exercisable < exercised.Quantity.Value)
        {
            Lacks(recorded, $"warrant {exercised.Warrant} has {Numbers.Text(warrant.Exercisable)} vested and open, needs {exercised.Quantity}");
        }

        warrant.Exercise(exercised.Quantity.Value, Place);
        _classes[warrant.Class].Add(warrant.Holder, exercised.Quantity.Value, Place);
    }

    private void Register(ConvertibleRegistered registered, RecordedEvent recorded)
    {
        if (!_convertibles.TryAdd(registered.Convertible, new(registered, Place)))
        {
            Lacks(recorded, $"convertible {registered.Convertible} is registered already");
        }
    }

    private void Convert(ConvertibleConverted converted, RecordedEvent recorded)
    {
        if (ClassOr(converted.Class, recorded) is not { } shares)
        {
            return;
        }

        if (!_convertibles.Remove(converted.Convertible, out var convertible))
        {
            Lacks(recorded, $"no convertible {converted.Convertible} is open");
            return;
        }

        shares.Add(convertible.Holder, converted.Quantity.Value, Place);
    }

    private void Value(ValuationRecorded valued, RecordedEvent recorded)
    {
        var reference = EventReference.Of(recorded);
        if (valued is { Class: { } named, PricePerShare: { } ofClass })
        {
            if (ClassOr(named, recorded) is { } shares)
            {
                shares.LastPrice = new(PriceOrigin.PricePerShare, ofClass.Amount, ofClass.Currency, reference);
            }

            return;
        }

        var outstanding = OutstandingAsConverted;
        _lastCommonPrice = valued switch
        {
            { PricePerShare: { } price } => new(PriceOrigin.PricePerShare, price.Amount, price.Currency, reference),
            { PreMoney: { } before } => new(PriceOrigin.PreMoney, outstanding > 0 ? before.Amount / outstanding : null, before.Currency, reference),
            { PostMoney: { } after } => new(PriceOrigin.PostMoney, after.Amount, after.Currency, reference),
            _ => _lastCommonPrice,
        };
        foreach (var shares in _classes.Values)
        {
            shares.LastPrice = _lastCommonPrice?.Of(shares.ConversionRatio) ?? shares.LastPrice;
        }
    }

    /// <summary>The class that it names, or the only one there is; null when that is not settled.</summary>
    internal ClassRegister? ConvertsTo(OpenConvertible convertible) =>
        convertible.Class is { } named ? Class(named)
        : _classes.Count == 1 ? _classes.Values.First()
        : null;

    private ClassRegister? ClassOr(ShareClassId id, RecordedEvent recorded)
    {
        var found = Class(id);
        if (found is null)
        {
            Lacks(recorded, $"{Issuer} has no class {id}");
        }

        return found;
    }

    private GrantedWarrant? WarrantOr(WarrantId id, RecordedEvent recorded)
    {
        var found = _warrants.GetValueOrDefault(id);
        if (found is null)
        {
            Lacks(recorded, $"{Issuer} has granted no warrant {id}");
        }

        return found;
    }

    internal void Short(RecordedEvent recorded, HolderId holder, ShareClassId shares, decimal held, decimal needed) =>
        Lacks(recorded, $"{holder} has {Numbers.Text(held)} {shares} of {Issuer}, needs {Numbers.Text(needed)}");

    private void Lacks(RecordedEvent recorded, string ground) => _ungrounded.Add(new(recorded.Offset, recorded.Header.Id, ground));
}
