using System.Security.Cryptography;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class HashChainTests
{
    [Fact]
    public void The_hash_is_that_of_lengths_texts_number_and_payload_in_big_endian()
    {
        byte[] preimage =
        [
            0, 0, 0, 14, .. "company-nvidia"u8, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 16, .. "deal-completed:1"u8, 0, 0, 0, 3, 7, 8, 9,
        ];

        HashChain.HashOf("company-nvidia", 258, "deal-completed:1", [7, 8, 9]).ShouldBe(new Digest(SHA256.HashData(preimage)));
    }

    [Fact]
    public void The_first_event_follows_32_zero_bytes() => HashChain.Zero.ToArray().ShouldBe(new byte[32]);

    [Fact]
    public void A_long_persistence_id_and_a_long_payload_are_hashed_too()
    {
        var id = new string('ü', 1000);
        byte[] preimage = [0, 0, 0x07, 0xd0, .. System.Text.Encoding.UTF8.GetBytes(id), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, (byte)'m', 0, 1, 0x86, 0xa0, .. new byte[100_000]];
        HashChain.HashOf(id, 1, "m", new byte[100_000]).ShouldBe(new Digest(SHA256.HashData(preimage)));
    }

    [Fact]
    public void Each_part_counts()
    {
        var hash = HashChain.HashOf("company-a", 1, "m:1", [1]);
        HashChain.HashOf("company-b", 1, "m:1", [1]).ShouldNotBe(hash);
        HashChain.HashOf("company-a", 2, "m:1", [1]).ShouldNotBe(hash);
        HashChain.HashOf("company-a", 1, "m:2", [1]).ShouldNotBe(hash);
        HashChain.HashOf("company-a", 1, "m:1", [2]).ShouldNotBe(hash);
        HashChain.HashOf("company-a", 1, "m:1", []).ShouldNotBe(hash);
    }
}
