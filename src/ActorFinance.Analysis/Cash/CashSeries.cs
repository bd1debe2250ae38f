using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>The balance at the end of a period, what came and went within it, and the events behind that.</summary>
public sealed record CashSeriesPoint(Instant At, decimal Amount, decimal Received, decimal Paid, ValueList<EventId> Events);

/// <summary>One account over time, in UTC calendar periods from the first change to the last.</summary>
public sealed record CashSeries(ResolvedCut Cut, CompanyId Company, Currency Currency, SeriesStep Step, ValueList<CashSeriesPoint> Points)
{
    /// <summary>
    /// Each period ends with its last tick, the last one at the cut if that comes first. A period in which nothing moved repeats the balance.
    /// </summary>
    public static CashSeries Of(CashIndex index, Cut cut, CompanyId company, Currency currency, SeriesStep step)
    {
        var periods = new List<Period>();
        foreach (var (changed, received, paid) in index.ChangesAt(cut, company, currency))
        {
            var at = index.Places.EffectiveAt(changed);
            while (step != SeriesStep.Change && periods.Count > 0 && periods[^1].End < at)
            {
                periods.Add(new(step.EndOf(new(periods[^1].End.UtcTicks + 1)), periods[^1].Amount));
            }

            if (step == SeriesStep.Change || periods.Count == 0)
            {
                periods.Add(new(step.EndOf(at), periods.Count == 0 ? 0 : periods[^1].Amount));
            }

            periods[^1].Apply(index.Places.IdOf(changed), received, paid);
        }

        var points = periods.Select(p => p.ToPoint(Instant.Earlier(p.End, cut.AsOf), currency));
        return new(index.Places.Resolve(cut), company, currency, step, points.ToValueList());
    }

    private sealed class Period(Instant end, decimal amount)
    {
        private readonly List<EventId> _events = [];
        private decimal _received;
        private decimal _paid;

        public Instant End => end;

        public decimal Amount { get; private set; } = amount;

        public void Apply(EventId id, decimal received, decimal paid)
        {
            _events.Add(id);
            _received += received;
            _paid += paid;
            Amount += received - paid;
        }

        public CashSeriesPoint ToPoint(Instant at, Currency currency) =>
            new(at, Total(Amount, currency), Total(_received, currency), Total(_paid, currency), _events.ToValueList());

        private static decimal Total(decimal sum, Currency currency) => Money.Total(sum, currency).Amount;
    }
}
