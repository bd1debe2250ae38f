using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;

namespace ActorFinance.Client.Tests;

/// <summary>What the tests of a client share.</summary>
internal static class Book
{
    private static readonly DateTimeOffset Day = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    public static ActorFinanceClientOptions Impatient(Uri url, Uri? grpcUrl = null) => new()
    {
        Url = url,
        GrpcUrl = grpcUrl,
        PauseLeast = TimeSpan.FromMilliseconds(1),
        PauseMost = TimeSpan.FromMilliseconds(20),
        SilenceMost = TimeSpan.FromSeconds(1),
        AttemptWithin = TimeSpan.FromSeconds(2),
        RetryFor = TimeSpan.FromMinutes(2),
    };

    public static Command Register(string company) => new(company, Day.AddDays(-1), Order.RegisterCompany(company, "USD")) { Id = $"register-{company}" };

    public static Command Pay(string id, int number) => number % 2 == 0
        ? new(Companies[0], Day, Order.PayPurchase(Companies[1], new(number + 1, "USD"))) { Id = id }
        : new(Companies[1], Day, Order.PayPurchase(Companies[0], new(number + 1, "USD"))) { Id = id };

    public static string[] Companies { get; } = ["openai", "nvidia"];

    /// <summary>Both companies, as offsets 1 and 2.</summary>
    public static async Task OpenAsync(ActorFinanceClient client)
    {
        foreach (var company in Companies)
        {
            (await client.Commands.SendAsync(Register(company))).ShouldBeOfType<CommandOutcome.Accepted>();
        }
    }

    /// <summary>
    /// Each event once, in order, and the very events of the journal: offsets without gap, each company's numbers without gap, and the hash that each event
    /// carries is the one that the journal's own rows give for the event before.
    /// </summary>
    public static async Task ShouldBeTheWholeJournal(IReadOnlyList<EventRecord> seen, string journal)
    {
        JournalStore.Of(journal).OpenReader().Succeeded(out var reader, out var error).ShouldBeTrue(error?.Message);
        await using var _ = reader;
        var heads = new Dictionary<string, (long Number, string Hash)>(StringComparer.Ordinal);
        var at = 0;
        await foreach (var batch in reader!.ReadAsync())
        {
            using (batch)
            {
                foreach (var row in batch)
                {
                    at.ShouldBeLessThan(seen.Count, "an event is missing at the end");
                    var one = seen[at++];
                    var head = heads.GetValueOrDefault(row.PersistenceId, (0, new string('0', 64)));
                    (one.Offset, one.SequenceNumber, one.PreviousHash).ShouldBe((row.Ordering, head.Number + 1, head.Hash));
                    $"company-{one.Company}".ShouldBe(row.PersistenceId);
                    heads[row.PersistenceId] = (row.SequenceNumber, HashChain.HashOf(row.PersistenceId, row.SequenceNumber, row.Manifest, row.Payload.Span).ToString());
                }
            }
        }

        seen.Count.ShouldBe(at, "an event came twice");
    }
}

/// <summary>A library in the tests' closure brings names that the framework has too; these are neither's.</summary>
internal static class Sequences
{
    public static async Task<List<T>> TakenAsync<T>(this IAsyncEnumerable<T> sequence, int most = int.MaxValue, CancellationToken cancellation = default)
    {
        var list = new List<T>();
        await foreach (var one in sequence.WithCancellation(cancellation))
        {
            list.Add(one);
            if (list.Count == most)
            {
                break;
            }
        }

        return list;
    }
}
