using System.Globalization;
using System.Text;
using ActorFinance.Model;

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

    /// <summary>The same book for bean-query: accounts opened, names as it wants them.</summary>
    public string WriteBeancount(string path)
    {
        using var book = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        for (var number = 0; number < companies; number++)
        {
            book.Write(string.Create(CultureInfo.InvariantCulture, $"{FirstDay:yyyy-MM-dd} open Assets:{Company(number).ToUpperInvariant()}\n"));
        }

        foreach (var (day, from, to, cents, kind) in Rows())
        {
            book.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{day:yyyy-MM-dd} * \"{kind}\"\n  Assets:{Company(from).ToUpperInvariant()}  -{cents / 100}.{cents % 100:00} USD\n  Assets:{Company(to).ToUpperInvariant()}  {cents / 100}.{cents % 100:00} USD\n\n"));
        }

        return path;
    }

    /// <summary>The same book straight into a fresh journal, as the import of its CSV file leaves it: every company registered, then the flows.</summary>
    public string WriteJournal(string path)
    {
        var dollar = Value.Parse<Currency>("USD");
        CompanyId[] ids = [.. Enumerable.Range(0, companies).Select(number => Value.Parse<CompanyId>(Company(number)))];
        var sequences = new long[companies];
        using var writer = new BookWriter(path);
        var random = new Random(1);
        for (var number = 0; number < companies; number++)
        {
            Write(number, Instant.Of(FirstDay.Year, FirstDay.Month, FirstDay.Day), new CompanyRegistered(Company(number), dollar, CompanyKind.Company, CashPolicy.AllowShortfall));
        }

        foreach (var (day, from, to, cents, kind) in Rows())
        {
            var amount = Money.Of(cents / 100m, dollar);
            Write(from, Instant.Of(day.Year, day.Month, day.Day), kind switch
            {
                "investment" => new InvestmentMade(ids[to], amount, Instrument.NotStated, null, null, null, null, null, InKind: false),
                "purchase" => new PurchasePaid(ids[to], amount, null, null, null, null, InKind: false),
                _ => new TransferPaid(ids[to], amount, TransferPurpose.Other),
            });
        }

        return path;

        void Write(int number, Instant at, CompanyEvent fact)
        {
            var recorded = new Instant(Instant.Of(2026, 11, 25).UtcTicks + (writer.Written * TimeSpan.TicksPerMillisecond));
            var id = new byte[16];
            random.NextBytes(id);
            var header = new EventHeader(
                new(new Guid(id)), ids[number], ++sequences[number], at, Rank: 0, recorded, recorded, Deal: null, Leg: null, Tranche: null, Step: null, StepRole.None,
                Value.Parse<CommandId>(Convert.ToHexStringLower(id) + Convert.ToHexStringLower(id)), new(Enumerable.Repeat((byte)7, Digest.Length).ToArray()),
                Causation: null, Source: null, Confidence: null, IssuedBy: "generated", PreviousHash: default);
            writer.Write(new(header, fact));
        }
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
