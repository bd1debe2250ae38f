using System.Buffers;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;
using MessagePack;

namespace ActorFinance.Journal.Tests.Contracts;

/// <summary>Whatever stands in the journal is read as an event or refused as corrupt: nothing else is thrown, nothing runs long or takes memory.</summary>
public sealed class HostileBytesTests
{
    public static TheoryData<string> All => [.. ManifestTable.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_truncation_is_corrupt(string manifest)
    {
        var payload = Golden(manifest);
        for (var length = 0; length < payload.Length; length++)
        {
            ShouldBeCorrupt(manifest, payload[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_truncation_is_corrupt_even_with_a_checksum_that_holds(string manifest)
    {
        var unsealed = RawPayload.Unseal(Golden(manifest));
        for (var length = 0; length < unsealed.Length; length++)
        {
            ShouldBeCorrupt(manifest, RawPayload.Seal(manifest, unsealed.AsSpan(0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_flipped_bit_is_corrupt(string manifest)
    {
        var payload = Golden(manifest);
        for (var bit = 0; bit < payload.Length * 8; bit++)
        {
            payload[bit / 8] ^= (byte)(1 << (bit % 8));
            ShouldBeCorrupt(manifest, payload);
            payload[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_flipped_bit_under_a_new_checksum_is_another_event_or_corrupt(string manifest)
    {
        var unsealed = RawPayload.Unseal(Golden(manifest));
        for (var bit = 0; bit < unsealed.Length * 8; bit++)
        {
            unsealed[bit / 8] ^= (byte)(1 << (bit % 8));
            ShouldBeEventOrCorrupt(manifest, RawPayload.Seal(manifest, unsealed));
            unsealed[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Bytes_replaced_inserted_or_removed_at_random_are_an_event_or_corrupt() =>
        Gen.Select(EventGen.Envelope, Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 20], Gen.Byte.Array[0, 20]).Array[1, 4]).Sample((envelope, edits) =>
        {
            var stored = EventCodec.Encode(envelope);
            var bytes = RawPayload.Unseal(stored.Payload).ToList();
            foreach (var (place, removed, inserted) in edits)
            {
                var at = place % (bytes.Count + 1);
                bytes.RemoveRange(at, Math.Min(removed, bytes.Count - at));
                bytes.InsertRange(at, inserted);
            }

            ShouldBeEventOrCorrupt(stored.Manifest, RawPayload.Seal(stored.Manifest, bytes.ToArray()));
        }, iter: 5_000);

    [Fact]
    public void Random_bytes_are_corrupt() =>
        Gen.Select(Gen.OneOf<string>([.. ManifestTable.All]), Gen.Byte.Array[0, 300]).Sample((manifest, bytes) =>
        {
            ShouldBeCorrupt(manifest, bytes);
            ShouldBeCorrupt(manifest, RawPayload.Seal(manifest, bytes));
        }, iter: 5_000);

    public static TheoryData<string, byte[]> Lengths => new()
    {
        { "array 16", [0xdc, 0xff, 0xff] },
        { "array 32", [0xdd, 0x7f, 0xff, 0xff, 0xff] },
        { "array 32 beyond int", [0xdd, 0xff, 0xff, 0xff, 0xff] },
        { "map 32", [0xdf, 0x7f, 0xff, 0xff, 0xff] },
        { "text 8", [0xd9, 0xff] },
        { "text 32", [0xdb, 0x7f, 0xff, 0xff, 0xff] },
        { "text 32 beyond int", [0xdb, 0xff, 0xff, 0xff, 0xff] },
        { "bytes 32", [0xc6, 0x7f, 0xff, 0xff, 0xff] },
        { "bytes 32 beyond int", [0xc6, 0xff, 0xff, 0xff, 0xff] },
        { "extension 32", [0xc9, 0x7f, 0xff, 0xff, 0xff, 0x01] },
        { "code that is never used", [0xc1] },
        { "number beyond int", [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] },
        { "float", [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_huge_length_is_refused_before_anything_is_allocated(string what, byte[] head)
    {
        foreach (var manifest in ManifestTable.All)
        {
            var unsealed = RawPayload.Unseal(Golden(manifest));
            var places = ValueStarts(unsealed);
            foreach (var place in places)
            {
                byte[] changed = [.. unsealed.AsSpan(0, place), .. head, .. unsealed.AsSpan(place)];
                var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
                ShouldBeCorrupt(manifest, RawPayload.Seal(manifest, changed));
                (GC.GetAllocatedBytesForCurrentThread() - bytesBefore).ShouldBeLessThan(1_000_000, what);
            }
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void Deep_nesting_is_corrupt(int depth)
    {
        foreach (var nest in (byte[])[0x91, 0x81, 0x95])
        {
            var deep = Enumerable.Repeat(nest, depth).ToArray();
            ShouldBeCorrupt("deal-announced:1", RawPayload.Seal("deal-announced:1", deep));
            ShouldBeCorrupt("deal-announced:1", RawPayload.WithBody("deal-announced:1", Golden("deal-announced:1"), b => b.Write(deep)));
            ShouldBeCorrupt("warrant-granted:1", RawPayload.WithBody("warrant-granted:1", Golden("warrant-granted:1"), b => b.Write(deep)));
        }
    }

    [Fact]
    public void Bytes_after_the_body_are_corrupt() =>
        Fault("deal-completed:1", [0x90, 0xc0]).Rule.ShouldBe("the checksum must follow the body at once");

    public static TheoryData<string, string, byte[], string> Rules => new()
    {
        { "a body of too few keys", "company-renamed:1", [0x90], "must be an array of 1 values, not 0" },
        { "a nil where a text must be", "company-renamed:1", [0x91, 0xc0], "must be a text, not nil" },
        { "bytes that are no UTF-8", "company-renamed:1", [0x91, 0xa2, 0xc3, 0x28], "must be a text in UTF-8" },
        { "an overlong UTF-8 form", "company-renamed:1", [0x91, 0xa2, 0xc0, 0x80], "must be a text in UTF-8" },
        { "half a surrogate pair in UTF-8", "company-renamed:1", [0x91, 0xa3, 0xed, 0xa0, 0x80], "must be a text in UTF-8" },
        { "an enumeration's 0", "external-cash-paid:1", [0x92, .. Usd(0, 1), 0x00], "0 is no ExternalCategory" },
        { "an enumeration's next number", "external-cash-paid:1", [0x92, .. Usd(0, 1), 0x08], "8 is no ExternalCategory" },
        { "a negative enumeration", "external-cash-paid:1", [0x92, .. Usd(0, 1), 0xff], "-1 is no ExternalCategory" },
        { "trailing zeros", "external-cash-paid:1", [0x92, .. Usd(1, 10), 0x01], "1.0 must be written without trailing zeros, and zero without a sign" },
        { "a zero with a scale", "external-cash-paid:1", [0x92, .. Usd(1, 0), 0x01], "0.0 must be written without trailing zeros, and zero without a sign" },
        { "11 decimals", "external-cash-paid:1", [0x92, .. Usd(11, 1), 0x01], $"0.00000000001 USD must be {Money.Rule}" },
        { "29 decimals", "external-cash-paid:1", [0x92, .. Usd(29, 1), 0x01], "001d0000 must be a decimal's flags: a sign and a scale of 0 to 28" },
        { "no such currency", "external-cash-paid:1", [0x92, 0x92, .. Decimal(0, 1), 0xa3, .. "ABC"u8, 0x01], $"'ABC' is no Currency, which must be {Currency.Rule}" },
        { "a decimal as text", "external-cash-paid:1", [0x92, 0x92, 0xa1, 0x31, 0xa3, .. "USD"u8, 0x01], "must be 16 bytes" },
        { "a decimal of 15 bytes", "external-cash-paid:1", [0x92, 0x92, 0xc4, 15, .. new byte[15], 0xa3, .. "USD"u8, 0x01], "must be 16 bytes" },
        { "a fraction above 1", "shares-issued:1", [0x9a, 0xa1, (byte)'a', 0xa1, (byte)'a', 0xc0, .. Decimal(0, 2), 1, 0xc0, 0xc0, 0xc0, 0xc0, 0xc0], $"2 must be {Fraction.Rule}" },
        { "a class that is no slug", "pool-reserved:1", [0x92, 0xa1, (byte)'A', .. Decimal(0, 1)], $"'A' is no ShareClassId, which must be {ShareClassId.Rule}" },
        { "a quantity below 0", "pool-reserved:1", [0x92, 0xa1, (byte)'a', 0xc4, 16, 0x80, .. new byte[14], 1], $"-1 must be {ShareQuantity.Rule}" },
        { "the old body under the new manifest", "company-registered:2", [0x93, 0xa1, (byte)'A', 0xa3, .. "USD"u8, 1], "must be an array of 4 values, not 3" },
        { "the new body under the old manifest", "company-registered:1", [0x94, 0xa1, (byte)'A', 0xa3, .. "USD"u8, 1, 1], "must be an array of 3 values, not 4" },
        { "a list above the limit", "dividend-declared:1", [0x92, 0xc0, 0xdd, 0, 1, 0, 1, .. new byte[65_537]], "must be a list of at most 65536 items, not 65537" },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void A_value_that_breaks_a_rule_is_corrupt_and_the_rule_is_named(string what, string manifest, byte[] body, string rule) =>
        Fault(manifest, body).Rule.ShouldBe(rule, what);

    [Fact]
    public void The_fault_names_the_byte_where_the_broken_value_begins()
    {
        var start = RawPayload.BodyStart(Golden("external-cash-paid:1"));
        var body = (byte[])[0x92, .. Usd(0, 1), 0x08];
        Fault("external-cash-paid:1", body).Position.ShouldBe(start + body.Length - 1);
    }

    [Fact]
    public void An_unknown_manifest_is_named()
    {
        var thrown = Should.Throw<CorruptEventException>(() => EventCodec.Decode("company-dissolved:1", new byte[] { 0x90 }));
        thrown.Rule.ShouldBe("'company-dissolved:1' is no event contract of this version of the program");
    }

    [Fact]
    public void An_event_under_another_manifest_is_corrupt() =>
        ShouldBeCorrupt("loan-committed:1", Golden("purchase-committed:1"));

    [Fact]
    public void The_reader_of_the_row_adds_its_place()
    {
        var fault = Should.Throw<CorruptEventException>(() => EventCodec.Decode("deal-completed:1", new byte[] { 0x90 }));
        fault.Offset.ShouldBeNull();

        var placed = fault.WithPlace(new Offset(17), "company-nvidia", 3);
        placed.Offset.ShouldBe(new Offset(17));
        placed.PersistenceId.ShouldBe("company-nvidia");
        placed.SequenceNumber.ShouldBe(3);
        placed.Message.ShouldBe(
            "corrupt event of company-nvidia number 3 at offset 17: deal-completed:1, byte 0: the last 8 bytes must be the checksum of the manifest and of the bytes before them");
    }

    private static byte[] Golden(string manifest) =>
        GoldenFile.Read(manifest, () => throw new InvalidOperationException("write the golden file first")).Full;

    private static byte[] Usd(int scale, byte digits) => [0x92, .. Decimal(scale, digits), 0xa3, .. "USD"u8];

    private static byte[] Decimal(int scale, byte digits) => [0xc4, 16, 0, (byte)scale, .. new byte[13], digits];

    private static DecodeFault Fault(string manifest, byte[] body)
    {
        var payload = RawPayload.WithBody(manifest, Golden(manifest), buffer => buffer.Write(body));
        EventCodec.TryDecode(manifest, payload, out _, out var fault).ShouldBeFalse();
        return fault!;
    }

    private static void ShouldBeCorrupt(string manifest, byte[] payload)
    {
        if (EventCodec.TryDecode(manifest, payload, out var envelope, out _))
        {
            Assert.Fail($"{manifest} {Convert.ToHexStringLower(payload)} was read as {envelope}");
        }
    }

    // What was read must also be an event that can be written: no value slips in that input would refuse.
    private static void ShouldBeEventOrCorrupt(string manifest, byte[] payload)
    {
        if (EventCodec.TryDecode(manifest, payload, out var envelope, out _))
        {
            var stored = EventCodec.Encode(envelope);
            EventCodec.Decode(stored.Manifest, stored.Payload).ShouldBe(envelope);
        }
    }

    /// <summary>Where each value begins, arrays and what they hold.</summary>
    private static List<int> ValueStarts(byte[] unsealed)
    {
        var reader = new MessagePackReader(unsealed);
        var starts = new List<int>();
        while (!reader.End)
        {
            starts.Add((int)reader.Consumed);
            // The last key is the checksum's, which is not among these bytes.
            if (starts.Count == 1)
            {
                reader.ReadRaw(3);
            }
            else if (reader.NextMessagePackType == MessagePackType.Array)
            {
                reader.ReadRaw(1);
            }
            else
            {
                reader.Skip();
            }
        }

        return starts;
    }
}
