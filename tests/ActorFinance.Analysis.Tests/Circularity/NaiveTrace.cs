using System.Numerics;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>The haircut as the design's section 9 says it, payment after payment over plain dictionaries, for one currency.</summary>
internal static class NaiveTrace
{
    public static (decimal Returned, decimal Otherwise, decimal Spent, decimal Absorbed, decimal Held) Of(
        IEnumerable<RecordedEvent> events, CompanyId a, FlowWindow window)
    {
        var (cash, tags) = (new Dictionary<CompanyId, decimal>(), new Dictionary<CompanyId, decimal>());
        var (returned, otherwise, spent, absorbed) = (0m, 0m, 0m, 0m);
        foreach (var recorded in events.OrderBy(e => e.Key).Where(e => e.Header.EffectiveAt <= window.To))
        {
            foreach (var movement in Movements.Of(recorded.Envelope, _ => false).Where(m => !m.InKind))
            {
                var m = movement.Amount.Amount;
                var tag = 0m;
                if (movement.From is { } i)
                {
                    if (i == a)
                    {
                        tag = movement.Kind == FlowKind.Investment && window.Contains(recorded.Header.EffectiveAt) ? m : 0;
                    }
                    else
                    {
                        var (before, t) = (cash.GetValueOrDefault(i), tags.GetValueOrDefault(i));
                        tag = m >= before ? t : HalfEven(t, m, before);
                        tags[i] = t - tag;
                    }

                    cash[i] = cash.GetValueOrDefault(i) - m;
                }

                if (movement.To is not { } j)
                {
                    spent += tag;
                    continue;
                }

                cash[j] = cash.GetValueOrDefault(j) + m;
                if (j == a && movement.Kind == FlowKind.Purchase)
                {
                    returned += tag;
                }
                else if (j == a)
                {
                    otherwise += tag;
                }
                else
                {
                    var t = tags.GetValueOrDefault(j) + tag;
                    tags[j] = Math.Min(t, Math.Max(cash[j], 0));
                    absorbed += t - tags[j];
                }
            }
        }

        return (returned, otherwise, spent, absorbed, tags.Values.Sum());
    }

    private static decimal HalfEven(decimal t, decimal m, decimal before)
    {
        static BigInteger Units(decimal amount) => (BigInteger)(amount * 1e10m);
        var units = BigInteger.DivRem(Units(t) * Units(m), Units(before), out var rest);
        var half = (2 * rest).CompareTo(Units(before));
        return (decimal)(half > 0 || (half == 0 && !units.IsEven) ? units + 1 : units) * 1e-10m;
    }
}
