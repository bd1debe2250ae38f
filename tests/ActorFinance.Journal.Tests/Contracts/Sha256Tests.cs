using System.Security.Cryptography;
using ActorFinance.Journal.Contracts;
using CsCheck;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_published_digests_of_the_standard(string text, string digest) =>
        Convert.ToHexStringLower(HashOf(System.Text.Encoding.ASCII.GetBytes(text), [])).ShouldBe(digest);

    [Fact]
    public void Two_pieces_hash_as_the_framework_hashes_one_wherever_they_part() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 400], Gen.Byte.Array[900, 1_200]), Gen.Int[0, 1_200])
            .Sample(
                (bytes, at) =>
                {
                    var first = Math.Min(at, bytes.Length);
                    var byFramework = new byte[SHA256.HashSizeInBytes];
                    Sha256.HashByFramework(bytes.AsSpan(0, first), bytes.AsSpan(first), byFramework);
                    var whole = SHA256.HashData(bytes);
                    return byFramework.AsSpan().SequenceEqual(whole) && HashOf(bytes.AsSpan(0, first), bytes.AsSpan(first)).AsSpan().SequenceEqual(whole);
                },
                iter: Effort.Samples(1_000));

    [Fact]
    public void Every_length_around_every_block_is_padded_as_the_standard_says()
    {
        var bytes = Enumerable.Range(0, 1_300).Select(number => (byte)(number % 251)).ToArray();
        for (var length = 0; length <= bytes.Length; length++)
        {
            HashOf(bytes.AsSpan(0, length / 3), bytes.AsSpan(length / 3, length - (length / 3))).ShouldBe(SHA256.HashData(bytes.AsSpan(0, length)));
        }
    }

    private static byte[] HashOf(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var digest = new byte[SHA256.HashSizeInBytes];
        Sha256.HashOf(first, second, digest);
        return digest;
    }
}
