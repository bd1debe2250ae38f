using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// The holdings of one class as whole units of its finest decimal place in 64 bits: what a fold over a hundred thousand events can afford. The fold
/// moves units between accounts itself; the rare events come in as decimals. What does not fit sets <see cref="TooWide"/>: the answer is then
/// worthless, and the plain fold has to be asked.
/// </summary>
internal sealed class CompactHoldings(CompactAccounts accounts, int shareClass, long[] units) : HoldingBook
{
    /// <summary>Two such can be added.</summary>
    public const long UnitsMax = long.MaxValue / 4;

    private readonly int _scale = accounts.ScaleOf(shareClass);
    private readonly int _nowhere = accounts.Nowhere(shareClass);
    private Dictionary<HolderId, long>? _newcomers;

    public bool TooWide { get; private set; }

    public override decimal Outstanding => ToShares(UnitsMax - units[_nowhere]);

    public override IReadOnlyCollection<Holding> All
    {
        get
        {
            var all = new List<Holding>();
            foreach (var account in accounts.OfClass(shareClass))
            {
                if (units[account] != 0)
                {
                    all.Add(new(accounts.HolderOf(account), ToShares(units[account])));
                }
            }

            if (_newcomers is not null)
            {
                all.AddRange(_newcomers.Select(n => new Holding(n.Key, ToShares(n.Value))));
            }

            return all;
        }
    }

    public override decimal HeldBy(HolderId holder) =>
        ToShares(accounts.Find(shareClass, holder) is { } account ? units[account] : _newcomers?.GetValueOrDefault(holder) ?? 0);

    public override void Add(HolderId holder, decimal shares, int place)
    {
        var added = Checked(CompactAccounts.Units(shares, _scale));
        if (accounts.Find(shareClass, holder) is { } account)
        {
            units[account] = Checked(units[account] + added);
        }
        else
        {
            // Whoever exercises a warrant or converts a loan need not have been named with the class before.
            _newcomers ??= [];
            _newcomers[holder] = Checked(_newcomers.GetValueOrDefault(holder) + added);
        }

        units[_nowhere] = UnitsMax - Checked(UnitsMax - units[_nowhere] + added);
    }

    public override void Split(int numerator, int denominator, int decimals, int place)
    {
        var total = 0L;
        foreach (var account in accounts.OfClass(shareClass))
        {
            if (units[account] != 0)
            {
                total = Checked(total + (units[account] = Scaled(units[account], numerator, denominator, decimals)));
            }
        }

        foreach (var holder in _newcomers?.Keys.ToArray() ?? [])
        {
            total = Checked(total + (_newcomers![holder] = Scaled(_newcomers[holder], numerator, denominator, decimals)));
        }

        units[_nowhere] = UnitsMax - total;
    }

    private long Scaled(long amount, int numerator, int denominator, int decimals)
    {
        // Units may be finer than the class's decimals, which a split rounds to.
        var step = 1L;
        for (var place = decimals; place < _scale; place++)
        {
            step *= 10;
        }

        if (step == 1 && denominator == 1 && amount <= UnitsMax / numerator)
        {
            return amount * numerator;
        }

        // 64 bits nearly always do, and take a tenth of the time.
        if (amount <= UnitsMax / numerator && step <= UnitsMax / denominator)
        {
            var (quotient, rest) = Math.DivRem(amount * numerator, denominator * step);
            var isUp = rest * 2 > denominator * step || (rest * 2 == denominator * step && (quotient & 1) == 1);
            return Checked(Units((Int128)(isUp ? quotient + 1 : quotient) * step));
        }

        var bottom = (Int128)denominator * step;
        var (whole, left) = Int128.DivRem((Int128)amount * numerator, bottom);
        if (left * 2 > bottom || (left * 2 == bottom && Int128.IsOddInteger(whole)))
        {
            whole++;
        }

        return Checked(Units(whole * step));
    }

    private static long? Units(Int128 amount) => amount <= UnitsMax ? (long)amount : null;

    private long Checked(long? amount)
    {
        if (amount is { } fits && Math.Abs(fits) <= UnitsMax)
        {
            return fits;
        }

        TooWide = true;
        return 0;
    }

    private decimal ToShares(long amount) => CompactAccounts.Shares(amount, _scale);
}
