using ActorFinance.Pictures.Charts;

namespace ActorFinance.Pictures.Reports;

/// <summary>What a page tells: a heading, what it counts, and its sections in order.</summary>
public sealed record Report(string Title, string? Lead, IReadOnlyList<ReportSection> Sections);

public abstract record ReportSection(string? Heading)
{
    public sealed record Lines(string? Heading, IReadOnlyList<string> Items) : ReportSection(Heading);

    /// <summary>Rows of as many cells as there are columns.</summary>
    public sealed record Table(string? Heading, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportSection(Heading);

    /// <summary>Each chart says itself what it is.</summary>
    public sealed record Pictures(IReadOnlyList<Chart> Charts) : ReportSection((string?)null);
}

public sealed record ReportColumn(string Title, bool IsNumber);
