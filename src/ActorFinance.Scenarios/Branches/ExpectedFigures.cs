namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// Figures weighted by how likely each of several branches is; what is left of 1 is the base. E[x] = sum_i p_i x_i + (1 - sum_i p_i) x_base.
/// <example>35 bn come with 60 %, and nothing changes with 40 %: cash of 77 bn is 112 bn in the one branch and 77 bn in the other, 98 bn in expectation.</example>
/// </summary>
public static class ExpectedFigures
{
    /// <summary>Of each figure that some branch changes.</summary>
    /// <param name="branches">Probabilities from 0 to 1 that sum to 1 at most, and the figures that differ from the base.</param>
    /// <returns>Without times, and without what is undefined in a branch that is possible: these have no mean.</returns>
    public static IReadOnlyDictionary<FigureKey, FigureValue> Of(IReadOnlyList<(decimal Probability, IReadOnlyList<FigureDifference> Differences)> branches)
    {
        var rest = 1 - branches.Sum(branch => branch.Probability);
        if (rest < 0 || branches.Any(branch => branch.Probability < 0))
        {
            throw new ArgumentException($"probabilities are 0 or more and sum to 1 at most, not to {1 - rest}", nameof(branches));
        }

        var bases = branches.SelectMany(branch => branch.Differences).GroupBy(difference => difference.Key).ToDictionary(same => same.Key, same => same.First().Base);
        var expected = new Dictionary<FigureKey, FigureValue>();
        foreach (var (key, before) in bases)
        {
            var outcomes = branches.Select(branch => (branch.Probability, Value: branch.Differences.FirstOrDefault(one => one.Key == key) is { } changed ? changed.Branch : before))
                .Append((rest, before)).Where(outcome => outcome.Item1 > 0).ToList();
            if (Mean(outcomes) is { } mean)
            {
                expected.Add(key, mean);
            }
        }

        return expected;
    }

    /// <summary>An amount that a side does not have is nothing there.</summary>
    private static FigureValue? Mean(List<(decimal Probability, FigureValue? Value)> outcomes)
    {
        if (outcomes.All(outcome => outcome.Value is null or FigureValue.Amount))
        {
            return new FigureValue.Amount(Numbers.Normalise(outcomes.Sum(outcome => outcome.Probability * ((outcome.Value as FigureValue.Amount)?.Value ?? 0))));
        }

        if (outcomes.All(outcome => outcome.Value is FigureValue.Ratio { Value: not null }))
        {
            return new FigureValue.Ratio(outcomes.Sum(outcome => (double)outcome.Probability * ((FigureValue.Ratio)outcome.Value!).Value!.Value));
        }

        return outcomes.All(outcome => outcome.Value is FigureValue.Months { Value: not null })
            ? new FigureValue.Months(outcomes.Sum(outcome => outcome.Probability * ((FigureValue.Months)outcome.Value!).Value!.Value))
            : null;
    }
}
