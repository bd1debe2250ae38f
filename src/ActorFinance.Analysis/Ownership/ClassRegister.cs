using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>What one holder has of one class.</summary>
public sealed class Holding
{
    private readonly List<int> _events = [];

    internal Holding(HolderId holder) => Holder = holder;

    public HolderId Holder { get; }

    public decimal Shares { get; private set; }

    /// <summary>Places in <see cref="IssuerRegister.Events"/> of the events that changed it.</summary>
    public IReadOnlyList<int> Events => _events;

    internal void Set(decimal shares, int place)
    {
        Shares = shares;
        _events.Add(place);
    }
}

/// <summary>One class of one issuer: its terms, and who holds how much. Outstanding is the sum of the holdings by construction.</summary>
public sealed class ClassRegister
{
    private readonly Dictionary<HolderId, Holding> _holdings = [];
    private readonly List<int> _poolEvents = [];

    internal ClassRegister(ShareClassCreated terms, int place)
    {
        Class = terms.Class;
        VotesPerShare = terms.VotesPerShare.Value;
        ConversionRatio = terms.ConversionRatio.Value;
        Authorised = terms.Authorised?.Value;
        Notional = terms.Notional;
        // A fraction of 12 decimals of 1,000,000 units has 6: what was stated as a fraction is never rounded.
        Decimals = terms.Notional ? Math.Max(terms.Decimals, NotionalDecimals) : terms.Decimals;
        if (Notional)
        {
            Add(HolderId.Outside, ShareClassCreated.NotionalUnits, place);
        }
    }

    private const int NotionalDecimals = 6;

    public ShareClassId Class { get; }

    public decimal VotesPerShare { get; }

    /// <summary>Common shares that one share of the class converts to.</summary>
    public decimal ConversionRatio { get; }

    /// <summary>Null when no limit is published.</summary>
    public decimal? Authorised { get; private set; }

    public int Decimals { get; }

    /// <summary>No count of shares is published: the class has 1,000,000 units, and only fractions mean anything.</summary>
    public bool Notional { get; }

    public decimal Outstanding { get; private set; }

    /// <summary>Reserved and not granted or issued: counts in the fully diluted basis only.</summary>
    public decimal Pool { get; private set; }

    /// <summary>Null when none was ever recorded.</summary>
    public RecordedPrice? LastPrice { get; internal set; }

    /// <summary>Everyone who ever held any, in no particular order; who has sold all is there with 0.</summary>
    public IReadOnlyCollection<Holding> Holdings => _holdings.Values;

    internal IReadOnlyList<int> PoolEvents => _poolEvents;

    public decimal HeldBy(HolderId holder) => _holdings.TryGetValue(holder, out var holding) ? holding.Shares : 0;

    internal void Add(HolderId holder, decimal shares, int place)
    {
        if (!_holdings.TryGetValue(holder, out var holding))
        {
            _holdings.Add(holder, holding = new(holder));
        }

        holding.Set(holding.Shares + shares, place);
        Outstanding += shares;
    }

    /// <summary>Takes as many as are there, at most what is asked, and says how many.</summary>
    internal decimal Take(HolderId holder, decimal shares, int place)
    {
        var taken = Math.Min(shares, HeldBy(holder));
        if (taken > 0)
        {
            Add(holder, -taken, place);
        }

        return taken;
    }

    internal void Reserve(decimal shares, int place)
    {
        Pool += shares;
        _poolEvents.Add(place);
    }

    internal void Split(int numerator, int denominator, int place)
    {
        Outstanding = 0;
        foreach (var holding in _holdings.Values.Where(h => h.Shares > 0))
        {
            holding.Set(ExactRounding.Scaled(holding.Shares, numerator, denominator, Decimals), place);
            Outstanding += holding.Shares;
        }

        if (Pool > 0)
        {
            Pool = ExactRounding.Scaled(Pool, numerator, denominator, Decimals);
            _poolEvents.Add(place);
        }

        if (Authorised is { } authorised)
        {
            Authorised = ExactRounding.Scaled(authorised, numerator, denominator, Decimals);
        }

        LastPrice = LastPrice?.Split(numerator, denominator);
    }
}
