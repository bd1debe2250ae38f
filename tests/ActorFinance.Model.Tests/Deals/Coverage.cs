namespace ActorFinance.Model.Tests.Deals;

/// <summary>How often a random run met what it is there for; a generator that misses is a test that says nothing.</summary>
internal sealed class Coverage(params string[] needed)
{
    private readonly Dictionary<string, long> _counts = [];
    private readonly Lock _lock = new();
    private long _total;

    public void Count(IReadOnlyDictionary<string, long> counts, long total)
    {
        lock (_lock)
        {
            _total += total;
            foreach (var (name, count) in counts)
            {
                _counts[name] = _counts.GetValueOrDefault(name) + count;
            }
        }
    }

    public void ShouldReachFivePercent()
    {
        foreach (var name in needed)
        {
            (100.0 * _counts.GetValueOrDefault(name) / _total).ShouldBeGreaterThanOrEqualTo(5.0, $"{name}: {this}");
        }
    }

    /// <summary>What is too rare for a share of its own, and must be met all the same.</summary>
    public void ShouldHaveMet(string name) => _counts.GetValueOrDefault(name).ShouldBePositive($"{name}: {this}");

    public override string ToString() =>
        $"{_total} orders: " + string.Join(", ", _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {100.0 * c.Value / _total:0.0} %"));
}
