using System.Globalization;
using System.Text;

namespace ActorFinance.Benchmarks.Books;

/// <summary>Payments between companies, in order of their dates over two years; the same for the same sizes. Each company pays equally often.</summary>
internal sealed class FlowBook(int companies, int flows)
{
    private static readonly DateOnly FirstDay = new(2025, 1, 1);
    private const int Days = 730;

    /// <summary>Three quarters of the book lie before it.</summary>
    public static DateOnly Cut => FirstDay.AddDays(Days * 3 / 4);

    public int Companies => companies;

    public int Flows => flows;

    public static string Company(int number) => string.Create(CultureInfo.InvariantCulture, $"company-{number:00000}");

    public string WriteCsv(string path)
    {
        using var csv = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        csv.Write("effective,from,to,amount,currency,kind\n");
        foreach (var (day, from, to, cents, kind) in Rows())
        {
            csv.Write(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{Company(from)},{Company(to)},{cents / 100}.{cents % 100:00},USD,{kind}\n"));
        }

        return path;
    }

    /// <summary>The same book for ledger and hledger.</summary>
    public string WriteLedger(string path)
    {
        using var book = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var (day, from, to, cents, kind) in Rows())
        {
            book.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{day:yyyy-MM-dd} {kind}\n    {Company(from)}  -{cents / 100}.{cents % 100:00} USD\n    {Company(to)}  {cents / 100}.{cents % 100:00} USD\n\n"));
        }

        return path;
    }

    private IEnumerable<(DateOnly Day, int From, int To, int Cents, string Kind)> Rows()
    {
        var random = new Random(20260101);
        var order = Enumerable.Range(0, companies).ToArray();
        for (var i = 0; i < flows; i++)
        {
            if (i % companies == 0)
            {
                random.Shuffle(order);
            }

            var from = order[i % companies];
            var to = (from + 1 + random.Next(companies - 1)) % companies;
            var kind = random.Next(10) switch { 0 => "investment", < 8 => "purchase", _ => "transfer" };
            yield return (FirstDay.AddDays((int)((long)i * Days / flows)), from, to, random.Next(100, 100_000_000), kind);
        }
    }
}
