using System.Text;

namespace ActorFinance.Cli.Tests.BadInput;

/// <summary>Many good rows before a bad one. In a case's text <c>@</c> stands for them.</summary>
internal static class LongFile
{
    public const int Rows = 2_000;
    public const int Entries = 400;

    private static readonly string s_flows = Repeat(Rows, row => $"2025-01-{(row % 28) + 1:00},,c{row % 40},{row + 1},USD,revenue");
    private static readonly string s_holdings = Repeat(Rows, row => $"2025-01-01,issuer,h{row % 40},common,100,,,,");
    private static readonly string s_lines = Repeat(Rows, row => $$$"""{"id":"long-{{{row}}}","company":"a","effective":"2025-01-01","command":{"type":"reach-milestone","milestone":"m{{{row}}}"}}""");
    private static readonly string s_entries = Repeat(Entries, row => $"  - {{company: a, effective: 2025-01-01, reach-milestone: {{milestone: m{row}}}}}");

    public static bool Has(string text) => text.Contains('@', StringComparison.Ordinal);

    public static string Write(string name, string text) => text.Replace("@", PartOf(name, text), StringComparison.Ordinal);

    private static string PartOf(string name, string text) => Path.GetExtension(name) switch
    {
        ".yaml" => s_entries,
        ".jsonl" => s_lines,
        _ => text.StartsWith("effective,issuer", StringComparison.Ordinal) ? s_holdings : s_flows,
    };

    private static string Repeat(int count, Func<int, string> row)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(row(i)).Append('\n');
        }

        return text.ToString();
    }
}
