using System.Diagnostics.CodeAnalysis;

namespace ActorFinance.Benchmarks.Runs;

internal sealed record RunOptions(IReadOnlyList<string> Measures, bool Quick, string? RecordFolder, string? PublishedProgram, int Rounds)
{
    private static readonly string[] All = ["append", "import", "cold", "replay", "point", "cash", "cash-million", "starts", "memory", "ownership", "circle", "branch", "simulate", "montecarlo", "service", "batches", "postgres", "small"];

    public static string Usage =>
        "usage: append|import|cold|replay|point|cash|cash-million|starts|memory|ownership|circle|branch|simulate|montecarlo|service|batches|postgres|small|all [--quick] [--rounds N] [--record docs/benchmarks] [--published FOLDER]\n"
        + "  --quick      a tenth of the data, two rounds: shows that it runs, proves nothing\n"
        + "  --record     writes raw JSON to FOLDER/<date>-<commit>/\n"
        + "  --published  a published actorfinance, measured beside the plain build\n"
        + $"or: {Books.GenerateVerb.Usage}";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out RunOptions? options)
    {
        options = null;
        if (args.Length == 0 || (args[0] != "all" && !All.Contains(args[0], StringComparer.Ordinal)))
        {
            return false;
        }

        var (quick, rounds, record, published) = (false, 5, (string?)null, (string?)null);
        for (var i = 1; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    quick = true;
                    rounds = 2;
                    break;
                case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], out var count) && count > 0:
                    rounds = count;
                    i++;
                    break;
                case "--record" when i + 1 < args.Length:
                    record = args[++i];
                    break;
                case "--published" when i + 1 < args.Length:
                    published = args[++i];
                    break;
                default:
                    return false;
            }
        }

        options = new(args[0] == "all" ? All : [args[0]], quick, record, published, rounds);
        return true;
    }
}
