using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Answers;

/// <summary>The points of a grid of parameters.</summary>
public sealed record SweepPlan(IReadOnlyList<SweepRange> Ranges, IReadOnlyList<ParameterScale> Scales, IReadOnlyList<decimal[]> Grid)
{
    /// <param name="texts">Such as <c>gigawatts=1..10 by 1</c>, one a parameter.</param>
    /// <param name="simulation">Whose parameters they are.</param>
    /// <param name="faults">Gets what is wrong, each with its text.</param>
    public static SweepPlan? Read(IReadOnlyList<string> texts, Simulation simulation, List<string> faults)
    {
        var (ranges, scales, before) = (new List<SweepRange>(), new List<ParameterScale>(), faults.Count);
        foreach (var text in texts)
        {
            if (SweepText.Parse(text, simulation.ParameterList, out var scale, out var rule) is { } range && scale is not null)
            {
                ranges.Add(range);
                scales.Add(scale);
            }
            else
            {
                faults.Add($"sweep '{text}': {rule}");
            }
        }

        if (ranges.GroupBy(range => range.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            faults.Add($"sweep '{twice.Key}': must be swept once");
        }

        if (ranges.Aggregate(1d, (points, range) => points * range.Values.Count) > SweepRange.PointsMax)
        {
            faults.Add($"sweep: the grid must have at most {SweepRange.PointsMax:#,0} points");
        }

        return faults.Count > before ? null : new(ranges, scales, SweepRange.Grid(ranges));
    }
}
