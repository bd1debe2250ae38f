using System.Collections.Immutable;
using Akka.Persistence;

namespace ActorFinance.Journal.Writing;

/// <summary>One persistent actor's events that are to be on the disk together or not at all.</summary>
internal sealed record JournalWrite(string PersistenceId, string WriterId, long CreatedTicks, JournalRow[] Rows)
{
    private static readonly ImmutableArray<Exception> OneWritten = [null!];

    /// <summary>All of one call of a persistent actor: it fails wholly or not at all.</summary>
    /// <param name="messages">As the plugin's journal takes them.</param>
    /// <param name="writerId">Of this journal's run, as the plugin has it. The replay filter tells by it whose an event is.</param>
    public static JournalWrite Of(IReadOnlyList<AtomicWrite> messages, string writerId) => messages is [var only]
        ? Of((IImmutableList<IPersistentRepresentation>)only.Payload, writerId)
        : Of([.. messages.SelectMany(message => (IImmutableList<IPersistentRepresentation>)message.Payload)], writerId);

    /// <summary>What the plugin's journal answers when all was written.</summary>
    public static IImmutableList<Exception> Written(int messages) => messages == 1 ? OneWritten : ImmutableArray.CreateRange(Enumerable.Repeat<Exception>(null!, messages));

    private static JournalWrite Of(IReadOnlyList<IPersistentRepresentation> events, string writerId)
    {
        var rows = new JournalRow[events.Count];
        var next = 0;
        foreach (var persistent in events)
        {
            rows[next++] = new(
                persistent.SequenceNr,
                persistent.Payload as StoredEvent ?? throw new ArgumentException($"the journal keeps {nameof(StoredEvent)}, not {persistent.Payload.GetType()}", nameof(events)));
        }

        return new(events[0].PersistenceId, writerId, DateTime.UtcNow.Ticks, rows);
    }
}

internal readonly record struct JournalRow(long SequenceNumber, StoredEvent Event);
