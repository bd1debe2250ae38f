using System.Globalization;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Books;

/// <summary>Payments over five years among companies that all lie in one strongly connected component; the same for the same sizes.</summary>
internal sealed class CircleBook
{
    private static readonly Instant FirstDay = Instant.Of(2021, 1, 1);
    private const int Days = 5 * 365;

    /// <param name="companies">At least 3.</param>
    /// <param name="edges">Pairs that pay each other, at least one a company.</param>
    /// <param name="flows">Payments, at least one an edge.</param>
    public CircleBook(int companies, int edges, int flows)
    {
        var random = new Random(20260104);
        Companies = [.. Enumerable.Range(0, companies).Select(i => Value.Parse<CompanyId>(string.Create(CultureInfo.InvariantCulture, $"company-{i:00000}")))];
        var pairs = new HashSet<(int From, int To)>(Enumerable.Range(0, companies).Select(i => (i, (i + 1) % companies)));
        while (pairs.Count < edges)
        {
            var (from, to) = (random.Next(companies), random.Next(companies));
            if (from != to)
            {
                pairs.Add((from, to));
            }
        }

        var all = pairs.ToArray();
        var dollar = Value.Parse<Currency>("USD");
        var events = new List<RecordedEvent>(flows);
        for (var i = 0; i < flows; i++)
        {
            // Every pair once, then any: a window of a part of the book has fewer.
            var (from, to) = i < all.Length ? all[i] : all[random.Next(all.Length)];
            var amount = Money.Of(random.Next(100, 10_000_000) / 100m, dollar);
            CompanyEvent fact = random.Next(10) switch
            {
                0 => new InvestmentMade(Companies[to], amount, Instrument.NotStated, null, null, null, null, null, InKind: false),
                < 8 => new PurchasePaid(Companies[to], amount, null, null, null, null, InKind: false),
                _ => new TransferPaid(Companies[to], amount, TransferPurpose.RevenueShare),
            };
            var at = new Instant(FirstDay.UtcTicks + ((long)i * Days / flows * TimeSpan.TicksPerDay));
            var header = new EventHeader(
                new(new Guid(i + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])), Companies[from], SequenceNumber: i + 1, at, Rank: 0, at, at, Deal: null, Leg: null, Tranche: null, Step: null, StepRole.None,
                Value.Parse<CommandId>("generated"), default, Causation: null, Source: null, Confidence: null, IssuedBy: null, PreviousHash: default);
            events.Add(new(new(i + 1), new(header, fact)));
        }

        Events = events;
    }

    public IReadOnlyList<CompanyId> Companies { get; }

    public IReadOnlyList<RecordedEvent> Events { get; }
}
