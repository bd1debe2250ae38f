using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Journal.Verifying;

/// <summary>
/// Goes over the rows in offset order and holds each to its own bytes, to the row before it in its company's chain, and to what the company could
/// have decided. Every fault is told; after one in a company, its later rows are still held to their bytes and chain.
/// </summary>
public sealed class ChainVerifier
{
    private readonly Dictionary<string, Chain> _chains = new(StringComparer.Ordinal);
    private readonly HashSet<EventId> _ids = [];
    private readonly List<RowFault> _faults = [];

    public IReadOnlyList<RowFault> Faults => _faults;

    public int Companies => _chains.Count;

    /// <summary>The last event of each chain, by persistence id.</summary>
    public IReadOnlyList<ChainHead> Heads =>
        [.. _chains.OrderBy(chain => chain.Key, StringComparer.Ordinal).Select(chain => new ChainHead(chain.Key, chain.Value.SequenceNumber, chain.Value.Hash))];

    /// <summary>Takes the next row; the event when it decodes.</summary>
    public RecordedEvent? Add(in RawJournalRow row)
    {
        var place = (row.Ordering, row.PersistenceId, row.SequenceNumber);
        if (!_chains.TryGetValue(row.PersistenceId, out var chain))
        {
            chain = new();
            _chains.Add(row.PersistenceId, chain);
            if (CompanyId.TryFromPersistenceId(row.PersistenceId, out var company))
            {
                chain.State = CompanyState.Empty(company);
            }
            else
            {
                Fault(place, "persistence-id", "is not company-<company id>");
            }
        }

        if (row.SequenceNumber != chain.SequenceNumber + 1)
        {
            Fault(place, "sequence", $"follows number {chain.SequenceNumber}: a row was lost, doubled or reordered");
            chain.State = null;
        }

        var decoded = Decode(row, place, chain);
        chain.Hash = HashChain.HashOf(row.PersistenceId, row.SequenceNumber, row.Manifest, row.Payload.Span);
        chain.SequenceNumber = row.SequenceNumber;
        return decoded;
    }

    /// <summary>One digest over all heads: kept elsewhere, it shows a cut tail, which no chain can.</summary>
    public Digest Seal()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var head in Heads)
        {
            var id = Encoding.UTF8.GetBytes(head.PersistenceId);
            BinaryPrimitives.WriteInt64BigEndian(number, id.Length);
            hash.AppendData(number);
            hash.AppendData(id);
            BinaryPrimitives.WriteInt64BigEndian(number, head.SequenceNumber);
            hash.AppendData(number);
            hash.AppendData(head.Hash.ToArray());
        }

        return new(hash.GetHashAndReset());
    }

    private RecordedEvent? Decode(in RawJournalRow row, (long, string, long) place, Chain chain)
    {
        if (!EventCodec.TryDecode(row.Manifest, row.Payload, out var envelope, out var fault))
        {
            Fault(place, "undecodable", fault.ToString());
            chain.State = null;
            return null;
        }

        var header = envelope.Header;
        if (header.Emitter.PersistenceId != row.PersistenceId || header.SequenceNumber != row.SequenceNumber)
        {
            Fault(place, "misplaced", $"its bytes say number {header.SequenceNumber} of '{header.Emitter}'");
            chain.State = null;
        }

        if (header.PreviousHash != chain.Hash)
        {
            Fault(place, "chain", "does not continue the hash chain: the row before it was changed, lost or reordered");
        }

        if (header.RecordedAt < chain.RecordedAt)
        {
            Fault(place, "recorded-backwards", $"recorded at {header.RecordedAt}, before {chain.RecordedAt} of the row before it");
        }

        if (header.KnownAt > header.RecordedAt)
        {
            Fault(place, "known-after-recorded", $"known at {header.KnownAt}, recorded at {header.RecordedAt}");
        }

        if (!_ids.Add(header.Id))
        {
            Fault(place, "event-id", $"event id {header.Id} is in the journal twice");
        }

        chain.RecordedAt = header.RecordedAt;
        Evolve(envelope, place, chain);
        return new(new(row.Ordering), envelope);
    }

    /// <summary>What a company decided fits its timeline; what does not was written by another hand.</summary>
    private void Evolve(EventEnvelope envelope, (long, string, long) place, Chain chain)
    {
        if (chain.State is not { } state)
        {
            return;
        }

        try
        {
            chain.State = Company.Evolve(state, envelope);
        }
        catch (CorruptJournalException corrupt)
        {
            Fault(place, "undecidable", corrupt.Message);
            chain.State = null;
        }
    }

    private void Fault((long Offset, string PersistenceId, long SequenceNumber) place, string code, string message) =>
        _faults.Add(new(place.Offset, place.PersistenceId, place.SequenceNumber, code, message));

    private sealed class Chain
    {
        public long SequenceNumber { get; set; }

        public Digest Hash { get; set; }

        public Instant RecordedAt { get; set; }

        /// <summary>Null once the company's facts cannot be followed any further.</summary>
        public CompanyState? State { get; set; }
    }
}
