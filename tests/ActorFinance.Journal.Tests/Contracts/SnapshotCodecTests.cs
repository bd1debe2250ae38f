using ActorFinance.Journal.Contracts;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class SnapshotCodecTests
{
    [Fact]
    public void What_is_packed_is_unpacked_in_order() =>
        EventGen.Envelope.Select(EventCodec.Encode).Array[0, 50].Sample(events =>
        {
            SnapshotCodec.TryUnpack(SnapshotCodec.Pack(events), out var unpacked, out _).ShouldBeTrue();
            unpacked!.Select(Text).ShouldBe(events.Select(Text));
        }, iter: 100);

    [Fact]
    public void A_manifest_stands_once_however_many_events_it_has()
    {
        var one = SnapshotCodec.Pack(Enumerable.Repeat(new StoredEvent("deal-completed:1", [1]), 1));
        var fifty = SnapshotCodec.Pack(Enumerable.Repeat(new StoredEvent("deal-completed:1", [1]), 50));
        (fifty.Length - one.Length).ShouldBeLessThan(50 * 8);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_bit_is_reported()
    {
        var packed = Packed();
        for (var length = 0; length < packed.Length; length++)
        {
            SnapshotCodec.TryUnpack(packed.AsMemory(0, length), out _, out _).ShouldBeFalse();
        }

        for (var bit = 0; bit < packed.Length * 8; bit++)
        {
            packed[bit / 8] ^= (byte)(1 << (bit % 8));
            SnapshotCodec.TryUnpack(packed, out _, out var fault).ShouldBeFalse();
            fault!.Manifest.ShouldBe(SnapshotCodec.Manifest);
            packed[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Changes_under_a_new_checksum_throw_nothing()
    {
        var unsealed = RawPayload.Unseal(Packed());
        Gen.Select(Gen.Int[0, unsealed.Length - 1], Gen.Byte, Gen.Int[0, unsealed.Length]).Sample((place, value, length) =>
        {
            var changed = unsealed.ToArray();
            changed[place] = value;
            _ = SnapshotCodec.TryUnpack(RawPayload.Seal(SnapshotCodec.Manifest, changed), out _, out _);
            _ = SnapshotCodec.TryUnpack(RawPayload.Seal(SnapshotCodec.Manifest, changed.AsSpan(0, length)), out _, out _);
        }, iter: 5_000);
    }

    [Theory]
    [InlineData("a manifest that nobody knows", "93 91 a3 61 3a 31 90", "'a:1' is no event contract of this version of the program")]
    [InlineData("an index of no manifest", "93 90 91 92 00 c4 01 01", "0 must be the place of one of 0 manifests")]
    [InlineData("an index below 0", "93 90 91 92 ff c4 01 01", "-1 must be the place of one of 0 manifests")]
    [InlineData("another array", "92 90 90", "must be an array of 3 values, not 2")]
    [InlineData("something after the events", "93 90 90 c0", "the checksum must follow the events at once")]
    public void A_snapshot_that_breaks_a_rule_is_reported(string what, string hex, string rule)
    {
        var packed = RawPayload.Seal(SnapshotCodec.Manifest, Convert.FromHexString(hex.Replace(" ", "")));
        SnapshotCodec.TryUnpack(packed, out var events, out var fault).ShouldBeFalse();
        events.ShouldBeNull();
        fault!.Rule.ShouldBe(rule, what);
    }

    [Fact]
    public void A_huge_count_is_refused_before_anything_is_allocated()
    {
        foreach (var head in (byte[][])[[0x93, 0xdd, 0x7f, 0xff, 0xff, 0xff], [0x93, 0x90, 0xdd, 0x7f, 0xff, 0xff, 0xff], [0x93, 0x90, 0x91, 0x92, 0, 0xc6, 0x7f, 0xff, 0xff, 0xff]])
        {
            SnapshotCodec.TryUnpack(RawPayload.Seal(SnapshotCodec.Manifest, head), out _, out _).ShouldBeFalse();
        }
    }

    private static byte[] Packed() =>
        SnapshotCodec.Pack(new[] { "company-registered:2", "investment-made:1", "deal-completed:1", "investment-made:1" }.Select(m => EventCodec.Encode(GoldenEvents.Of(m).Full)));

    private static string Text(StoredEvent stored) => $"{stored.Manifest} {Convert.ToHexStringLower(stored.Payload)}";
}
