namespace ActorFinance.Model.Tests.Values;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("10bn USD", "10000000000 USD")]
    [InlineData("-0.0000000001 EUR", "-0.0000000001 EUR")]
    [InlineData("9999999999999999.9999999999 JPY", "9999999999999999.9999999999 JPY")]
    [InlineData("100.00 USD", "100 USD")]
    public void An_amount_and_a_currency_are_money(string text, string shown) =>
        Value.Parse<Money>(text).ToString().ShouldBe(shown);

    [Theory]
    [InlineData("100")]
    [InlineData("USD")]
    [InlineData(" USD")]
    [InlineData("100 usd")]
    [InlineData("100 ABC")]
    [InlineData("100  USD")]
    [InlineData("USD 100")]
    [InlineData("0.00000000001 USD")]
    [InlineData("10000000000000000 USD")]
    [InlineData("10000tn USD")]
    public void Anything_else_is_not(string text) =>
        Money.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Two_currencies_are_never_added() =>
        Should.Throw<InvalidOperationException>(() => Usd("1") + Eur("1"));

    [Fact]
    public void A_total_of_1e18_is_an_error()
    {
        Money.Total(999_999_999_999_999_999m, Dollar).Amount.ShouldBe(999_999_999_999_999_999m);
        Should.Throw<OverflowException>(() => Money.Total(1e18m, Dollar));
        Should.Throw<OverflowException>(() => Money.Total(-1e18m, Dollar));
    }

    [Fact]
    public void Equal_amounts_are_equal_in_every_bit()
    {
        Usd("100").ShouldBe(Money.Of(100.00m, Dollar));
        decimal.GetBits(Usd("100.00").Amount).ShouldBe(decimal.GetBits(100m));
        decimal.GetBits((Usd("0.3") - Usd("0.30")).Amount).ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public void Shares_fractions_and_quantities_keep_their_limits()
    {
        ShareQuantity.TryParse("-1", out _).ShouldBeFalse();
        ShareQuantity.TryParse("0.00000000001", out _).ShouldBeFalse();
        ShareQuantity.TryParse("10000000000000000", out _).ShouldBeFalse();
        Value.Parse<ShareQuantity>("1.50m").ShouldBe(Shares(1_500_000));
        decimal.GetBits(Value.Parse<ShareQuantity>("-0.0").Value).ShouldBe([0, 0, 0, 0]);
        Fraction.TryParse("1.000000000001", out _).ShouldBeFalse();
        Fraction.TryParse("0.0000000000001", out _).ShouldBeFalse();
        Fraction.TryParse("-0.1", out _).ShouldBeFalse();
        Value.Parse<Fraction>("1.0").ShouldBe(Fraction.Of(1));
        Quantity.TryParse("-1", out _).ShouldBeFalse();
        Value.Parse<Quantity>("10k").Value.ShouldBe(10_000);
    }
}
