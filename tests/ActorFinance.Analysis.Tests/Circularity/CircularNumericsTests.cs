using System.Numerics;
using ActorFinance.Analysis.Tests.Networks;
using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>Cents beside 1e15 in one book, so that companies pass on all but a part in 1e17: against exact fractions, to the bounds that the pages state.</summary>
public sealed class CircularNumericsTests
{
    private const int Size = 4;

    private static readonly decimal[] Sizes = [0.01m, 0.07m, 1m, 12_345.67m, 1_000_000_000m, 999_999_999_999.99m, 1_000_000_000_000_000m];

    private static Gen<decimal> Amount { get; } = Gen.Select(Gen.Int[0, Sizes.Length - 1], Gen.Int[1, 9]).Select((size, times) => Math.Min(Sizes[size] * times, 9_000_000_000_000_000m));

    [Fact]
    public void The_cycling_index_is_that_of_exact_fractions_to_1e_12() =>
        Gen.Select(Gen.Select(Gen.Int[0, Size - 1], Gen.Int[1, Size - 1], Amount).Array[1, 10], Amount.Array[Size], Amount.Array[Size]).Sample(
            (flows, received, spent) =>
            {
                var lines = flows.Select(f => $"c{f.Item1} -> c{(f.Item1 + f.Item2) % Size} {Numbers.Text(f.Item3)} purchase")
                    .Concat(received.Select((amount, i) => $"outside -> c{i} {Numbers.Text(amount)} revenue"))
                    .Concat(spent.Select((amount, i) => $"c{i} -> outside {Numbers.Text(amount)} opex"));
                FlowBook.Answer(string.Join('\n', lines)).FinnCyclingIndex!.Value.ShouldBe(ExactIndex(flows, received, spent), 1e-12);
            },
            iter: Effort.Samples(300));

    /// <summary>Quotients of exact integers, each side rounded to a double once, and so are the expected ones: within 7e-16 of themselves.</summary>
    [Fact]
    public void Ratios_near_zero_and_near_one_are_those_of_exact_fractions_to_their_last_digits() =>
        Gen.Select(Amount.Array[2], Amount.Array[2]).Sample((invested, bought) =>
        {
            var a = FlowBook.Answer(string.Join('\n', invested.Zip(bought, (i, b) => (i, b)).Select((pair, k) =>
                $"a -> b{k} {Numbers.Text(pair.i)} investment\nb{k} -> a {Numbers.Text(pair.b)} purchase"))).Of("a");
            var both = Units(Math.Min(invested[0], bought[0])) + Units(Math.Min(invested[1], bought[1]));
            var (direct, financed) = (Quotient(both, Units(invested[0] + invested[1])), Quotient(both, Units(bought[0] + bought[1])));

            a.RoundTrip.Direct!.Value.ShouldBe(direct, 7e-16 * direct);
            a.RoundTrip.Any!.Value.ShouldBe(direct, 7e-16 * direct);
            a.FinancedRevenueShare!.Value.ShouldBe(financed, 7e-16 * financed);
        });

    /// <summary>To some 60 digits, and then to those of a double.</summary>
    private static double Quotient(BigInteger top, BigInteger bottom) => (double)(top * BigInteger.Pow(10, 80) / bottom) / 1e80;

    private static BigInteger Units(decimal amount) => (BigInteger)(amount * 100);

    private static double ExactIndex((int From, int Shift, decimal Amount)[] flows, decimal[] received, decimal[] spent)
    {
        var paid = new BigInteger[Size, Size];
        foreach (var (from, shift, amount) in flows)
        {
            paid[from, (from + shift) % Size] += Units(amount);
        }

        var through = new BigInteger[Size];
        var cells = new Rational[Size, 2 * Size];
        for (var i = 0; i < Size; i++)
        {
            var (ins, outs) = (Units(received[i]), Units(spent[i]));
            for (var j = 0; j < Size; j++)
            {
                (ins, outs) = (ins + paid[j, i], outs + paid[i, j]);
            }

            through[i] = BigInteger.Max(ins, outs);
        }

        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                cells[i, j] = Rational.Of(i == j ? 1 : 0) - Rational.Of(paid[i, j], through[i]);
                cells[i, Size + j] = Rational.Of(i == j ? 1 : 0);
            }
        }

        ExactInverse.Eliminate(cells);
        var (cycled, all) = (Rational.Of(0), Rational.Of(0));
        for (var i = 0; i < Size; i++)
        {
            cycled += Rational.Of(through[i]) * (Rational.Of(1) - (Rational.Of(1) / cells[i, Size + i]));
            all += Rational.Of(through[i]);
        }

        return (cycled / all).ToDouble();
    }
}
