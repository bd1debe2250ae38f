using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>The holdings of one class as decimals, without the events behind them, so that copies at many marks stay small.</summary>
internal sealed class BareHoldings : HoldingBook
{
    private readonly Dictionary<HolderId, decimal> _holdings;
    private decimal _outstanding;

    public BareHoldings() => _holdings = [];

    /// <summary>A copy.</summary>
    public BareHoldings(BareHoldings other) => (_holdings, _outstanding) = (new(other._holdings), other._outstanding);

    public int Count => _holdings.Count;

    public override decimal Outstanding => _outstanding;

    public override IReadOnlyCollection<Holding> All => [.. _holdings.Select(holding => new Holding(holding.Key, holding.Value))];

    public override decimal HeldBy(HolderId holder) => _holdings.GetValueOrDefault(holder);

    public override void Add(HolderId holder, decimal shares, int place)
    {
        _holdings[holder] = HeldBy(holder) + shares;
        _outstanding += shares;
    }

    public override void Split(int numerator, int denominator, int decimals, int place)
    {
        _outstanding = 0;
        foreach (var (holder, shares) in _holdings.Where(holding => holding.Value > 0).ToList())
        {
            _outstanding += _holdings[holder] = ExactRatio.Scaled(shares, numerator, denominator, decimals);
        }
    }
}
