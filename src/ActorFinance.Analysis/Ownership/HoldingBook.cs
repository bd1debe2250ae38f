using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>What one holder has of one class.</summary>
public sealed class Holding
{
    private List<int>? _events;

    internal Holding(HolderId holder, decimal shares = 0)
    {
        Holder = holder;
        Shares = shares;
    }

    public HolderId Holder { get; }

    public decimal Shares { get; private set; }

    /// <summary>Places in <see cref="IssuerRegister.Events"/> of the events that changed it.</summary>
    internal IReadOnlyList<int> Events => _events ?? (IReadOnlyList<int>)[];

    internal void Set(decimal shares, int place)
    {
        Shares = shares;
        (_events ??= []).Add(place);
    }
}

/// <summary>Who has how much of one class, as its events are applied: plainly, or compactly for a fold of very many.</summary>
internal abstract class HoldingBook
{
    public abstract decimal Outstanding { get; }

    public abstract IReadOnlyCollection<Holding> All { get; }

    public abstract decimal HeldBy(HolderId holder);

    /// <param name="holder">Who gets them, or loses them when below 0.</param>
    /// <param name="shares">Never more below 0 than are there.</param>
    /// <param name="place">Of the event among those applied.</param>
    public abstract void Add(HolderId holder, decimal shares, int place);

    /// <summary>Each holding rounded on its own, half-even.</summary>
    public abstract void Split(int numerator, int denominator, int decimals, int place);
}

/// <summary>The holdings as the reference has them: a decimal a holder, with the events behind it.</summary>
internal sealed class PlainHoldings : HoldingBook
{
    private readonly Dictionary<HolderId, Holding> _holdings = [];
    private decimal _outstanding;

    public override decimal Outstanding => _outstanding;

    public override IReadOnlyCollection<Holding> All => _holdings.Values;

    public override decimal HeldBy(HolderId holder) => _holdings.TryGetValue(holder, out var holding) ? holding.Shares : 0;

    public override void Add(HolderId holder, decimal shares, int place)
    {
        if (!_holdings.TryGetValue(holder, out var holding))
        {
            _holdings.Add(holder, holding = new(holder));
        }

        holding.Set(holding.Shares + shares, place);
        _outstanding += shares;
    }

    public override void Split(int numerator, int denominator, int decimals, int place)
    {
        _outstanding = 0;
        foreach (var holding in _holdings.Values.Where(h => h.Shares > 0))
        {
            holding.Set(ExactRatio.Scaled(holding.Shares, numerator, denominator, decimals), place);
            _outstanding += holding.Shares;
        }
    }
}
