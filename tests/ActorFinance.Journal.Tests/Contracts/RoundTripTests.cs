using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_is_read_back_and_written_again_alike() =>
        EventGen.Envelope.Sample(envelope =>
        {
            var stored = EventCodec.Encode(envelope);
            var read = EventCodec.Decode(stored.Manifest, stored.Payload);
            return read == envelope && EventCodec.Encode(read).Payload.AsSpan().SequenceEqual(stored.Payload);
        }, iter: 5_000);

    [Fact]
    public void What_is_read_without_most_of_its_header_is_the_same_fact_at_the_same_place() =>
        EventGen.Envelope.Sample(envelope =>
        {
            var stored = EventCodec.Encode(envelope);
            return EventCodec.TryDecodePlaced(stored.Manifest, stored.Payload, out var place, out var fact, out _)
                && place == EventPlace.Of(envelope.Header)
                && fact == envelope.Event;
        }, iter: 5_000);

    [Fact]
    public void A_changed_byte_is_found_without_most_of_the_header_too() =>
        EventGen.Envelope.Sample(envelope =>
        {
            var stored = EventCodec.Encode(envelope);
            for (var i = 0; i < stored.Payload.Length; i++)
            {
                var changed = stored.Payload.ToArray();
                changed[i] ^= 0x10;
                EventCodec.TryDecodePlaced(stored.Manifest, changed, out _, out _, out var fault).ShouldBeFalse();
                fault!.Rule.ShouldContain("checksum");
            }
        }, iter: 20);

    [Fact]
    public void Equal_numbers_have_equal_bytes()
    {
        var (header, _) = GoldenEvents.Of("pool-reserved:1").Full;
        var common = Value.Parse<ShareClassId>("common");
        var plain = EventCodec.Encode(new(header, new PoolReserved(common, ShareQuantity.Of(1.5m))));
        EventCodec.Encode(new(header, new PoolReserved(common, ShareQuantity.Of(1.500m)))).Payload.ShouldBe(plain.Payload);

        var zero = EventCodec.Encode(new(header, new ExternalCashPaid(Money.Of(0m, Usd), ExternalCategory.Other)));
        EventCodec.Encode(new(header, new ExternalCashPaid(Money.Of(-0.00m, Usd), ExternalCategory.Other))).Payload.ShouldBe(zero.Payload);
    }

    [Fact]
    public void A_long_text_outgrows_the_buffer_and_the_next_event_is_written_as_before()
    {
        var (full, _) = GoldenEvents.Of("company-renamed:1");
        var before = EventCodec.Encode(full).Payload;
        var renamed = full with { Event = new CompanyRenamed(new string('ß', 1_000_000)) };
        var stored = EventCodec.Encode(renamed);

        EventCodec.Decode(stored.Manifest, stored.Payload).ShouldBe(renamed);
        EventCodec.Encode(full).Payload.ShouldBe(before);
    }

    [Fact]
    public void Many_threads_read_and_write_at_once() =>
        Parallel.For(0, 8, seed => EventGen.Envelope.Sample(envelope =>
        {
            var stored = EventCodec.Encode(envelope);
            return EventCodec.Decode(stored.Manifest, stored.Payload) == envelope;
        }, iter: 500, threads: 1));

    public static TheoryData<string, EventEnvelope> Unreadable()
    {
        var (full, _) = GoldenEvents.Of("company-renamed:1");
        var money = Money.Total(Money.Limit, Usd);
        return new()
        {
            { "an id that was never set", full with { Header = full.Header with { Emitter = default } } },
            { "sequence number 0", full with { Header = full.Header with { SequenceNumber = 0 } } },
            { "a role of no number", full with { Header = full.Header with { Role = (StepRole)9 } } },
            { "half a character", full with { Event = new CompanyRenamed("\ud83d") } },
            { "a total beyond the limit of an amount", full with { Event = new ExternalCashPaid(money, ExternalCategory.Other) } },
            { "an amount in no currency", full with { Event = new ExternalCashPaid(default, ExternalCategory.Other) } },
            { "a list that is too long", full with { Event = new DealAnnounced(new(DealKind.Other, null, null, null, null, null, null, null, new DealId[65_537].ToValueList(), false)) } },
            { "no name", full with { Event = new CompanyRenamed(null!) } },
            { "an event of no contract", full with { Event = new UnknownEvent() } },
        };
    }

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void An_event_that_could_not_be_read_back_is_not_written(string what, EventEnvelope envelope) =>
        Should.Throw<ArgumentException>(() => EventCodec.Encode(envelope), what);

    private static readonly Currency Usd = Value.Parse<Currency>("USD");

    private sealed record UnknownEvent : CompanyEvent;
}
