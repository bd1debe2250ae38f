using System.Buffers.Binary;
using ActorFinance.Model;

namespace ActorFinance.Testing.Builders;

/// <summary>
/// Writes recorded events as a journal would hold them, with fixed ids: the n-th event has the id <see cref="Id"/>(n). Unless told
/// otherwise an event is recorded a minute after the one before it, and known when it was recorded.
/// </summary>
public sealed class BookBuilder
{
    private readonly List<RecordedEvent> _events = [];
    private readonly Dictionary<CompanyId, long> _sequence = [];
    private long _offset;

    public static Instant FirstRecordedAt { get; } = Instant.Of(2026, 1, 1);

    public IReadOnlyList<RecordedEvent> Events => _events;

    public RecordedEvent Last => _events[^1];

    public static EventId Id(int number) => new(Numbered(number));

    public static StepId Step(int number) => new(Numbered(1_000_000 + number));

    public static CompanyId Company(string id) => Value.Parse<CompanyId>(id);

    public static HolderId Holder(string id) => Value.Parse<HolderId>(id);

    public static Money Money(string text) => Value.Parse<Money>(text);

    public static Instant At(string text) => Value.Parse<Instant>(text);

    public BookBuilder Registered(params string[] companies)
    {
        foreach (var company in companies)
        {
            Add(company, "2020-01-01", new CompanyRegistered(company, Value.Parse<Currency>("USD"), CompanyKind.Company, CashPolicy.AllowShortfall));
        }

        return this;
    }

    public BookBuilder Add(
        string emitter,
        string effective,
        CompanyEvent fact,
        int rank = 0,
        string? known = null,
        string? deal = null,
        int? step = null,
        StepRole role = StepRole.None,
        int offsetsSkipped = 0) =>
        Add(Company(emitter), At(effective), fact, rank, known is null ? null : At(known), deal is null ? null : Value.Parse<DealId>(deal), step, role, offsetsSkipped);

    public BookBuilder Add(
        CompanyId emitter,
        Instant effective,
        CompanyEvent fact,
        int rank = 0,
        Instant? known = null,
        DealId? deal = null,
        int? step = null,
        StepRole role = StepRole.None,
        int offsetsSkipped = 0)
    {
        _offset += 1 + offsetsSkipped;
        var sequence = _sequence[emitter] = _sequence.GetValueOrDefault(emitter) + 1;
        var recordedAt = new Instant(FirstRecordedAt.UtcTicks + (_events.Count * TimeSpan.TicksPerMinute));
        var header = new EventHeader(
            Id(_events.Count + 1),
            emitter,
            sequence,
            effective,
            rank,
            recordedAt,
            known ?? recordedAt,
            deal,
            Leg: null,
            Tranche: null,
            step is { } number ? Step(number) : null,
            role,
            Value.Parse<CommandId>($"command-{_events.Count + 1}"),
            CommandDigest: default,
            Causation: null,
            Source: null,
            Confidence: null,
            IssuedBy: null,
            PreviousHash: default);
        _events.Add(new(new(_offset), new(header, fact)));
        return this;
    }

    /// <summary>The emitter of the n-th event voids it.</summary>
    public BookBuilder Void(int number, string effective = "2026-01-01", string? known = null) =>
        Add(_events[number - 1].Header.Emitter.Value, effective, new EventVoided(Id(number), "a mistake", null, null), known: known);

    private static Guid Numbered(int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], number);
        return new(bytes, bigEndian: true);
    }
}
