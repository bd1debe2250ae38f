using ActorFinance.Testing.Books;
using System.Diagnostics;
using System.Globalization;

namespace ActorFinance.Benchmarks.Books;

/// <summary>
/// <c>generate --companies N --events M --seed S --journal FILE</c>: a <see cref="MarketBook"/> as a journal that every verb reads;
/// <c>generate --companies N --flows M --journal FILE</c>: the plain payments of <see cref="FlowBook"/>, with the same book for the peers beside it.
/// </summary>
internal static class GenerateVerb
{
    public const string Usage = "generate --companies N (--events M [--seed S] | --flows M) --journal FILE";

    public static async Task<int> RunAsync(string[] args)
    {
        if (!TryParse(args, out var companies, out var events, out var flows, out var seed, out var path))
        {
            await Console.Error.WriteLineAsync($"usage: {Usage}");
            return 2;
        }

        if (File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} exists: a book is generated into a new file");
            return 1;
        }

        var clock = Stopwatch.StartNew();
        if (flows > 0)
        {
            var book = new FlowBook(companies, flows);
            book.WriteLedger(path + ".ledger");
            book.WriteBeancount(path + ".beancount");
            book.WriteJournal(path);
        }

        var written = flows > 0 ? flows + companies : Write(path, companies, events, seed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{written:N0} events of {companies:N0} companies in {path}, {new FileInfo(path).Length / 1e6:N0} MB, {clock.Elapsed.TotalSeconds:N1} s"));
        return 0;
    }

    public static long Write(string path, int companies, long events, int seed)
    {
        using var writer = new BookWriter(path);
        foreach (var envelope in new MarketBook(companies, events, seed).Events())
        {
            writer.Write(envelope);
        }

        return writer.Written;
    }

    private static bool TryParse(string[] args, out int companies, out long events, out int flows, out int seed, out string path)
    {
        (companies, events, flows, seed, path) = (0, 0, 0, 1, "");
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            var understood = args[i] switch
            {
                "--companies" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out companies) && companies >= 10,
                "--events" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out events),
                "--flows" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out flows),
                "--seed" => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out seed),
                "--journal" => (path = value).Length > 0,
                _ => false,
            };
            if (!understood)
            {
                return false;
            }
        }

        return args.Length % 2 == 0 && companies > 0 && (events > 0 ^ flows > 0) && path.Length > 0;
    }
}
