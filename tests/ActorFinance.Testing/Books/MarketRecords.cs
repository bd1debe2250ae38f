using ActorFinance.Model;

namespace ActorFinance.Testing.Books;

/// <summary>A <see cref="MarketBook"/> in memory, with the offsets that a journal of it would give.</summary>
public static class MarketRecords
{
    public static IReadOnlyList<RecordedEvent> Of(int companies, long events, int seed) =>
        [.. new MarketBook(companies, events, seed).Events().Select((envelope, i) => new RecordedEvent(new(i + 1), envelope))];
}
