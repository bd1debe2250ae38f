using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>
/// What is known of a matrix changes nothing in the answer for another: to the bit, whether edits leave a component as it is, change its amounts, merge it with another, part it, or
/// bring companies and take them away.
/// </summary>
public sealed class NetworkKnownTests
{
    private const int Groups = 4;
    private const int Members = 14;

    // Companies pay within their group, which is mostly one component; what crosses groups merges them. Amounts have different finest places, so that units differ too.
    private static readonly Gen<(int From, int To, decimal Amount, int Kind)> s_payments =
        Gen.Select(Gen.Int[0, Groups - 1], Gen.Int[0, Members - 1], Gen.Int[1, Members - 1], Gen.Int[1, 40_000], Gen.Int[0, 3])
            .Select((group, from, step, hundredths, kind) => ((group * Members) + from, (group * Members) + ((from + step) % Members), hundredths / 100m, kind));

    private static readonly Gen<(int From, int To, decimal Amount, int Kind)> s_crossings =
        Gen.Select(Gen.Int[0, (Groups * Members) - 1], Gen.Int[1, (Groups * Members) - 1], Gen.Int[1, 50], Gen.Int[0, 3])
            .Select((from, step, amount, kind) => (from, (from + step) % (Groups * Members), (decimal)amount, kind));

    private static readonly Gen<(int Edit, int Place, int By)> s_edits = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 399], Gen.Int[0, Groups - 1]);

    [Fact]
    public void What_is_known_of_the_base_changes_no_bit()
    {
        var (merged, parted, kept) = (0, 0, 0);
        Gen.Select(s_payments.Array[60, 400], s_crossings.Array[0, 2], s_crossings.Array[0, 4], s_edits.Array[0, 12]).Sample(
            (payments, crossing, crossings, edits) =>
            {
                var before = MatrixOf([.. payments, .. crossing]);
                var after = MatrixOf(Edited([.. payments, .. crossing], crossings, edits));
                NetworkCircularity.Of(before, out var known).ShouldBe(NetworkCircularity.Of(before));

                var plain = NetworkCircularity.Of(after);
                NetworkCircularity.Of(after, known).ShouldBe(plain);
                NetworkCircularity.Of(after, known).ShouldBe(plain, "known of one matrix serves many");
                plain.FinnCyclingIndex.ShouldBe(FinnCyclingIndex.Of(after).Index);
                plain.CirculationShare.ShouldBe(CirculationShare.Of(after).Share);

                var (was, now) = (before.Components, after.Components);
                Interlocked.Add(ref merged, now.Count < was.Count ? 1 : 0);
                Interlocked.Add(ref parted, now.Count > was.Count ? 1 : 0);
                Interlocked.Add(ref kept, Enumerable.Range(0, now.Count).Count(component => now.Members(component).Length > 1) > 1 ? 1 : 0);
            },
            iter: Effort.Samples(300));
        merged.ShouldBeGreaterThan(20);
        parted.ShouldBeGreaterThan(20);
        kept.ShouldBeGreaterThan(100, "several components");
    }

    private static List<(int From, int To, decimal Amount, int Kind)> Edited(
        List<(int From, int To, decimal Amount, int Kind)> payments, (int From, int To, decimal Amount, int Kind)[] crossings, (int Edit, int Place, int By)[] edits)
    {
        foreach (var (edit, place, by) in edits)
        {
            var at = place % payments.Count;
            switch (edit)
            {
                case 0:
                    payments[at] = payments[at] with { Amount = Times(payments[at].Amount, 0.75m) };
                    break;
                case 1:
                    payments.RemoveAt(at);
                    break;
                case 2:
                    payments.AddRange(crossings);
                    break;
                case 3:
                    // All that one group pays and is paid is scaled, or one company leaves.
                    payments = [.. payments.Select(one => one.From / Members == by ? one with { Amount = Times(one.Amount, 1.25m) } : one)];
                    break;
                default:
                    payments.RemoveAll(one => one.From == at || one.To == at);
                    break;
            }

            if (payments.Count == 0)
            {
                return [crossings.FirstOrDefault((0, 1, 1m, 0))];
            }
        }

        return payments;
    }

    private static decimal Times(decimal amount, decimal factor) => decimal.Round(amount * factor, Money.Decimals);

    private static FlowMatrix MatrixOf(IReadOnlyList<(int From, int To, decimal Amount, int Kind)> payments) =>
        FlowMatrixBuilder.Build(
            payments.Select((one, i) => new DatedFlow(
                new(i),
                new(Company(one.From), Company(one.To), Money.Of(one.Amount, Value.Parse<Currency>("USD")), one.Kind switch { 0 => FlowKind.Investment, 1 or 2 => FlowKind.Purchase, _ => FlowKind.Transfer }, null, InKind: false),
                default)),
            new([]),
            FlowWindow.Everything,
            FlowOptions.Default).Value.ShouldNotBeNull();

    private static CompanyId Company(int number) => Value.Parse<CompanyId>($"company-{number:00}");
}
