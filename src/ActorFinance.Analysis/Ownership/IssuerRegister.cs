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
    private readonly Func<IReadOnlyList<ShareFact>>? _allEvents;
    private readonly SortedDictionary<ShareClassId, ClassRegister> _classes = [];
    private readonly SortedDictionary<WarrantId, GrantedWarrant> _warrants = [];
    private readonly SortedDictionary<ConvertibleId, OpenConvertible> _convertibles = [];
    private readonly List<ShareFact> _events = [];
    private readonly List<Ungrounded> _ungrounded = [];
    private RecordedPrice? _lastCommonPrice;
    private IReadOnlyList<ShareFact>? _listed;

    public IssuerRegister(CompanyId issuer)
        : this(issuer, _ => new PlainHoldings(), null)
    {
    }

    /// <summary>For a fold that applies most events to the holdings itself, and lists all of them only when it is asked to.</summary>
    internal IssuerRegister(CompanyId issuer, Func<ShareClassId, HoldingBook> holdings, Func<IReadOnlyList<ShareFact>>? allEvents)
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
    public IReadOnlyList<ShareFact> Events => _allEvents is null ? _events : _listed ??= _allEvents();

    public IReadOnlyList<Ungrounded> Ungrounded => _ungrounded;

    /// <summary>Shares of all classes as converted to common.</summary>
    public decimal OutstandingAsConverted => _classes.Values.Sum(c => c.Outstanding * c.ConversionRatio);

    public ClassRegister? Class(ShareClassId id) => _classes.GetValueOrDefault(id);

    public void Apply(RecordedEvent recorded) => Apply(ShareFact.Of(recorded));

    /// <summary>The next in fold order.</summary>
    public void Apply(ShareFact fact)
    {
        _events.Add(fact);
        switch (fact.Event)
        {
            case ShareClassCreated e: Create(e, fact); break;
            case SharesIssued e: Issue(e, fact); break;
            case PoolReserved e: ClassOr(e.Class, fact)?.Reserve(e.Quantity.Value, Place); break;
            case SharesTransferred e: Transfer(e, fact); break;
            case SharesRepurchased e: Repurchase(e, fact); break;
            case SharesSplit e: Split(e, fact); break;
            case WarrantGranted e: Grant(e, fact); break;
            case WarrantVested e: Vest(e, fact); break;
            case WarrantExercised e: Exercise(e, fact); break;
            case WarrantLapsed e: WarrantOr(e.Warrant, fact)?.Lapse(Place); break;
            case ConvertibleRegistered e: Register(e, fact); break;
            case ConvertibleConverted e: Convert(e, fact); break;
            case ValuationRecorded e: Value(e, fact); break;
            default: throw new InvalidOperationException($"{fact.Event.GetType().Name} at offset {fact.Reference.Offset} is no share event");
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
        foreach (var fact in Events)
        {
            plain.Apply(fact);
        }

        return plain;
    }

    /// <summary>As it stands, in books of its own. Which events are behind a holding only <paramref name="allEvents"/> says.</summary>
    internal IssuerRegister Copy(Func<ShareClassId, HoldingBook> holdings, Func<IReadOnlyList<ShareFact>> allEvents)
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

    private void Create(ShareClassCreated created, ShareFact fact)
    {
        if (_classes.ContainsKey(created.Class))
        {
            Lacks(fact, $"class {created.Class} exists already");
            return;
        }

        var added = new ClassRegister(created, _holdings(created.Class), Place);
        added.LastPrice = _lastCommonPrice?.Of(added.ConversionRatio);
        _classes.Add(created.Class, added);
    }

    private void Issue(SharesIssued issued, ShareFact fact)
    {
        if (ClassOr(issued.Class, fact) is not { } shares)
        {
            return;
        }

        if (issued.FractionHeld is { } fraction)
        {
            GiveFromOutside(shares, issued.Holder, fraction, fact);
        }
        else
        {
            shares.Add(issued.Holder, issued.Quantity?.Value ?? 0, Place);
        }

        if (issued.PricePerShare is { } price)
        {
            shares.LastPrice = RecordedPrice.OfIssue(price, fact.Reference);
        }
    }

    /// <summary>The holder then has this fraction of the class's units; what is missing comes from the outside, what is too much goes back to it.</summary>
    private void GiveFromOutside(ClassRegister shares, HolderId holder, Fraction fraction, ShareFact fact)
    {
        if (!shares.Notional || holder.IsOutside)
        {
            Lacks(fact, $"a fraction is held by somebody named, of a notional class: not by {holder} of {shares.Class}");
            return;
        }

        var missing = ExactRatio.Scaled(fraction.Value, shares.Outstanding, 1, shares.Decimals) - shares.HeldBy(holder);
        var (from, to) = missing > 0 ? (HolderId.Outside, holder) : (holder, HolderId.Outside);
        Move(shares, from, to, Math.Abs(missing), fact);
    }

    private void Transfer(SharesTransferred transferred, ShareFact fact)
    {
        if (ClassOr(transferred.Class, fact) is { } shares)
        {
            Move(shares, transferred.From, transferred.To, transferred.Quantity.Value, fact);
        }
    }

    private void Move(ClassRegister shares, HolderId from, HolderId to, decimal quantity, ShareFact fact)
    {
        var taken = TakeOr(shares, from, quantity, fact);
        if (taken > 0)
        {
            shares.Add(to, taken, Place);
        }
    }

    private void Repurchase(SharesRepurchased repurchased, ShareFact fact)
    {
        if (ClassOr(repurchased.Class, fact) is { } shares)
        {
            TakeOr(shares, repurchased.Holder, repurchased.Quantity.Value, fact);
        }
    }

    private decimal TakeOr(ClassRegister shares, HolderId holder, decimal quantity, ShareFact fact)
    {
        var held = shares.HeldBy(holder);
        if (held < quantity)
        {
            Short(fact, holder, shares.Class, held, quantity);
        }

        return shares.Take(holder, quantity, Place);
    }

    private void Split(SharesSplit split, ShareFact fact)
    {
        if (ClassOr(split.Class, fact) is not { } shares)
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

    private void Grant(WarrantGranted granted, ShareFact fact)
    {
        if (ClassOr(granted.Class, fact) is not null && !_warrants.TryAdd(granted.Warrant, new(granted, Place)))
        {
            Lacks(fact, $"warrant {granted.Warrant} is granted already");
        }
    }

    private void Vest(WarrantVested vested, ShareFact fact)
    {
        if (WarrantOr(vested.Warrant, fact) is { } warrant && !warrant.Vest(vested.TrancheName, Place))
        {
            Lacks(fact, $"warrant {vested.Warrant} has no tranche {vested.TrancheName}");
        }
    }

    private void Exercise(WarrantExercised exercised, ShareFact fact)
    {
        if (WarrantOr(exercised.Warrant, fact) is not { } warrant)
        {
            return;
        }

        if (warrant.Exercisable < exercised.Quantity.Value)
        {
            Lacks(fact, $"warrant {exercised.Warrant} has {Numbers.Text(warrant.Exercisable)} vested and open, needs {exercised.Quantity}");
        }

        warrant.Exercise(exercised.Quantity.Value, Place);
        _classes[warrant.Class].Add(warrant.Holder, exercised.Quantity.Value, Place);
    }

    private void Register(ConvertibleRegistered registered, ShareFact fact)
    {
        if (!_convertibles.TryAdd(registered.Convertible, new(registered, Place)))
        {
            Lacks(fact, $"convertible {registered.Convertible} is registered already");
        }
    }

    private void Convert(ConvertibleConverted converted, ShareFact fact)
    {
        if (ClassOr(converted.Class, fact) is not { } shares)
        {
            return;
        }

        if (!_convertibles.Remove(converted.Convertible, out var convertible))
        {
            Lacks(fact, $"no convertible {converted.Convertible} is open");
            return;
        }

        shares.Add(convertible.Holder, converted.Quantity.Value, Place);
    }

    private void Value(ValuationRecorded valued, ShareFact fact)
    {
        var reference = fact.Reference;
        if (valued is { Class: { } named, PricePerShare: { } ofClass })
        {
            if (ClassOr(named, fact) is { } shares)
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

    private ClassRegister? ClassOr(ShareClassId id, ShareFact fact)
    {
        var found = Class(id);
        if (found is null)
        {
            Lacks(fact, $"{Issuer} has no class {id}");
        }

        return found;
    }

    private GrantedWarrant? WarrantOr(WarrantId id, ShareFact fact)
    {
        var found = _warrants.GetValueOrDefault(id);
        if (found is null)
        {
            Lacks(fact, $"{Issuer} has granted no warrant {id}");
        }

        return found;
    }

    internal void Short(ShareFact fact, HolderId holder, ShareClassId shares, decimal held, decimal needed) =>
        Lacks(fact, $"{holder} has {Numbers.Text(held)} {shares} of {Issuer}, needs {Numbers.Text(needed)}");

    private void Lacks(ShareFact fact, string ground) => _ungrounded.Add(new(fact.Reference.Offset, fact.Reference.Event, ground));
}
