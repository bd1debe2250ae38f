using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Peer;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// Commands to companies that are awake, each company sending its next batch when the last is answered; the peer writes the same bytes in the same
/// batches, ready beforehand, while our digests, decisions and bytes are made on the clock. Bare actors on our own journal show what of it the companies cost.
/// </summary>
internal static class Append
{
    private const int Companies = 100;

    public static Task RunAsync(RunOptions options, WorkFolder folder, Report report) =>
        CompareAsync("append", [(1, 1_000), (10, 1_000), (100, 2_000)], folder.FreshJournal, WorkFolder.Delete, options, report);

    /// <param name="name">Of the comparisons.</param>
    /// <param name="sizes">Events in a batch, and of each company.</param>
    /// <param name="fresh">A journal that is not there yet.</param>
    /// <param name="delete">Takes one away.</param>
    /// <param name="options">Rounds.</param>
    /// <param name="report">Takes the figures.</param>
    public static async Task CompareAsync(string name, IReadOnlyList<(int Batch, int EventsEach)> sizes, Func<string> fresh, Action<string> delete, RunOptions options, Report report)
    {
        report.Fact("actors", Companies);
        foreach (var (batch, eventsEach) in sizes)
        {
            var each = options.Quick ? eventsEach / 10 * (batch == 100 ? 5 : 1) : eventsEach;
            report.Fact($"events, batches of {batch}", each * Companies);
            var (ours, peer, bareOnOurs) = (new List<Cost>(), new List<Cost>(), new List<Cost>());

            // The first round warms all sides up and is not counted.
            for (var round = 0; round <= options.Rounds; round++)
            {
                var (journal, plugins, bares) = (fresh(), fresh(), fresh());
                var own = await OursAsync(journal, batch, each);
                var bare = await PeerAsync(journal, new BareJournal(plugins), batch);
                var onOurs = await PeerAsync(journal, new BareJournal(bares, pluginsOwn: false), batch);
                foreach (var written in new[] { journal, plugins, bares })
                {
                    delete(written);
                }

                if (round > 0)
                {
                    ours.Add(own);
                    peer.Add(bare);
                    bareOnOurs.Add(onOurs);
                }
            }

            report.Compare($"{name}, batches of {batch}", [.. ours.Select(cost => cost.EventsPerSecond)], [.. peer.Select(cost => cost.EventsPerSecond)], ">= 0.9");
            report.Compare($"{name}, batches of {batch}, bare actors on both", [.. bareOnOurs.Select(cost => cost.EventsPerSecond)], [.. peer.Select(cost => cost.EventsPerSecond)], ">= 1");
            foreach (var (side, costs) in new[] { ("company actors", ours), ("bare actors", peer), ("bare actors on our journal", bareOnOurs) })
            {
                report.Samples($"{side}, batches of {batch}", "events/s", [.. costs.Select(cost => cost.EventsPerSecond)]);
                report.Samples($"processor time of {side}, batches of {batch}", "us/event", [.. costs.Select(cost => cost.MicrosecondsOfProcessor)]);
                report.Samples($"collector's pauses of {side}, batches of {batch}", "us/event", [.. costs.Select(cost => cost.MicrosecondsOfPauses)]);
                report.Samples($"allocated by {side}, batches of {batch}", "bytes/event", [.. costs.Select(cost => cost.BytesAllocated)]);
            }
        }
    }

    private static async Task<Cost> OursAsync(string path, int batch, int each)
    {
        var opening = await JournalSession.OpenAsync(path, new SessionOptions());
        await using var session = opening.Succeeded(out var opened, out var error) ? opened : throw new InvalidOperationException(error.Message);
        var ids = Enumerable.Range(0, Companies).Select(number => Value.Parse<CompanyId>(FlowBook.Company(number))).ToArray();
        var usd = Value.Parse<Currency>("USD");
        foreach (var id in ids)
        {
            await session.SubmitAsync(id, [new(Value.Parse<CommandId>($"register:{id}"), id, Instant.Of(2025, 1, 1), new RegisterCompany(id.Value, usd))]);
        }

        var orders = ids.Select((id, number) => Enumerable.Range(0, each)
            .Select(i => new CommandEnvelope(
                Value.Parse<CommandId>($"csv:{number:00000000}{i:00000000}"),
                id,
                Instant.Of(DateTimeOffset.UnixEpoch.AddDays(20_000 + (i / 10))),
                new PayPurchase(ids[(number + 1 + (i % (Companies - 1))) % Companies], Money.Of(100 + i, usd))) { Rank = i })
            .Chunk(batch)
            .ToArray()).ToArray();

        return await Cost.OfAsync(Companies * each, () => Task.WhenAll(ids.Select((id, number) => SendAsync(session, id, orders[number]))));
    }

    private static async Task SendAsync(JournalSession session, CompanyId company, CommandEnvelope[][] orders)
    {
        foreach (var order in orders)
        {
            foreach (var reply in await session.SubmitAsync(company, [.. order]))
            {
                if (reply is not CommandReply.Accepted)
                {
                    throw new InvalidOperationException($"{company}: {reply}");
                }
            }
        }
    }

    private static async Task<Cost> PeerAsync(string source, BareJournal journal, int batch)
    {
        var companies = await BareJournal.LoadAsync(source);
        Cost cost;
        await using (journal)
        {
            foreach (var (id, events) in companies)
            {
                await journal.WriteAsync(id, [events[0]]);
            }

            var batches = companies.Select(company => (company.Key, Batches: company.Value.Skip(1).Chunk(batch).ToArray())).ToArray();
            cost = await Cost.OfAsync(
                companies.Sum(company => company.Value.Count - 1),
                () => Task.WhenAll(batches.Select(company => SendAsync(journal, company.Key, company.Batches))));
        }

        return cost;
    }

    private static async Task SendAsync(BareJournal journal, string id, Journal.StoredEvent[][] batches)
    {
        foreach (var batch in batches)
        {
            await journal.WriteAsync(id, batch);
        }
    }
}
