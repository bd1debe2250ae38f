using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>One class of one issuer: its terms, and who holds how much. Outstanding is the sum of the holdings by construction.</summary>
public sealed class ClassRegister
{
    private readonly HoldingBook _holdings;
    private readonly List<int> _poolEvents = [];

    internal ClassRegister(ShareClassCreated terms, HoldingBook holdings, int place)
    {
        _holdings = holdings;
        Class = terms.Class;
        VotesPerShare = terms.VotesPerShare.Value;
        ConversionRatio = terms.ConversionRatio.Value;
        Authorised = terms.Authorised?.Value;
        Notional = terms.Notional;
        Decimals = DecimalsOf(terms);
        if (Notional)
        {
            Add(HolderId.Outside, ShareClassCreated.NotionalUnits, place);
        }
    }

    private ClassRegister(ClassRegister other, HoldingBook holdings)
    {
        _holdings = holdings;
        _poolEvents = [.. other._poolEvents];
        (Class, VotesPerShare, ConversionRatio, Authorised) = (other.Class, other.VotesPerShare, other.ConversionRatio, other.Authorised);
        (Decimals, Notional, Pool, LastPrice) = (other.Decimals, other.Notional, other.Pool, other.LastPrice);
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

    public decimal Outstanding => _holdings.Outstanding;

    /// <summary>Reserved and not granted or issued: counts in the fully diluted basis only.</summary>
    public decimal Pool { get; private set; }

    /// <summary>Null when none was ever recorded.</summary>
    public RecordedPrice? LastPrice { get; internal set; }

    /// <summary>Everyone who holds any, in no particular order; who has sold all may be there with 0.</summary>
    public IReadOnlyCollection<Holding> Holdings => _holdings.All;

    internal IReadOnlyList<int> PoolEvents => _poolEvents;

    public decimal HeldBy(HolderId holder) => _holdings.HeldBy(holder);

    /// <summary>A fraction of 12 decimals of 1,000,000 units has 6: what was stated as a fraction is never rounded.</summary>
    internal static int DecimalsOf(ShareClassCreated terms) => terms.Notional ? Math.Max(terms.Decimals, NotionalDecimals) : terms.Decimals;

    /// <summary>As it stands, in another book, which has the same holdings.</summary>
    internal ClassRegister Copy(HoldingBook holdings) => new(this, holdings);

    internal void Add(HolderId holder, decimal shares, int place) => _holdings.Add(holder, shares, place);

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
        _holdings.Split(numerator, denominator, Decimals, place);
        if (Pool > 0)
        {
            Pool = ExactRatio.Scaled(Pool, numerator, denominator, Decimals);
            _poolEvents.Add(place);
        }

        if (Authorised is { } authorised)
        {
            Authorised = ExactRatio.Scaled(authorised, numerator, denominator, Decimals);
        }

        LastPrice = LastPrice?.Split(numerator, denominator);
    }
}
