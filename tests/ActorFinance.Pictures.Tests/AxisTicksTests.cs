using ActorFinance.Pictures.Charts;
using ActorFinance.Pictures.Drawing;

namespace ActorFinance.Pictures.Tests;

public sealed class AxisTicksTests
{
    [Theory]
    [InlineData(0, 47e9, "0 10 20 30 40", "bn USD")]
    [InlineData(-12e9, 53e9, "-10 0 10 20 30 40 50", "bn USD")]
    [InlineData(-0.4, 1.2, "-0.25 0 0.25 0.50 0.75 1.00", "USD")]
    [InlineData(0, 1234567, "0 0.2 0.4 0.6 0.8 1.0 1.2", "m USD")]
    [InlineData(0, 16, "0 2.5 5.0 7.5 10.0 12.5 15.0", "USD")]
    [InlineData(0, 9e14, "0 200 400 600 800", "tn USD")]
    public void Values_are_round_and_carry_their_size(double from, double to, string labels, string name)
    {
        var (at, shown, unit) = AxisTicks.Values(Scale.Of("USD"), from, to, most: 7);
        (string.Join(' ', shown), unit).ShouldBe((labels, name));
        at.Length.ShouldBe(shown.Length);
        at.ShouldAllBe(value => value >= from && value <= to);
    }

    [Theory]
    [InlineData("2025-03-11", "2025-04-20", "11 Mar 2025|18 Mar 2025|25 Mar 2025|1 Apr 2025|8 Apr 2025|15 Apr 2025")]
    [InlineData("2024-01-15", "2025-02-15", "Mar 2024|May 2024|Jul 2024|Sep 2024|Nov 2024|Jan 2025")]
    [InlineData("2024-01-01", "2030-06-01", "2024|2025|2026|2027|2028|2029|2030")]
    [InlineData("1950-01-01", "2100-01-01", "1960|1980|2000|2020|2040|2060|2080|2100")]
    public void Dates_are_first_days_of_periods(string from, string to, string labels)
    {
        var (at, shown) = AxisTicks.Dates(DateTime.Parse(from), DateTime.Parse(to), most: 8);
        string.Join('|', shown).ShouldBe(labels);
        at.Length.ShouldBe(shown.Length);
    }

    [Theory]
    [InlineData(-3.2512e9, "-3.25 bn USD")]
    [InlineData(1234, "1.23 k USD")]
    [InlineData(0, "0 USD")]
    [InlineData(12.6e12, "12.6 tn USD")]
    public void Amounts_read_in_their_own_size(double amount, string text) => Scale.Of("USD").Text(amount).ShouldBe(text);

    [Theory]
    [InlineData(0.00718, "0.72 %")]
    [InlineData(0.3333, "33.3 %")]
    [InlineData(1, "100 %")]
    public void Ratios_read_in_per_cent(double ratio, string text) => Scale.Ratio.Text(ratio).ShouldBe(text);
}
