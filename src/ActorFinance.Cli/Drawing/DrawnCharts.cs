using ActorFinance.Cli.Output;
using ActorFinance.Pictures;
using ActorFinance.Pictures.Charts;
using ActorFinance.Pictures.Reports;

namespace ActorFinance.Cli.Drawing;

/// <summary>Charts of an answer, and the ways to keep them.</summary>
internal sealed record DrawnCharts(IReadOnlyList<Chart> Charts)
{
    public void Save(string path, bool dark) => Picture.Save(path, Charts, dark);

    public void SaveReport(string path, string title, IReadOnlyList<RecordedPart> parts) =>
        ReportPage.Save(path, new(title, null, [.. parts.Select(Section), new ReportSection.Pictures(Charts)]));

    private static ReportSection Section(RecordedPart part) => part.Table is { } table
        ? new ReportSection.Table(part.Title, [.. table.Columns.Select(column => new ReportColumn(column.Title, column.IsNumber))], table.Rows)
        : new ReportSection.Lines(part.Title, part.Lines);
}
