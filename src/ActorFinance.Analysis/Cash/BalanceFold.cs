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
    private BalanceRun _run;
    private Units _shortfall;
    private int _shortfallIndex;

    public BalanceFold() => (_run, _shortfallIndex) = (BalanceRun.Nothing, -1);

    public readonly Units Amount => _run.Sum;

    public readonly bool IsTouched => !_run.IsEmpty;

    public void Apply(in CashEntry entry)
    {
        _run = _run.Then(new(entry.Net, entry.Net, entry.Index, entry.IsOpening));
        if (_shortfallIndex < 0 && _run.Sum.IsNegative)
        {
            (_shortfall, _shortfallIndex) = (_run.Sum, entry.Index);
        }
    }

    /// <summary>False, and nothing is taken, where the first shortfall lies within the run: only its entries say at which.</summary>
    public bool TryApply(in BalanceRun run)
    {
        if (_shortfallIndex < 0 && !run.IsEmpty && (_run.Sum + run.Lowest).IsNegative)
        {
            return false;
        }

        _run = _run.Then(run);
        return true;
    }

    public readonly CashBalance ToBalance(EventPlaces places, CompanyId company, Currency currency) => new(
        company,
        currency,
        _run.Sum.ToDecimal(),
        Point(places, _run.Lowest, _run.LowestIndex),
        Point(places, _shortfall, _shortfallIndex),
        _run.HasOpening);

    private static CashPoint? Point(EventPlaces places, Units amount, int index) =>
        index < 0 ? null : new(amount.ToDecimal(), places.EffectiveAt(index), places.IdOf(index));
}
