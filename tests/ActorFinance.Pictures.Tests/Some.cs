using ActorFinance.Pictures.Charts;

namespace ActorFinance.Pictures.Tests;

/// <summary>Charts of every kind, with as much in them as a test asks for.</summary>
internal static class Some
{
    public static readonly Scale Dollars = Scale.Of("USD");

    public static DateTime Day(int year, int month, int day = 1) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    public static DateTime Month(int number) => Day(2025, 1).AddMonths(number);

    public static Chart Chart(string kind, int series, int points) => kind switch
    {
        "steps" => new StepChart("Cash", "a note", Dollars, [.. Enumerable.Range(0, series).Select(i => Path($"company-{i}", points, i))]),
        "lines" => new LineChart("Measures", null, Scale.Ratio, [.. Enumerable.Range(0, series).Select(i => new ChartLine($"measure-{i}", [.. Enumerable.Range(0, points).Select(k => new ChartPoint(Month(k), (k + i) % 5 == 3 ? null : 0.1 + (0.01 * k)))]))]),
        "stack" => new StackChart("Ownership", null, [.. Enumerable.Range(0, points).Select(Month)], [.. Enumerable.Range(0, series).Select(i => new StackPart(i == 0 ? "outside" : $"holder-{i}", [.. Enumerable.Repeat(1d / series, points)]))]),
        "fan" => new FanChart("Runs", null, Dollars, [.. Enumerable.Range(0, points).Select(k => new FanPoint(Month(k), 10e9 - (k * 3e9), 10e9 - (k * 2e9), 10e9 - (k * 1e9), 10e9, 10e9 + (k * 1e9)))]),
        "tornado" => new TornadoChart("Sensitivities", null, Dollars, 5e9, [.. Enumerable.Range(0, series).Select(i => new TornadoBar($"parameter-{i}", "low", 5e9 - (i * 1e8), "high", 5e9 + (i * 1e8)))]),
        "histogram" => new HistogramChart("Outcomes", null, Dollars, [.. Enumerable.Range(0, points + 1).Select(i => (i - 3) * 1e9)], [.. Enumerable.Range(1, points)]),
        "side by side" => new SideBySideChart("Base and what if", null, Dollars, ["base", "what if"], [.. Enumerable.Range(0, series).Select(i => new BarGroup($"company-{i}", [i * 1e9, i % 4 == 1 ? null : -1e9]))]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static StepPath Path(string name, int points, int start)
    {
        var all = Enumerable.Range(0, points).Select(k => new ChartPoint(Month(k), (start * 1e9) - (k * 0.4e9))).ToList();
        return new(name, all, IsBalance: start % 3 != 2, points > 0 ? all[^1] : null);
    }
}
