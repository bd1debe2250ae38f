using ActorFinance.Analysis.Circularity;
using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>Lists of flows that part from one list: their money is followed from where they part, and must be where the plain way finds it.</summary>
public sealed class TracedPaymentsTests
{
    private static readonly string[] s_kinds = ["investment", "investment", "purchase", "purchase", "transfer", "refund", "loan"];

    /// <summary>A flow a day, among five companies and the outside.</summary>
    private static Gen<string[]> Lines { get; } =
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 5], Gen.Int[0, 6], Gen.Int[1, 99])
            .Select((from, shift, kind, amount) => (From: from, To: (from + shift) % 6, kind, amount))
            .Select(flow => flow.From == 5 ? $"outside -> {Name(flow.To)} {flow.amount} revenue" : flow.To == 5 ? $"{Name(flow.From)} -> outside {flow.amount} opex" : $"{Name(flow.From)} -> {Name(flow.To)} {flow.amount} {s_kinds[flow.kind]}")
            .Array[0, 30];

    [Fact]
    public void What_is_followed_from_where_lists_part_is_where_it_is_found_from_the_beginning() =>
        Gen.Select(Lines, Lines.Array[1, 3], Gen.Int[0, 30].Array[3], Gen.Int[-5, 25], Gen.Enum<TraceMethod>(), Gen.Bool).Sample(
            (lines, others, partings, start, method, loansFund) =>
            {
                var options = FlowOptions.Default with { Trace = method, LoansFund = loansFund };
                var window = new FlowWindow(Day(start), Day(28));
                var flows = FlowsOf(lines);
                var payments = new TracedPayments(flows, new([]));
                for (var i = 0; i < others.Length; i++)
                {
                    var shared = Math.Min(partings[i], lines.Length);
                    var list = FlowsOf([.. lines.Take(shared), .. others[i]]);
                    payments.Of(Matrix(flows), window, options, Day(shared)).ShouldBe(Plain(flows));
                    payments.Of(Matrix(list), window, options, Day(shared), list.Skip(shared), new([])).ShouldBe(Plain(list));
                }

                FlowMatrix Matrix(DatedFlow[] of) => FlowMatrixBuilder.Build(of, new([]), window, options).Value!;
                TracedCircularity Plain(DatedFlow[] of) => TracedCircularity.Of(CircularFlow.Of(of.Where(flow => flow.At <= window.To), new([]), window, options, unpricedDeals: 0).Value!);
            },
            iter: Effort.Samples(500));

    private static DatedFlow[] FlowsOf(string[] lines) => [.. FlowBook.Of(string.Join('\n', lines)).SelectMany(recorded => CircularFlow.FlowsOf(recorded, _ => true))];

    /// <summary>That of the flow of this number.</summary>
    private static Instant Day(int number) => new(Instant.Of(2026, 1, 1).UtcTicks + (number * TimeSpan.TicksPerDay));

    private static char Name(int company) => (char)('a' + company);
}
