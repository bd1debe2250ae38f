using System.Text;

namespace ActorFinance.Service.Tests.Hostile;

/// <summary>Bodies made to exhaust, to confuse or to slip through. None is a command, a filter, a what-if or a scenario.</summary>
internal static class Bombs
{
    private const int Levels = 100_000;

    /// <summary>JSON, or what claims to be.</summary>
    public static IReadOnlyList<(string Name, byte[] Body)> Json { get; } =
    [
        ("arrays without end", Text(new string('[', Levels))),
        ("arrays that end", Text(new string('[', Levels) + new string(']', Levels))),
        ("objects without end", Text(Repeated("{\"command\":", Levels))),
        ("a command within a command", Text(Order(Repeated("{\"type\":", Levels) + "1" + new string('}', Levels)))),
        ("NaN", Text(Order("NaN"))),
        ("Infinity", Text(Order("-Infinity"))),
        ("too large a number", Text(Order("1e400"))),
        ("too small a number", Text(Order("1e-400"))),
        ("a million digits", Text(Order(new string('9', 1_000_000)))),
        ("a million decimals", Text(Order($"\"0.{new string('0', 1_000_000)}1 USD\""))),
        ("another type", Text(Order("[]"))),
        ("duplicate keys", Text("""{"id":"a","id":"b","company":"openai","effective":"2026-01-01","command":{"type":"complete-deal"}}""")),
        ("one key a hundred thousand times", Text($"{{{Repeated("\"id\":1,", Levels)}\"id\":1}}")),
        ("a hundred thousand unknown keys", Text($"{{{string.Concat(Enumerable.Range(0, Levels).Select(key => $"\"k{key}\":1,"))}\"z\":1}}")),
        ("a text of a megabyte", Text($"{{\"id\":\"{new string('x', 1_000_000)}\"}}")),
        ("text in an unknown field", Text($"{{\"{new string('y', 1_000_000)}\":1}}")),
        ("not UTF-8", [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']),
        ("overlong UTF-8", [(byte)'{', (byte)'"', 0xC0, 0xAF, (byte)'"', (byte)':', (byte)'1', (byte)'}']),
        ("surrogates in UTF-8", [(byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}']),
        ("half a surrogate pair as a value", Text("""{"id":"\ud800","epoch":"\udc00","company":"\ud800","reason":"\ud800"}""")),
        ("half a surrogate pair as a name", Text("""{"\ud800":1}""")),
        ("a byte order mark and nothing", [0xEF, 0xBB, 0xBF]),
        ("a byte order mark in the middle", [(byte)'[', 0xEF, 0xBB, 0xBF, (byte)']']),
        ("UTF-16", Encoding.Unicode.GetBytes("{\"id\":1}")),
        ("NUL", Text("{\"id\":\"a\0\"}")),
        ("an escaped NUL", Text("""{"id":"a\u0000","company":"a\u0000","reason":"\u0000"}""")),
        ("nothing", []),
        ("null", Text("null")),
        ("only spaces", Text(new string(' ', AttackedService.BodyMax - 1))),
        ("two values", Text("{} {}")),
        ("a comment", Text("{/* */}")),
        ("a trailing comma", Text("{\"id\":\"a\",}")),
    ];

    /// <summary>Commands, one a line, that are none.</summary>
    public static IReadOnlyList<(string Name, byte[] Body)> Lines { get; } =
    [
        ("two million lines", Text(Repeated("x\n", AttackedService.BodyMax / 2))),
        ("a thousand lines of unknown keys", Text(Repeated($"{{{string.Concat(Enumerable.Range(0, 400).Select(key => $"\"k{key}\":1,"))}\"z\":1}}\n", 1_000))),
        ("a line of four megabytes", Text($"{{\"id\":\"{new string('x', AttackedService.BodyMax - 100)}\"}}")),
    ];

    /// <summary>YAML, or what claims to be.</summary>
    public static IReadOnlyList<(string Name, byte[] Body)> Yaml { get; } =
    [
        ("aliases that unfold", Text("a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range('b', 20).Select(letter => $"{(char)letter}: &{(char)letter} [{string.Join(',', Enumerable.Repeat($"*{(char)(letter - 1)}", 9))}]\n")))),
        ("an alias of itself", Text("what-if: &a [*a]\n")),
        ("merged keys", Text("what-if: x\nbase: &base {a: 1}\nedits:\n  - drop: {<<: *base}\n")),
        ("a tag", Text("what-if: !!python/object/apply:os.system ['id']\n")),
        ("nested without end", Text(new string('[', Levels))),
        ("nested in lines", Text(string.Concat(Enumerable.Range(0, 1_500).Select(depth => $"{new string(' ', depth)}a:\n")))),
        ("lists in a line", Text(Repeated("- ", Levels))),
        ("keys that are mappings", Text(Repeated("? ", Levels))),
        ("half a million unknown keys", Text(string.Concat(Enumerable.Range(0, 380_000).Select(key => $"k{key}: 1\n")))),
        ("half a million edits that are none", Text("what-if: x\nedits:\n" + Repeated("  - x\n", 600_000))),
        ("unknown orders", Text("what-if: x\nedits:\n  - insert:\n      - {" + string.Concat(Enumerable.Range(0, 200_000).Select(key => $"\n        o{key}: 1,")) + " z: 1}\n")),
        ("many documents", Text(Repeated("---\na: 1\n", 400_000))),
        ("directives", Text(Repeated("%YAML 1.2\n", 400_000))),
        ("a text that does not end", Text("what-if: \"" + new string('x', AttackedService.BodyMax - 100))),
        ("one line of four megabytes", Text("what-if: " + new string('x', AttackedService.BodyMax - 100))),
        ("braces left by the indentation", Text("what-if: x\nedits:\n  - drop: {a: 1,\nb: 2}\n")),
        ("tabs", Text("what-if:\n\t- x\n")),
        ("not UTF-8", [(byte)'a', (byte)':', 0xC3, 0x28]),
        ("NUL", Text("what-if: a\0b\n")),
        ("nothing", []),
        ("rows that unfold", Text("scenario: x\ntitle: X\nclock: {from: 2026-01-01, until: 2026-02-01}\ncompanies: [{id: a, name: A, currency: USD}]\nagreements:\n  - agreement: many\n    each: ["
            + string.Join(", ", Enumerable.Range(1, 1_000).Select(k => $"{{k: {k}}}")) + "]\n    when: {date: 2026-01-02}\n    then:\n" + Repeated("      - {company: a, receive-external-cash: {amount: 1 USD, category: revenue}}\n", 40_000))),
        ("values that need each other", Text("scenario: x\ntitle: X\nclock: {from: 2026-01-01, until: 2026-02-01}\nvalues:\n  - every: day\n    define:\n" + string.Concat(Enumerable.Range(0, 150_000).Select(k => $"      v{k}: v{k + 1}\n")))),
        ("a sum of two million terms", Text("scenario: x\ntitle: X\nclock: {from: 2026-01-01, until: 2026-02-01}\nfigures: {define: {x: '1" + Repeated("+1", 2_000_000) + "'}}\n")),
    ];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static string Repeated(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Order(string amount) => $$$"""{"id":"hostile","company":"openai","effective":"2026-01-01","command":{"type":"pay-purchase","seller":"nvidia","amount":{{{amount}}}}}""";
}
