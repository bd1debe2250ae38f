using System.Globalization;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>Values of one parameter from a first to a last, a step apart; the last one counts when the steps reach it.</summary>
public sealed record SweepRange(string Name, ValueList<decimal> Values)
{
    /// <summary>All runs of a grid.</summary>
    public const int PointsMax = 10_000;

    /// <summary><c>a..b:step</c> as exact decimals, rising or falling; null with the rule that it breaks.</summary>
    public static SweepRange? Of(string name, decimal from, decimal to, decimal step, out string? rule)
    {
        rule = step == 0 ? "a step that is not 0"
            : from != to && to > from != step > 0 ? $"a step from {Text(from)} towards {Text(to)}; {Text(step)} leads away"
            : Math.Abs((to - from) / step) >= PointsMax ? $"at most {PointsMax:#,0} values"
            : null;
        if (rule is not null)
        {
            return null;
        }

        var values = new List<decimal>();
        for (var i = 0; step > 0 ? from + (i * step) <= to : from + (i * step) >= to; i++)
        {
            values.Add(from + (i * step));
        }

        return new(name, values.ToValueList());
    }

    /// <summary>Every combination, the last range changing fastest.</summary>
    public static IReadOnlyList<decimal[]> Grid(IReadOnlyList<SweepRange> ranges)
    {
        IEnumerable<decimal[]> points = [[]];
        foreach (var range in ranges)
        {
            points = points.SelectMany(point => range.Values.Select(value => (decimal[])[.. point, value]));
        }

        return [.. points];
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
