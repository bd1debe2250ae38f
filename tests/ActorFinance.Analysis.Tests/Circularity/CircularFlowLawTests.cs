using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Tests.Networks;
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
    public void Direct_is_at_most_within_more_and_more_hops_at_most_any_at_most_any_via_all_at_most_one() =>
        Gen.Select(Flows, Gen.Bool).Sample((flows, viaAll) =>
        {
            var via = viaAll ? Via.All : Via.Purchases;
            foreach (var company in Answer(flows, options: FlowOptions.Default with { Hops = 6, HopsVia = via }).Companies)
            {
                var trip = company.RoundTrip;
                double?[] chain = [trip.Direct, .. trip.WithinHops, viaAll ? null : trip.Any, trip.AnyViaAll];
                trip.WithinHops[0].ShouldBe(trip.Direct);
                trip.WithinHops[5].ShouldBe(viaAll ? trip.AnyViaAll : trip.Any);
                if (company.Invested == 0)
                {
                    chain.ShouldAllBe(ratio => ratio == null);
                    continue;
                }

                var steps = chain.OfType<double>().ToArray();
                steps.ShouldBe(steps.Order());
                (steps[0] >= 0 && steps[^1] <= 1 && trip.Any <= trip.AnyViaAll).ShouldBeTrue();
            }
        });

    /// <summary>Over six companies and three hops: all ways from whom a funded back to a, each arc's capacity shared.</summary>
    [Fact]
    public void Within_hops_equals_the_programme_over_all_ways() =>
        Flows.Sample(
            flows =>
            {
                foreach (var company in Answer(flows, options: FlowOptions.Default with { Hops = 4 }).Companies.Where(c => c.Invested > 0))
                {
                    for (var hops = 1; hops <= 4; hops++)
                    {
                        company.RoundTrip.WithinHops[hops - 1]!.Value.ShouldBe(AllWays(flows, company, hops), 1e-10);
                    }
                }
            },
            iter: Effort.Samples(30));

    [Fact]
    public void Ways_back_on_the_network_that_all_share_equal_those_on_each_companys_own_and_ways_of_another_book_change_nothing() =>
        Gen.Select(Flows, Flows, Gen.Int[0, 25]).Sample(
            (flows, others, same) =>
            {
                var (matrix, near) = (Matrix(flows), Matrix([.. flows.Take(same), .. others.Take(4)]));
                NetworkCircularity.Of(near, out var known);
                NetworkCircularity.Of(matrix, known).ShouldBe(NetworkCircularity.Of(matrix));
                for (var company = 0; company < matrix.Companies.Count; company++)
                {
                    var bound = matrix.Returns.Of(company);
                    bound.Any.ShouldBe(ReturnNetwork.Of(matrix, company, matrix.Purchases).Any().Value);
                    bound.AnyViaAll.ShouldBe(ReturnNetwork.Of(matrix, company, matrix.Flows).Any().Value);
                }
            },
            iter: Effort.Samples(500));

    [Fact]
    public void Tags_are_conserved_exactly_by_every_method_and_the_haircut_is_the_plain_fold() =>
        Gen.Select(Flows, Gen.Int[0, 10]).Sample((flows, start) =>
        {
            var events = FlowBook.Of(Lines(flows));
            var window = new FlowWindow(start == 0 ? Instant.Minimum : Instant.Of(2026, 1, start), Instant.Of(2026, 1, 20));
            foreach (var method in Enum.GetValues<TraceMethod>())
            {
                foreach (var company in FlowBook.Outcome(events, FlowOptions.Default with { Trace = method }, window).Value!.Companies)
                {
                    var traced = company.Traced;
                    TracedReturnTests.ShouldAddUp(traced);
                    traced.Invested.ShouldBe(company.Invested);
                    traced.Returned.ShouldBe(traced.Purchases.Sum(p => p.Amount.Amount));
                    new[] { traced.Returned, traced.ReturnedOtherwise, traced.SpentOutside, traced.Absorbed, traced.Held }.ShouldAllBe(part => part >= 0);
                    if (method == TraceMethod.Haircut)
                    {
                        (traced.Returned, traced.ReturnedOtherwise, traced.SpentOutside, traced.Absorbed, traced.Held)
                            .ShouldBe(NaiveTrace.Of(events, company.Company, window));
                    }
                }
            }
        });

    [Fact]
    public void Without_refunds_what_is_traced_back_can_have_come_back() =>
        Flows.Sample(flows =>
        {
            foreach (var method in Enum.GetValues<TraceMethod>())
            {
                Answer([.. flows.Where(f => f.Kind != 5)], options: FlowOptions.Default with { Trace = method }).Companies
                    .Where(c => c.Invested > 0)
                    .ShouldAllBe(c => c.Traced.Ratio <= c.RoundTrip.AnyViaAll + 1e-12);
            }
        });

    [Fact]
    public void Circulation_share_and_cycling_index_are_zero_together_and_netting_is_never_less() =>
        Flows.Sample(flows =>
        {
            var answer = Answer(flows);
            if (answer.CirculationShare is { } kappa)
            {
                (kappa > 0).ShouldBe(answer.FinnCyclingIndex > 0);
                kappa.ShouldBeInRange(0, 1);
                answer.NettingShare!.Value.ShouldBeGreaterThanOrEqualTo(kappa - 1e-15);
            }
        });

    [Fact]
    public void Pro_rata_never_finances_more_than_all_sales() =>
        Flows.Sample(flows => Answer(flows).Companies.ShouldAllBe(c =>
            (c.FinancedRevenueShareProRata == null) == (c.FinancedRevenueShare == null) && (c.FinancedRevenueShareProRata ?? 0) >= 0 && (c.FinancedRevenueShareProRata ?? 0) <= 1));

    /// <summary>Only the trail rounds, at ten decimals whatever the amounts: its ratio may move by that much.</summary>
    [Fact]
    public void Every_amount_times_a_power_of_ten_moves_what_is_traced_by_its_rounding_only() =>
        Gen.Select(Flows, Gen.Int[1, 6]).Sample((flows, power) =>
        {
            var factor = (decimal)Math.Pow(10, power);
            var scaled = Answer([.. flows.Select(f => f with { Amount = f.Amount * factor })]);
            foreach (var (one, other) in Answer(flows).Companies.Zip(scaled.Companies))
            {
                (other.Traced.Ratio ?? -1).ShouldBe(one.Traced.Ratio ?? -1, 1e-6);
                (other.FinancedRevenueShareProRata ?? -1).ShouldBe(one.FinancedRevenueShareProRata ?? -1, 1e-6);
            }
        });

    [Fact]
    public void Ratios_are_never_NaN_and_stay_between_zero_and_one() =>
        Flows.Sample(flows =>
        {
            var answer = Answer(flows);
            foreach (var ratio in answer.Companies.SelectMany(c => (double?[])[c.RoundTrip.Direct, c.RoundTrip.Any, c.RoundTrip.AnyViaAll, c.Traced.Ratio, c.FinancedRevenueShare, c.FinancedRevenueShareProRata, c.SpentBack.Ratio])
                .Concat([answer.FinnCyclingIndex, answer.CirculationShare, answer.NettingShare]))
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

            var options = FlowOptions.Default with { Hops = 3 };
            Ratios(Answer([.. flows.Select(f => f with { Amount = f.Amount * factor })], options: options)).ShouldBe(Ratios(Answer(flows, options: options)));
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
            turned.Companies.Reverse().Select(Figures).ShouldBe(answer.Companies.Select(Figures));
            (turned.CirculationShare, turned.NettingShare).ShouldBe((answer.CirculationShare, answer.NettingShare));

            static object Figures(CompanyCircularity c) => (c.RoundTrip.Direct, c.RoundTrip.Any, c.RoundTrip.AnyViaAll, c.Traced.Ratio, c.Traced.Held, c.FinancedRevenueShare);
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

    private static CircularAnswer Answer((int From, int To, int Kind, decimal Amount)[] flows, Func<int, string>? name = null, FlowOptions? options = null) =>
        FlowBook.Answer(Lines(flows, name), options);

    private static FlowMatrix Matrix((int From, int To, int Kind, decimal Amount)[] flows)
    {
        var events = FlowBook.Of(Lines(flows));
        return FlowMatrixBuilder.Build(events.SelectMany(e => CircularFlow.FlowsOf(e, _ => true)), new(events), FlowWindow.Everything, FlowOptions.Default).Value!;
    }

    private static string Lines((int From, int To, int Kind, decimal Amount)[] flows, Func<int, string>? name = null)
    {
        name ??= i => ((char)('a' + i)).ToString();
        return string.Join('\n', flows.Select(f => $"{name(f.From)} -> {name(f.To)} {Numbers.Text(f.Amount)} {Kinds[f.Kind]}"));
    }

    /// <summary>A graph of its own from the generated flows: 0 to 5 are the companies, 6 is the source.</summary>
    private static double AllWays((int From, int To, int Kind, decimal Amount)[] flows, CompanyCircularity company, int hops)
    {
        var a = company.Company.Value[0] - 'a';
        var (invested, bought) = (new decimal[6], new decimal[6, 6]);
        foreach (var (from, to, kind, amount) in flows)
        {
            invested[to] += from == a && Kinds[kind] == "investment" ? amount : 0;
            bought[from, to] += Kinds[kind] == "purchase" ? amount : 0;
        }

        foreach (var (from, to, _, amount) in flows.Where(f => Kinds[f.Kind] == "refund"))
        {
            bought[to, from] = Math.Max(0, bought[to, from] - amount);
        }

        var arcs = new List<Arc<Int128>>();
        for (var i = 0; i < 6; i++)
        {
            arcs.Add(new(6, i, (Int128)(invested[i] * 1000)));
            for (var j = 0; i != a && j < 6; j++)
            {
                arcs.Add(new(i, j, (Int128)(bought[i, j] * 1000)));
            }
        }

        return AllPaths.Best(SparseGraph.FromArcs<Int128>(7, arcs.ToArray()), 6, a, hops + 1) / (double)(company.Invested * 1000);
    }

    private static string Ratios(CircularAnswer answer) =>
        $"{answer.FinnCyclingIndex:R} {answer.CirculationShare:R} {answer.NettingShare:R} "
        + string.Join(' ', answer.Companies.Select(c =>
            $"{c.RoundTrip.Direct:R}/{c.RoundTrip.Any:R}/{c.RoundTrip.AnyViaAll:R}/{string.Join(',', c.RoundTrip.WithinHops)}/{c.FinancedRevenueShare:R}/{c.SpentBack.Ratio:R}"))
        + string.Join(' ', answer.Cycles.Select(c => c.Companies.Count));
}
