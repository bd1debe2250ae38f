using System.Net;
using System.Text;
using ActorFinance.Pictures.Drawing;

namespace ActorFinance.Pictures.Reports;

/// <summary>A report as one file of HTML that asks for nothing else: no script, no font, no picture from elsewhere. It follows the reader's light or dark mode and prints.</summary>
public static class ReportPage
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Report report) => File.WriteAllText(path, Html(report));

    public static string Html(Report report)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Append($"<title>{Text(report.Title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n<h1>{Text(report.Title)}</h1>\n");
        if (report.Lead is { } lead)
        {
            page.Append($"<p class=\"lead\">{Text(lead)}</p>\n");
        }

        var drawings = 0;
        foreach (var section in report.Sections)
        {
            page.Append("<section>\n");
            if (section.Heading is { } heading)
            {
                page.Append($"<h2>{Text(heading)}</h2>\n");
            }

            switch (section)
            {
                case ReportSection.Lines lines:
                    page.Append(string.Concat(lines.Items.Select(item => $"<p>{Text(item)}</p>\n")));
                    break;
                case ReportSection.Table table:
                    Append(page, table);
                    break;
                case ReportSection.Pictures pictures:
                    foreach (var chart in pictures.Charts)
                    {
                        drawings++;
                        page.Append($"<figure>{Picture.Inline([chart], dark: false, $"d{drawings}")}</figure>\n");
                    }

                    break;
            }

            page.Append("</section>\n");
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, ReportSection.Table table)
    {
        page.Append("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            page.Append($"<th{Class(column)} scope=\"col\">{Text(column.Title)}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append($"<tr>{string.Concat(row.Zip(table.Columns, (cell, column) => $"<td{Class(column)}>{Text(cell)}</td>"))}</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static string Class(ReportColumn column) => column.IsNumber ? " class=\"n\"" : "";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Style { get; } =
        $$$"""
        :root{--back:{{{Theme.Light.Background}}};--text:{{{Theme.Light.Text}}};--muted:{{{Theme.Light.Muted}}};--line:{{{Theme.Light.Grid}}} }
        @media (prefers-color-scheme: dark){:root{--back:{{{Theme.Dark.Background}}};--text:{{{Theme.Dark.Text}}};--muted:{{{Theme.Dark.Muted}}};--line:{{{Theme.Dark.Grid}}} }{{{Theme.DarkRules}}} }
        body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 {{{Fonts.Relatives}}}}
        main{max-width:1000px;margin:0 auto;padding:24px 20px 48px}
        h1{font-size:26px;line-height:1.25;margin:8px 0 4px;overflow-wrap:anywhere}
        h2{font-size:18px;margin:28px 0 8px}
        .lead{color:var(--muted);margin:0 0 12px}
        p{margin:4px 0;overflow-wrap:anywhere}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th,td{text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--line);white-space:nowrap}
        th{color:var(--muted);font-weight:600}
        .n{text-align:right;font-variant-numeric:tabular-nums}
        figure{margin:20px -20px}
        svg{display:block;width:100%;height:auto}
        @media print{body{font-size:11pt}main{max-width:none;padding:0}figure,tr,p{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}.wide{overflow:visible}table{font-size:9pt}}
        """;
}
