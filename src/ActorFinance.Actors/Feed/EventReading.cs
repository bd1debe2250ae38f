using System.Runtime.CompilerServices;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Actors.Feed;

/// <summary>Rows of the table as events. A row that does not decode is a <see cref="CorruptEventException"/> that names offset and manifest.</summary>
public static class EventReading
{
    public static IReadOnlyList<RecordedEvent> Decode(RawJournalBatch batch)
    {
        var events = new RecordedEvent[batch.Count];
        var rows = batch.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            events[i] = Decode(rows[i]);
        }

        return events;
    }

    public static RecordedEvent Decode(in RawJournalRow row)
    {
        try
        {
            return new(new(row.Ordering), EventCodec.Decode(row.Manifest, row.Payload));
        }
        catch (CorruptEventException corrupt)
        {
            throw corrupt.WithPlace(new(row.Ordering), row.PersistenceId, row.SequenceNumber);
        }
    }

    /// <summary>The whole journal up to an offset, batch by batch.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadEventsAsync(
        this IJournalReader reader, long after = 0, long? upTo = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var batch in reader.ReadAsync(after, upTo, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                yield return Decode(batch);
            }
        }
    }

    /// <summary>One company's state, straight from the table, without waking its actor.</summary>
    public static async Task<CompanyState> ReadStateAsync(this IJournalReader reader, CompanyId company, CancellationToken cancellation = default)
    {
        var state = CompanyState.Empty(company);
        await foreach (var batch in reader.ReadCompanyAsync(company.PersistenceId, 1, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                foreach (var recorded in Decode(batch))
                {
                    state = Company.Evolve(state, recorded.Envelope);
                }
            }
        }

        return state;
    }
}
