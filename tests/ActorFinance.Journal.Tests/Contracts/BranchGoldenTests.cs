using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Journal.Tests.Contracts;

/// <summary>The bytes of kept branches are frozen as those of companies are.</summary>
public sealed class BranchGoldenTests
{
    private const string Folder = "GoldenBranches";

    public static TheoryData<string> All => [.. BranchCodec.Manifests];

    [Theory]
    [MemberData(nameof(All))]
    public void A_fact_is_written_as_the_golden_bytes_and_read_back(string manifest)
    {
        var (full, bare) = Facts(manifest);
        var (fullBytes, bareBytes) = GoldenFile.Read(manifest, () => (BranchCodec.Encode(full).Payload, BranchCodec.Encode(bare).Payload), Folder);
        Convert.ToHexStringLower(BranchCodec.Encode(full).Payload).ShouldBe(Convert.ToHexStringLower(fullBytes));
        Convert.ToHexStringLower(BranchCodec.Encode(bare).Payload).ShouldBe(Convert.ToHexStringLower(bareBytes));
        BranchCodec.Decode(manifest, fullBytes).ShouldBe(full);
        BranchCodec.Decode(manifest, bareBytes).ShouldBe(bare);
    }

    [Fact]
    public void Every_golden_file_is_of_a_manifest_that_can_still_be_read() => GoldenFile.ManifestsIn(Folder).Order().ShouldBe(BranchCodec.Manifests.Order());

    [Theory]
    [MemberData(nameof(All))]
    public void A_changed_byte_is_a_fault_and_never_another_fact(string manifest)
    {
        var stored = BranchCodec.Encode(Facts(manifest).Full);
        for (var i = 0; i < stored.Payload.Length; i++)
        {
            var changed = (byte[])stored.Payload.Clone();
            changed[i] ^= 0x20;
            BranchCodec.TryDecode(manifest, changed, out _, out var fault).ShouldBeFalse();
            fault.ShouldNotBeNull();
        }

        BranchCodec.TryDecode("branch-forgotten:1", stored.Payload, out _, out var unknown).ShouldBeFalse();
        unknown!.Rule.ShouldContain("branch-forgotten:1");
    }

    private static (BranchEnvelope Full, BranchEnvelope Bare) Facts(string manifest)
    {
        (BranchEvent full, BranchEvent bare) = manifest switch
        {
            "branch-recorded:1" => ((BranchEvent, BranchEvent))(
                new BranchRecorded(new(17), Id("parent"), ["what-if: a\n", "what-if: b\n"], "Title", "an analyst", "to see", "https://example.org"),
                new BranchRecorded(default, null, [], null, null, null, null)),
            "branch-edited:1" => (new BranchEdited(new(18), ["what-if: c\n"], "better"), new BranchEdited(default, [], null)),
            "branch-renamed:1" => (new BranchRenamed(Id("later")), new BranchRenamed(Id("b"))),
            "branch-archived:1" => (new BranchArchived("done with"), new BranchArchived(null)),
            "branch-promoted:1" => (new BranchPromoted(new(99), 3), new BranchPromoted(default, 0)),
            _ => throw new ArgumentOutOfRangeException(nameof(manifest), manifest, "no fact of this manifest is told here"),
        };
        return (
            new(Id("late"), 7, Instant.Of(2026, 11, 25), "somebody", new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()), full),
            new(Id("late"), 1, Instant.Minimum, null, HashChain.Zero, bare));
    }

    private static BranchId Id(string text) => Value.Parse<BranchId>(text);
}
