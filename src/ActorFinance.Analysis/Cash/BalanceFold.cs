using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>A run of entries that count, folded: what it adds, and its lowest running total, the first of equals. Nothing counts where there is no lowest.</summary>
internal readonly struct BalanceRun(Units sum, Units lowest, int lowestIndex, bool hasOpening)
{
    public static BalanceRun Nothing { get; } = new(default, default, -1, hasOpening: false);

    public Units Sum { get; } = sum;

    public Units Lowest { get; } = lowest;

    /// <summary>The event's index; below 0 where nothing counts.</summary>
    public int LowestIndex { get; } = lowestIndex;

    public bool HasOpening { get; } = hasOpening;

    public bool IsEmpty => LowestIndex < 0;

    /// <summary>This run, then the other.</summary>
    public BalanceRun Then(in BalanceRun next)
    {
        if (IsEmpty)
        {
            return next;
        }

        if (next.IsEmpty)
        {
            return this;
        }

        var lowest = Sum + next.Lowest;
        return lowest < Lowest
            ? new(Sum + next.Sum, lowest, next.LowestIndex, HasOpening || next.HasOpening)
            : new(Sum + next.Sum, Lowest, LowestIndex, HasOpening || next.HasOpening);
    }
}

/// <summary>Folds entries that count, in fold order, and whole runs of them, into a balance with its lowest point and first shortfall.</summary>
internal struct BalanceFold
{
    private Units _sum;
    private Units _lowest;
    private int _lowestIndex;
    private bool _hasOpening;
    private Units _shortfall;
    private int _shortfallIndex;

    public BalanceFold() => (_lowestIndex, _shortfallIndex) = (-1, -1);

    public readonly Units Amount => _sum;

    public readonly bool IsTouched => _lowestIndex >= 0;

    public void Apply(in CashEntry entry)
    {
        _sum += entry.Net;
        Lower(_sum, entry.Index);
        _hasOpening |= entry.IsOpening;
        if (_shortfallIndex < 0 && _sum.IsNegative)
        {
            (_shortfall, _shortfallIndex) = (_sum, entry.Index);
        }
    }

    /// <summary>False, and nothing is taken, where the first shortfall lies within the run: only its entries say at which.</summary>
    public bool TryApply(in BalanceRun run)
    {
        if (run.IsEmpty)
        {
            return true;
        }

        var lowest = _sum + run.Lowest;
        if (_shortfallIndex < 0 && lowest.IsNegative)
        {
            return false;
        }

        Lower(lowest, run.LowestIndex);
        _sum += run.Sum;
        _hasOpening |= run.HasOpening;
        return true;
    }

    public readonly CashBalance ToBalance(EventPlaces places, CompanyId company, Currency currency) => new(
        company,
        currency,
        _sum.ToDecimal(),
        Point(places, _lowest, _lowestIndex),
        Point(places, _shortfall, _shortfallIndex),
        _hasOpening);

    /// <summary>The first of equals stays.</summary>
    private void Lower(in Units total, int index)
    {
        if (_lowestIndex < 0 || total < _lowest)
        {
            (_lowest, _lowestIndex) = (total, index);
        }
    }

    private static CashPoint? Point(EventPlaces places, Units amount, int index) =>
        index < 0 ? null : new(amount.ToDecimal(), places.EffectiveAt(index), places.IdOf(index));
}
