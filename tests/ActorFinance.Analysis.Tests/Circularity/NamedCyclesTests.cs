using ActorFinance.Analysis.Circularity;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class NamedCyclesTests
{
    [Fact]
    public void Cycles_are_named_by_bottleneck_then_length_then_name() =>
        Cycles(FlowBook.Ring).ShouldBe(["nvidia -> openai -> oracle 25", "nvidia -> openai 5", "coreweave -> nvidia 2"]);

    [Fact]
    public void Only_as_many_and_as_long_as_asked()
    {
        Cycles(FlowBook.Ring, FlowOptions.Default with { CyclesMax = 1 }).ShouldBe(["nvidia -> openai -> oracle 25"]);
        Cycles(FlowBook.Ring, FlowOptions.Default with { CycleLengthMax = 2 }).ShouldBe(["nvidia -> openai 5", "coreweave -> nvidia 2"]);
    }

    [Fact]
    public void Behind_a_cycle_stand_the_flows_on_it() =>
        FlowBook.Answer(FlowBook.Ring).Cycles[0].Events.Select(e => e.Offset.Value).ShouldBe([4, 5, 6]);

    private static IEnumerable<string> Cycles(string lines, FlowOptions? options = null) =>
        FlowBook.Answer(lines, options).Cycles.Select(c => $"{string.Join(" -> ", c.Companies)} {c.Bottleneck}");
}
