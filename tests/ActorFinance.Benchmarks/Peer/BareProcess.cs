using System.Diagnostics;
using System.Globalization;

namespace ActorFinance.Benchmarks.Peer;

/// <summary>
/// The peer of an import, as a process of its own: writes the bytes of a journal that an import made into another one, with as many actors, in the
/// batches that the import uses, and with as many messages under way.
/// </summary>
internal static class BareProcess
{
    /// <summary>As in ImportRun: commands in one message, and messages under way.</summary>
    private const int BatchMax = 200;

    private const int InFlightMax = 48;

    public static async Task<int> RunAsync(string source, string target)
    {
        var clock = Stopwatch.StartNew();
        var companies = await BareJournal.LoadAsync(source);
        var loaded = clock.Elapsed.TotalSeconds;
        var journal = new BareJournal(target);
        await using (journal)
        {
            // The registrations first, as the import has it, then the rest of each company.
            await WriteAsync(journal, companies.Select(company => (company.Key, company.Value.Take(1).ToArray())));
            await WriteAsync(journal, companies.SelectMany(company => company.Value.Skip(1).Chunk(BatchMax).Select(batch => (company.Key, batch))));
        }

        // The caller takes this part off the whole: the bytes should have been there.
        Console.WriteLine(loaded.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task WriteAsync(BareJournal journal, IEnumerable<(string Id, Journal.StoredEvent[] Batch)> batches)
    {
        var underWay = new HashSet<Task>();
        foreach (var (id, batch) in batches)
        {
            if (underWay.Count == InFlightMax)
            {
                var done = await Task.WhenAny(underWay);
                underWay.Remove(done);
                await done;
            }

            underWay.Add(journal.WriteAsync(id, batch));
        }

        await Task.WhenAll(underWay);
    }
}
