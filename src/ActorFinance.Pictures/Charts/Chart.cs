namespace ActorFinance.Pictures.Charts;

/// <summary>
/// What a picture shows, before anything is drawn: <paramref name="Title"/> says what it is, <paramref name="Note"/> what it counts. Numbers are places
/// on paper: figures that are read as digits stay exact elsewhere.
/// </summary>
public abstract record Chart(string Title, string? Note, Scale Scale)
{
    /// <summary>What is said instead of an empty frame.</summary>
    public string WhenEmpty { get; init; } = "Nothing to show at this point.";
}

/// <summary>Amounts that stay until the next point: money. What lies below zero is shaded where it is a balance.</summary>
public sealed record StepChart(string Title, string? Note, Scale Scale, IReadOnlyList<StepPath> Paths) : Chart(Title, Note, Scale);

/// <summary>
/// <paramref name="IsBalance"/> is false for a mere change since the start: below zero it is no shortfall. <paramref name="Lowest"/> may lie between two
/// points of the path.
/// </summary>
public sealed record StepPath(string Name, IReadOnlyList<ChartPoint> Points, bool IsBalance, ChartPoint? Lowest)
{
    /// <summary>0 is the base and drawn solid; paths of one name in several scenarios share their colour.</summary>
    public int Scenario { get; init; }

    public string? ScenarioName { get; init; }
}

/// <summary>Figures of which each point stands for itself; null leaves a gap.</summary>
public sealed record LineChart(string Title, string? Note, Scale Scale, IReadOnlyList<ChartLine> Lines) : Chart(Title, Note, Scale);

public sealed record ChartLine(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>Parts of a whole over time, each held until the next point: as many values a part as there are times, in [0, 1].</summary>
public sealed record StackChart(string Title, string? Note, IReadOnlyList<DateTime> Times, IReadOnlyList<StackPart> Parts) : Chart(Title, Note, Scale.Ratio);

public sealed record StackPart(string Name, IReadOnlyList<double> Values);

/// <summary>Quantiles over time: the median, half of all runs around it, and nine of ten.</summary>
public sealed record FanChart(string Title, string? Note, Scale Scale, IReadOnlyList<FanPoint> Points) : Chart(Title, Note, Scale);

public sealed record FanPoint(DateTime At, double P5, double P25, double P50, double P75, double P95);

/// <summary>How far one parameter at a time moves a figure away from its base; the longest bar first.</summary>
public sealed record TornadoChart(string Title, string? Note, Scale Scale, double Base, IReadOnlyList<TornadoBar> Bars) : Chart(Title, Note, Scale);

/// <summary>The settings are the parameter's values that gave <paramref name="Low"/> and <paramref name="High"/>, as people write them.</summary>
public sealed record TornadoBar(string Parameter, string LowSetting, double Low, string HighSetting, double High);

/// <summary>How many runs ended in each range; one more edge, rising, than there are counts.</summary>
public sealed record HistogramChart(string Title, string? Note, Scale Scale, IReadOnlyList<double> Edges, IReadOnlyList<int> Counts) : Chart(Title, Note, Scale);

/// <summary>One figure of several subjects, a bar for each scenario; the base first.</summary>
public sealed record SideBySideChart(string Title, string? Note, Scale Scale, IReadOnlyList<string> Scenarios, IReadOnlyList<BarGroup> Groups) : Chart(Title, Note, Scale);

/// <summary>One value a scenario; null where it has none.</summary>
public sealed record BarGroup(string Name, IReadOnlyList<double?> Values);

public readonly record struct ChartPoint(DateTime At, double? Value);
