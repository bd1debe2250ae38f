using ActorFinance.Analysis.Circularity;
using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>What holds on any book (design, section 9).</summary>
public sealed class CircularFlowLawTests
{
    private static readonly string[] Kinds = ["investment", "purchase", "purchase", "investment", "transfer", "refund", "loan"];

    private static Gen<(int From, int To, int Kind, decimal Amount)[]> Flows { get; } =
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 5], Gen.Int[0, 6], Gen.Frequency((3, Gen.Int[1, 99].Select(a => (decimal)a)), (1, Gen.Int[1, 99999].Select(a => a / 1000m))))
            .Select((from, shift, kind, amount) => (from, (from + shift) % 6, kind, amount))
            .Array[0, 25];

    [Fact]
    public void Direct_is_at_most_any_is_at_most_one() =>
        Flows.Sample(flows => Answer(flows).Companies.ShouldAllBe(c =>
            c.RoundTrip.Direct == null ? c.RoundTrip.Any == null && c.Invested == 0
            : c.RoundTrip.Direct >= 0 && c.RoundTrip.Direct <= c.RoundTrip.Any && c.RoundTrip.Any <= 1));

    [Fact]
    public void Ratios_are_never_NaN_and_stay_between_zero_and_one() =>
        Flows.Sample(flows =>
        {
            var answer = Answer(flows);
            foreach (var ratio in answer.Companies.SelectMany(c => (double?[])[c.RoundTrip.Direct, c.RoundTrip.Any, c.FinancedRevenueShare, c.SpentBack.Ratio]).Append(answer.FinnCyclingIndex))
            {
                (ratio ?? 0).ShouldBeInRange(0, 1);
            }
        });

    [Fact]
    public void Every_amount_times_a_power_of_ten_changes_no_ratio_by_a_single_bit() =>
        Gen.Select(Flows, Gen.Int[-4, 9]).Sample((flows, power) =>
        {
            var factor = 1m;
            for (var i = 0; i < Math.Abs(power); i++)
            {
                factor = power > 0 ? factor * 10 : factor / 10;
            }

            Ratios(Answer([.. flows.Select(f => f with { Amount = f.Amount * factor })])).ShouldBe(Ratios(Answer(flows)));
        });

    [Fact]
    public void Other_names_in_the_same_order_change_nothing_and_in_another_order_no_figure() =>
        Flows.Sample(flows =>
        {
            var answer = Answer(flows);
            Ratios(Answer(flows, i => $"x{i}")).ShouldBe(Ratios(answer));

            var turned = Answer(flows, i => $"y{5 - i}");
            (turned.FinnCyclingIndex ?? -1).ShouldBe(answer.FinnCyclingIndex ?? -1, 1e-12);
            turned.Cycles.Select(c => (c.Bottleneck, c.Companies.Count)).ShouldBe(answer.Cycles.Select(c => (c.Bottleneck, c.Companies.Count)));
            turned.Companies.Reverse().Select(c => (c.RoundTrip.Direct, c.RoundTrip.Any, c.FinancedRevenueShare))
                .ShouldBe(answer.Companies.Select(c => (c.RoundTrip.Direct, c.RoundTrip.Any, c.FinancedRevenueShare)));
        });

    [Fact]
    public void The_index_is_zero_exactly_when_there_is_no_cycle() =>
        Flows.Sample(flows =>
        {
            var answer = Answer(flows, options: FlowOptions.Default with { CycleLengthMax = 6 });
            if (answer.FinnCyclingIndex is { } index)
            {
                (index > 0).ShouldBe(answer.Cycles.Count > 0);
            }
        });

    [Fact]
    public void Without_a_cycle_more_flow_down_the_line_leaves_the_index_at_zero() =>
        Flows.Sample(flows =>
        {
            var downhill = flows.Where(f => f.From < f.To && f.Kind != 5).Append((0, 5, 1, 1m)).ToArray();
            Answer(downhill).FinnCyclingIndex.ShouldBe(0);
            Answer([.. downhill, (1, 4, 1, 7m)]).FinnCyclingIndex.ShouldBe(0);
        });

    private static CircularAnswer Answer((int From, int To, int Kind, decimal Amount)[] flows, Func<int, string>? name = null, FlowOptions? options = null)
    {
        name ??= i => ((char)('a' + i)).ToString();
        return FlowBook.Answer(
            string.Join('\n', flows.Select((f, i) => $"{name(f.From)} -> {name(f.To)} {Numbers.Text(f.Amount)} {Kinds[f.Kind]}")), options);
    }

    private static string Ratios(CircularAnswer answer) =>
        $"{answer.FinnCyclingIndex:R} "
        + string.Join(' ', answer.Companies.Select(c => $"{c.RoundTrip.Direct:R}/{c.RoundTrip.Any:R}/{c.FinancedRevenueShare:R}/{c.SpentBack.Ratio:R}"))
        + string.Join(' ', answer.Cycles.Select(c => c.Companies.Count));
}
