using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using MessagePack;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class GoldenTests
{
    public static TheoryData<string> All => [.. ManifestTable.All];

    public static TheoryData<string> Current => [.. ManifestTable.Current];

    [Theory]
    [MemberData(nameof(All))]
    public void Golden_bytes_are_read_as_the_event_that_was_written(string manifest)
    {
        var (full, bare) = GoldenEvents.Of(manifest);
        var (fullBytes, bareBytes) = GoldenFile.Read(manifest, () => Written(manifest));

        EventCodec.Decode(manifest, fullBytes).ShouldBe(full);
        EventCodec.Decode(manifest, bareBytes).ShouldBe(bare);
    }

    [Theory]
    [MemberData(nameof(Current))]
    public void An_event_is_written_as_the_golden_bytes(string manifest)
    {
        var (full, bare) = GoldenEvents.Of(manifest);
        var (fullBytes, bareBytes) = GoldenFile.Read(manifest, () => Written(manifest));

        EventCodec.Encode(full).Manifest.ShouldBe(manifest);
        Convert.ToHexStringLower(EventCodec.Encode(full).Payload).ShouldBe(Convert.ToHexStringLower(fullBytes));
        Convert.ToHexStringLower(EventCodec.Encode(bare).Payload).ShouldBe(Convert.ToHexStringLower(bareBytes));
    }

    [Fact]
    public void Every_golden_file_is_of_a_manifest_that_can_still_be_read() =>
        GoldenFile.Manifests.Order().ShouldBe(ManifestTable.All.Order());

    [Theory]
    [MemberData(nameof(Current))]
    public void The_checksum_is_the_one_of_decision_0001(string manifest)
    {
        var (full, _) = GoldenFile.Read(manifest, () => Written(manifest));
        RawPayload.Seal(manifest, RawPayload.Unseal(full)).ShouldBe(full);
    }

    private static (byte[] Full, byte[] Bare) Written(string manifest)
    {
        var (full, bare) = GoldenEvents.Of(manifest);
        return manifest == "company-registered:1"
            ? (CompanyRegisteredV1(full), CompanyRegisteredV1(bare))
            : (EventCodec.Encode(full).Payload, EventCodec.Encode(bare).Payload);
    }

    // Nothing writes version 1 any more, so its golden bytes are made here: today's header, and the body as it was.
    private static byte[] CompanyRegisteredV1(EventEnvelope envelope) =>
        RawPayload.WithBody("company-registered:1", EventCodec.Encode(envelope).Payload, buffer =>
        {
            var registered = (CompanyRegistered)envelope.Event;
            var writer = new MessagePackWriter(buffer);
            writer.WriteArrayHeader(3);
            writer.Write(registered.Name);
            writer.Write(registered.Currency.Code);
            writer.Write((int)registered.Kind);
            writer.Flush();
        });
}
