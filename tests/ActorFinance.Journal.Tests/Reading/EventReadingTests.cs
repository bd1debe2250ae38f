using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Journal.Tests.Sqlite;
using ActorFinance.Model;

namespace ActorFinance.Journal.Tests.Reading;

/// <summary>Several batches are read and decoded at once; whoever reads must not notice.</summary>
public sealed class EventReadingTests : IDisposable
{
    private const int Rows = 20_000;
    private const int Damaged = 15_000;

    private readonly TemporaryFolder _folder = new();

    public EventReadingTests()
    {
        var fact = EventCodec.Encode(new(
            new(
                Value.Parse<EventId>("0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"), Value.Parse<CompanyId>("openai"), SequenceNumber: 1, Instant.Of(2026, 1, 1), Rank: 0,
                Instant.Of(2026, 1, 2), Instant.Of(2026, 1, 2), Deal: null, Leg: null, Tranche: null, Step: null, StepRole.None, Value.Parse<CommandId>("pay"),
                new(new byte[Digest.Length]), Causation: null, Source: null, Confidence: null, IssuedBy: null, HashChain.Zero),
            new TransferPaid(Value.Parse<CompanyId>("oracle"), Value.Parse<Money>("7 USD"), TransferPurpose.Fee)));
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(Rows));
        JournalFixtures.Execute(_folder.Journal, $"UPDATE journal SET manifest = '{fact.Manifest}', message = X'{Convert.ToHexString(fact.Payload)}'");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_come_in_the_order_of_their_offsets_each_once()
    {
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var offsets = new List<long>();
        await foreach (var batch in reader.ReadEventsAsync())
            offsets.AddRange(batch.Select(recorded => recorded.Offset.Value));

        offsets.ShouldBe(Enumerable.Range(1, Rows).Select(offset => (long)offset));
    }

    [Fact]
    public async Task What_comes_before_a_damaged_row_is_given_first()
    {
        JournalFixtures.Execute(_folder.Journal, $"UPDATE journal SET message = X'00' WHERE ordering = {Damaged}");
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var offsets = new List<long>();
        var corrupt = await Should.ThrowAsync<CorruptEventException>(async () =>
        {
            await foreach (var batch in reader.ReadPlacedAsync(_ => false))
            {
                using (batch)
                    offsets.AddRange(batch.Rows.ToArray().Select(row => row.Placed.Offset.Value));
            }
        });

        corrupt.Offset.ShouldBe(new Offset(Damaged));
        corrupt.PersistenceId.ShouldBe("company-c2");
        offsets.ShouldBe(Enumerable.Range(1, offsets.Count).Select(offset => (long)offset));
        offsets.Count.ShouldBeInRange(Damaged - 4_096, Damaged - 1);
    }

    [Fact]
    public async Task Whoever_leaves_in_the_middle_can_read_again()
    {
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();
        for (var round = 0; round < 3; round++)
        {
            await foreach (var batch in reader.ReadPlacedAsync(_ => false))
            {
                batch.Rows[0].Placed.Offset.ShouldBe(new Offset(1));
                batch.Dispose();
                break;
            }
        }
    }
}
