using System.Diagnostics;
using ActorFinance.Analysis.Cash;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// One company's balance at random (T, K), in process, at 1 and at 10 million payments between 1,000 companies. One of them, the hub, is a party
/// to a quarter of all payments. A tenth of the payments is recorded late, a tenth holds in the future, a tenth was known before it was
/// recorded, and one in a hundred is voided. K is an offset or a known time, anywhere in the journal.
/// </summary>
internal static class CashPointInTime
{
    private const int Companies = 1_000;
    private const int Questions = 2_000;
    private static readonly Currency Usd = Value.Parse<Currency>("USD");
    private static readonly CompanyId[] Ids = [.. Enumerable.Range(0, Companies).Select(number => Value.Parse<CompanyId>($"company-{number:00000}"))];
    private static readonly long Start = Instant.Of(2020, 1, 1).UtcTicks;

    public static void Run(RunOptions options, Report report)
    {
        var sizes = options.Quick ? (int[])[10_000, 100_000] : [1_000_000, 10_000_000];
        report.Fact("companies", Companies);
        report.Fact("questions a round", Questions);
        var slowest = new List<List<double>>();
        foreach (var events in sizes)
        {
            slowest.AddRange(Measure(options, report, events));
        }

        var parts = slowest.Count / sizes.Length;
        string[] names = ["any company, amount", "the hub, amount", "any company, lowest and first shortfall"];
        for (var i = 0; i < parts; i++)
        {
            report.Compare($"{names[i]}: p99 at ten times the events", slowest[i + parts], slowest[i], "<= 3");
        }
    }

    private static List<List<double>> Measure(RunOptions options, Report report, int events)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var index = Fill(events);
        report.Fact($"{events:#,0} events: filled in s", clock.Elapsed.TotalSeconds);
        report.Fact($"{events:#,0} events: bytes an event", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)events);

        var hub = Ids[0];
        clock.Restart();
        index.AmountAt(Cut.Everything, hub, Usd);
        report.Fact($"{events:#,0} events: first question about the hub in ms, folded plainly", clock.Elapsed.TotalMilliseconds);
        clock.Restart();

        // An account has its two trees (decision 0033) from its third question on; their making is told apart.
        var byTime = Cut.Everything with { AsKnown = new AsKnown.AtTime(Instant.Maximum) };
        foreach (var id in Ids)
        {
            for (var i = 0; i < 3; i++)
            {
                index.At(Cut.Everything, id);
                index.At(byTime, id);
            }
        }

        report.Fact($"{events:#,0} events: every account asked until its trees stand, in s", clock.Elapsed.TotalSeconds);
        report.Fact($"{events:#,0} events: bytes an event with every tree made", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)events);
        var random = new Random(events);
        Check(index, random, events);
        return
        [
            Ask(options, report, $"{events:#,0} events, any company, amount", () => index.AmountAt(AnyCut(random, events), Ids[random.Next(1, Companies)], Usd)),
            Ask(options, report, $"{events:#,0} events, the hub, amount", () => index.AmountAt(AnyCut(random, events), hub, Usd)),
            Ask(options, report, $"{events:#,0} events, any company, lowest and first shortfall", () => index.At(AnyCut(random, events), Ids[random.Next(1, Companies)])),
        ];
    }

    private static List<double> Ask(RunOptions options, Report report, string name, Action question)
    {
        var (p50, p99) = (new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var taken = new double[Questions];
            for (var i = 0; i < Questions; i++)
            {
                var started = Stopwatch.GetTimestamp();
                question();
                taken[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            Array.Sort(taken);
            if (round > 0)
            {
                p50.Add(taken[Questions / 2]);
                p99.Add(taken[Questions * 99 / 100]);
            }
        }

        report.Samples($"{name}, p50", "us", p50);
        report.Samples($"{name}, p99", "us", p99);
        return p99;
    }

    private static void Check(CashIndex index, Random random, int events)
    {
        for (var i = 0; i < 50; i++)
        {
            var (cut, id) = (AnyCut(random, events), Ids[random.Next(Companies)]);
            var whole = index.At(cut, id).Balances.Where(balance => balance.Currency == Usd).Sum(balance => balance.Amount);
            if (index.AmountAt(cut, id, Usd) != whole)
            {
                throw new InvalidOperationException($"{id} at {cut}: the two ways differ");
            }
        }
    }

    /// <summary>Near the end as often as far from it, on either axis of knowledge.</summary>
    private static Cut AnyCut(Random random, int events)
    {
        var known = (long)(random.NextDouble() * events);
        return new(
            new(Start + ((long)(random.NextDouble() * events) * TimeSpan.TicksPerMinute)),
            random.Next(2) == 0 ? new AsKnown.AtOffset(new(known)) : new AsKnown.AtTime(new(Start + (known * TimeSpan.TicksPerMinute))));
    }

    private static CashIndex Fill(int events)
    {
        var random = new Random(20260101);
        var index = new CashIndex();
        var bytes = new byte[16];
        for (var i = 0; i < events; i++)
        {
            random.NextBytes(bytes);
            var recorded = Start + (i * TimeSpan.TicksPerMinute);
            var payer = random.Next(8) == 0 ? 0 : random.Next(1, Companies);
            var payee = payer != 0 && random.Next(8) == 0 ? 0 : 1 + ((Math.Max(payer, 1) + random.Next(Companies - 2)) % (Companies - 1));
            var effective = random.Next(10) switch
            {
                0 => Start + (long)((recorded - Start) * random.NextDouble()),
                1 => recorded + (random.Next(1, 500_000) * TimeSpan.TicksPerMinute),
                _ => recorded,
            };
            var known = random.Next(10) == 0 ? recorded - (random.Next(1, 1_000) * TimeSpan.TicksPerMinute) : recorded;
            var voided = i > 0 && random.Next(100) == 0 ? index.Places.IdOf(random.Next(index.Places.Count)) : (EventId?)null;
            CompanyEvent fact = voided is { } id
                ? new EventVoided(id, "a mistake", null, null)
                : new PurchasePaid(Ids[payee], Money.Of(random.Next(1, 10_000_000) / 100m, Usd), null, null, null, null, false);
            var place = new EventPlace(new(new(bytes)), Ids[payer], new(effective), 0, new(recorded), new(voided is null ? Math.Max(known, 0) : recorded), null, StepRole.None);
            index.Apply(new PlacedEvent(new(i + 1), place, fact));
        }

        return index;
    }
}
