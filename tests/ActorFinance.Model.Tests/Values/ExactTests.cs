using System.Numerics;
using CsCheck;

namespace ActorFinance.Model.Tests.Values;

public sealed class ExactTests
{
    // Short and long, so that some products fit a decimal, some need rounding to fit, and some never fit.
    private static readonly Gen<decimal> Decimals =
        Gen.Select(Gen.OneOf(Gen.Int[0, 999].Select(i => i), Gen.Int, Gen.Int[0, 0]), Gen.OneOf(Gen.Int[0, 0], Gen.Int), Gen.OneOf(Gen.Int[0, 0], Gen.Int), Gen.Bool, Gen.Byte[0, 28])
            .Select((low, middle, high, negative, scale) => new decimal(low, middle, high, negative, scale));

    private static readonly Gen<decimal> Amounts = Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 10]).Select((digits, scale) => digits * Apportion.Unit(scale));

    [Fact]
    public void Parts_add_up_to_the_whole_and_each_is_within_a_unit_of_its_share()
    {
        Gen.Select(Amounts, Amounts.Array[1, 12]).Where((_, weights) => weights.Any(weight => weight > 0)).Sample((whole, weights) =>
        {
            var parts = Apportion.LargestRemainder(whole, weights, 10);
            parts.Sum().ShouldBe(whole);
            var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + Units(weight));
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i].ShouldBeGreaterThanOrEqualTo(0);
                var exact = Units(whole) * Units(weights[i]);
                var error = BigInteger.Abs((Units(parts[i]) * total) - exact);
                (error < total).ShouldBeTrue($"{parts[i]} is a unit or more from its share");
            }
        });
    }

    [Fact]
    public void Ties_go_to_the_earlier_item()
    {
        Apportion.LargestRemainder(1, [1, 1, 1], 2).ShouldBe([0.34m, 0.33m, 0.33m]);
        Apportion.LargestRemainder(0.05m, [1, 1], 2).ShouldBe([0.03m, 0.02m]);
        Apportion.LargestRemainder(2, [1, 0, 2], 0).ShouldBe([1, 0, 1]);
        Apportion.LargestRemainder(0, [1, 2], 0).ShouldBe([0, 0]);
    }

    [Fact]
    public void Parts_of_a_long_list_are_those_that_fractions_of_any_length_give() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Int[0, 4], Gen.Long[0, 999_999_999_999].Array[9, 60], Gen.Int[4, 12]).Where(x => x.Item3.Sum() > 0).Sample(
            (whole, scale, digits, decimals) =>
            {
                var amount = whole * Apportion.Unit(scale);
                var weights = digits.Select((d, i) => d * Apportion.Unit(i % 3)).ToArray();
                var total = weights.Aggregate(ExactRatio.Zero, (sum, weight) => sum + ExactRatio.Of(weight));
                var exact = weights.Select(w => ExactRatio.Of(amount) * ExactRatio.Of(w) / total).ToArray();
                var unit = Apportion.Unit(decimals);
                var down = exact.Select(e => (decimal)(e.Numerator * System.Numerics.BigInteger.Pow(10, decimals) / e.Denominator) * unit).ToArray();
                var left = (int)((amount - down.Sum()) / unit);
                var up = exact.Select((e, i) => (Left: e - ExactRatio.Of(down[i]), i))
                    .OrderByDescending(x => x.Left, Comparer<ExactRatio>.Create((a, b) => (a - b).Sign)).ThenBy(x => x.i).Take(left).Select(x => x.i).ToHashSet();

                Apportion.LargestRemainder(amount, weights, decimals).ShouldBe(down.Select((d, i) => up.Contains(i) ? d + unit : d));
            });

    [Fact]
    public void A_product_is_rounded_once_whatever_its_length() =>
        Gen.Select(Decimals, Decimals, Gen.Int[0, 10]).Sample((left, right, decimals) =>
            ExactRatio.Product(left, right, decimals).ShouldBe((ExactRatio.Of(left) * ExactRatio.Of(right)).Round(decimals)));

    [Fact]
    public void What_cannot_add_up_is_a_bug()
    {
        Should.Throw<ArgumentException>(() => Apportion.LargestRemainder(1.5m, [1, 1], 0));
        Should.Throw<ArgumentException>(() => Apportion.LargestRemainder(1, [0, 0], 0));
        Should.Throw<ArgumentException>(() => Apportion.LargestRemainder(1, [], 0));
    }

    [Theory]
    [InlineData(5, 2, 0, "2")]
    [InlineData(7, 2, 0, "4")]
    [InlineData(-5, 2, 0, "-2")]
    [InlineData(1, 3, 4, "0.3333")]
    [InlineData(2, 3, 0, "1")]
    [InlineData(1, 4, 1, "0.2")]
    [InlineData(3, 4, 1, "0.8")]
    public void A_ratio_is_rounded_half_to_even(int numerator, int denominator, int decimals, string rounded) =>
        Numbers.Text((ExactRatio.Of(numerator) / ExactRatio.Of(denominator)).Round(decimals)!.Value).ShouldBe(rounded);

    [Fact]
    public void Rounding_agrees_with_integers_of_any_length()
    {
        Gen.Select(Amounts, Amounts, Amounts, Gen.Int[0, 10], Gen.Bool).Where((_, _, divisor, _, _) => divisor > 0).Sample((left, right, divisor, decimals, negative) =>
        {
            var value = ExactRatio.Of(negative ? -left : left) * ExactRatio.Of(right) / ExactRatio.Of(divisor);
            // |left x right / divisor| x 10^decimals as a quotient of integers.
            var numerator = Units(left) * Units(right) * BigInteger.Pow(10, decimals);
            var denominator = Units(divisor) * BigInteger.Pow(10, 10);
            var floor = numerator / denominator;
            var twice = (numerator % denominator) * 2;
            var expected = twice > denominator || (twice == denominator && !floor.IsEven) ? floor + 1 : floor;
            if (expected >= BigInteger.Pow(2, 96))
            {
                value.Round(decimals).ShouldBeNull();
                return;
            }

            var rounded = value.Round(decimals)!.Value;
            Units(Math.Abs(rounded)).ShouldBe(expected * BigInteger.Pow(10, 10 - decimals));
            (rounded < 0).ShouldBe(negative && expected > 0);
        });
    }

    [Fact]
    public void Nothing_is_divided_by_nothing() =>
        Should.Throw<DivideByZeroException>(() => ExactRatio.Of(1) / ExactRatio.Of(0));

    /// <summary>In units of 1e-10.</summary>
    private static BigInteger Units(decimal value)
    {
        var bits = decimal.GetBits(value);
        return new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0)) * BigInteger.Pow(10, 10 - value.Scale);
    }
}
