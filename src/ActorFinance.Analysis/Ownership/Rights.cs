using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>A part of a grant; vested or not, it counts in the fully diluted basis.</summary>
public sealed record GrantedTranche(string Name, decimal Quantity, bool Vested);

/// <summary>A warrant as it stands: quantities and strike are those after the splits since its grant.</summary>
public sealed class GrantedWarrant
{
    private readonly List<int> _events;
    private GrantedTranche[] _tranches;

    internal GrantedWarrant(WarrantGranted grant, int place)
    {
        Warrant = grant.Warrant;
        Holder = grant.Holder;
        Class = grant.Class;
        Strike = grant.Strike.Amount;
        Currency = grant.Strike.Currency;
        Expiry = grant.Expiry;
        _tranches = [.. grant.Tranches.Select(t => new GrantedTranche(t.Name, t.Quantity.Value, Vested: false))];
        _events = [place];
    }

    private GrantedWarrant(GrantedWarrant other)
    {
        (Warrant, Holder, Class, Strike, Currency) = (other.Warrant, other.Holder, other.Class, other.Strike, other.Currency);
        (Expiry, Exercised, HasLapsed) = (other.Expiry, other.Exercised, other.HasLapsed);
        (_tranches, _events) = ([.. other._tranches], [.. other._events]);
    }

    public WarrantId Warrant { get; }

    public HolderId Holder { get; }

    public ShareClassId Class { get; }

    /// <summary>Price of one share, unrounded after a split.</summary>
    public decimal Strike { get; private set; }

    public Currency Currency { get; }

    /// <summary>Only a <see cref="WarrantLapsed"/> ends a warrant: an expiry that has passed is the writer's reason to record one.</summary>
    public Instant? Expiry { get; }

    public IReadOnlyList<GrantedTranche> Tranches => _tranches;

    public decimal Granted => _tranches.Sum(t => t.Quantity);

    public decimal Vested => _tranches.Where(t => t.Vested).Sum(t => t.Quantity);

    public decimal Exercised { get; private set; }

    public bool HasLapsed { get; private set; }

    /// <summary>Vested and unvested, neither exercised nor lapsed.</summary>
    public decimal Open => HasLapsed ? 0 : Math.Max(0, Granted - Exercised);

    /// <summary>Vested and not exercised.</summary>
    public decimal Exercisable => HasLapsed ? 0 : Math.Max(0, Vested - Exercised);

    /// <summary>Places in <see cref="IssuerRegister.Events"/>.</summary>
    public IReadOnlyList<int> Events => _events;

    internal GrantedWarrant Copy() => new(this);

    /// <summary>False when the grant has no such tranche.</summary>
    internal bool Vest(string tranche, int place)
    {
        var index = Array.FindIndex(_tranches, t => t.Name == tranche);
        if (index < 0)
        {
            return false;
        }

        _tranches[index] = _tranches[index] with { Vested = true };
        _events.Add(place);
        return true;
    }

    internal void Exercise(decimal quantity, int place)
    {
        Exercised += quantity;
        _events.Add(place);
    }

    internal void Lapse(int place)
    {
        HasLapsed = true;
        _events.Add(place);
    }

    /// <summary>Each tranche is rounded on its own, because each vests on its own.</summary>
    internal void Split(int numerator, int denominator, int decimals, int place)
    {
        _tranches = [.. _tranches.Select(t => t with { Quantity = ExactRatio.Scaled(t.Quantity, numerator, denominator, decimals) })];
        Exercised = ExactRatio.Scaled(Exercised, numerator, denominator, decimals);
        Strike = Strike * denominator / numerator;
        _events.Add(place);
    }
}

/// <summary>A convertible that has not been converted.</summary>
public sealed class OpenConvertible
{
    private readonly List<int> _events;

    internal OpenConvertible(ConvertibleRegistered registered, int place)
    {
        Convertible = registered.Convertible;
        Holder = registered.Holder;
        Principal = registered.Principal;
        Class = registered.Class;
        ConversionPrice = registered.ConversionPrice?.Amount;
        PriceCurrency = registered.ConversionPrice?.Currency;
        _events = [place];
    }

    private OpenConvertible(OpenConvertible other)
    {
        (Convertible, Holder, Principal, Class) = (other.Convertible, other.Holder, other.Principal, other.Class);
        (ConversionPrice, PriceCurrency, _events) = (other.ConversionPrice, other.PriceCurrency, [.. other._events]);
    }

    public ConvertibleId Convertible { get; }

    public HolderId Holder { get; }

    public Money Principal { get; }

    public ShareClassId? Class { get; }

    /// <summary>Of one share, unrounded after a split; null when not published.</summary>
    public decimal? ConversionPrice { get; private set; }

    public Currency? PriceCurrency { get; }

    /// <summary>Places in <see cref="IssuerRegister.Events"/>.</summary>
    public IReadOnlyList<int> Events => _events;

    internal OpenConvertible Copy() => new(this);

    internal void Split(int numerator, int denominator, int place)
    {
        ConversionPrice = ConversionPrice * denominator / numerator;
        _events.Add(place);
    }
}
