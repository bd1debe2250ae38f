using System.Globalization;
using System.Numerics;
using CsCheck;

namespace ActorFinance.Model.Tests.Values;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("+5", "5")]
    [InlineData("12.50", "12.5")]
    [InlineData("10bn", "10000000000")]
    [InlineData("6.5m", "6500000")]
    [InlineData("350k", "350000")]
    [InlineData("1.5tn", "1500000000000")]
    [InlineData("-2k", "-2000")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("123456789012345678.1234567891", "123456789012345678.1234567891")]
    [InlineData("1.00000000000000000000000000000000", "1")]
    public void A_plain_number_is_read_exactly(string text, string value)
    {
        Numbers.TryParse(text, out var number).ShouldBeTrue();
        Numbers.Text(number).ShouldBe(value);
        decimal.GetBits(number).ShouldBe(decimal.GetBits(decimal.Parse(value, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1e3")]
    [InlineData("1E3")]
    [InlineData("1,000")]
    [InlineData("1_000")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("--5")]
    [InlineData("1.2.3")]
    [InlineData("bn")]
    [InlineData("1BN")]
    [InlineData("1 bn")]
    [InlineData("1mbn")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("٣")]
    [InlineData("1000000000000000000")]
    [InlineData("999999999999999999tn")]
    [InlineData("1000000tn")]
    [InlineData("92345678901234567.123456789012")]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("00000000000000000000000000000000000000001")]
    public void Anything_else_is_refused_rather_than_rounded(string? text) =>
        Numbers.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_number_is_normal_exactly_when_no_division_would_shorten_it() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28], Gen.Int[0, 6])
            .Sample((low, middle, high, negative, scale, zeros) =>
            {
                var number = new decimal(low, middle, zeros == 0 ? high : 0, negative, scale);
                for (var i = 0; i < zeros && number.Scale < 28; i++)
                {
                    number *= 1.0m;
                }

                return number == 0 || Numbers.IsNormal(number) == ((number / 1.0000000000000000000000000000m).Scale == number.Scale);
            }, iter: Effort.Samples(10_000));

    [Fact]
    public void Whatever_is_read_is_the_number_that_was_written()
    {
        // Against integers of any length: digits and the place of the point.
        Gen.Select(Gen.Char["0123456789"].Array[1, 18], Gen.Char["0123456789"].Array[0, 16], Gen.Int[0, 4], Gen.Bool).Sample((whole, part, suffix, negative) =>
        {
            var text = (negative ? "-" : "") + new string(whole) + (part.Length > 0 ? "." + new string(part) : "") + new[] { "", "k", "m", "bn", "tn" }[suffix];
            if (Numbers.TryParse(text, out var number))
            {
                var digits = BigInteger.Parse(new string(whole) + new string(part), CultureInfo.InvariantCulture) * BigInteger.Pow(1000, suffix) * (negative ? -1 : 1);
                Scaled(number, 28).ShouldBe(digits * BigInteger.Pow(10, 28 - part.Length), text);
                Numbers.TryParse(Numbers.Text(number), out var again).ShouldBeTrue();
                decimal.GetBits(again).ShouldBe(decimal.GetBits(number));
            }
        });
    }

    [Fact]
    public void Normalising_changes_no_number_and_leaves_one_form_of_each()
    {
        Gen.Select(Gen.Decimal, Gen.Int[0, 28]).Sample((value, scale) =>
        {
            var bits = decimal.GetBits(value);
            var scaled = new decimal(bits[0], bits[1], bits[2], value < 0, (byte)scale);
            var normal = Numbers.Normalise(scaled);
            normal.ShouldBe(scaled);
            Scaled(normal, 28).ShouldBe(Scaled(scaled, 28));
            (normal.Scale == 0 || Scaled(normal, normal.Scale) % 10 != 0).ShouldBeTrue($"{scaled} kept zeros");
        });
        decimal.GetBits(Numbers.Normalise(-0.00m)).ShouldBe([0, 0, 0, 0]);
    }

    private static BigInteger Scaled(decimal value, int scale)
    {
        var bits = decimal.GetBits(value);
        var digits = new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0)) * (decimal.IsNegative(value) ? -1 : 1);
        return digits * BigInteger.Pow(10, scale - value.Scale);
    }
}
