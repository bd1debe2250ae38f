namespace ActorFinance.Model.Tests.Values;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2028-02-29", "2028-02-29T00:00:00Z")]
    [InlineData("2026-03-31", "2026-03-31T00:00:00Z")]
    [InlineData("2026-03-31T14:00Z", "2026-03-31T14:00:00Z")]
    [InlineData("2026-03-31T14:00:05Z", "2026-03-31T14:00:05Z")]
    [InlineData("2026-03-31T14:00:05.1234567Z", "2026-03-31T14:00:05.1234567Z")]
    [InlineData("2026-03-31T14:00:05.100Z", "2026-03-31T14:00:05.1Z")]
    [InlineData("2026-03-31T14:00:05+02:00", "2026-03-31T12:00:05Z")]
    [InlineData("2026-01-01T00:30:00.5+01:00", "2025-12-31T23:30:00.5Z")]
    [InlineData("2026-03-31T14:00:05-14:00", "2026-04-01T04:00:05Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00Z")]
    public void A_date_or_a_time_with_its_offset_is_an_instant(string text, string shown) =>
        Value.Parse<Instant>(text).ToString().ShouldBe(shown);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2027-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("2026-3-1")]
    [InlineData("31.03.2026")]
    [InlineData(" 2026-03-31")]
    [InlineData("2026-03-31 14:00:00Z")]
    [InlineData("2026-03-31T14:00:00")]
    [InlineData("2026-03-31T24:00:00Z")]
    [InlineData("2026-03-31T14:00:60Z")]
    [InlineData("2026-03-31T14:60:00Z")]
    [InlineData("2026-02-29T14:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("20x6-03-31T14:00:00Z")]
    [InlineData("2026-03-31T14:00: 0Z")]
    [InlineData("2026-03-31T14:00:00z")]
    [InlineData("2026-03-31t14:00:00Z")]
    [InlineData("2026-03-31T14:00:00.Z")]
    [InlineData("2026-03-31T14:00:00.12345678Z")]
    [InlineData("2026-03-31T14:00:00+2")]
    [InlineData("2026-03-31T14:00:00+0200")]
    [InlineData("2026-03-31T14:00:00+15:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void Anything_else_is_not(string? text) =>
        Instant.TryParse(text, out _).ShouldBeFalse();

    /// <summary>The usual form is read by itself: it means what it means in its other spellings.</summary>
    [Fact]
    public void A_time_is_the_same_in_each_of_its_spellings()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
            var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            var usual = Value.Parse<Instant>(text + "Z");
            usual.UtcTicks.ShouldBe(time.Ticks);
            Value.Parse<Instant>(text + ".0Z").ShouldBe(usual);
            Value.Parse<Instant>(text + "+00:00").ShouldBe(usual);
        }
    }

    [Fact]
    public void The_end_of_a_day_is_its_last_tick()
    {
        Instant.Of(2026, 3, 31).EndOfDay().ShouldBe(Value.Parse<Instant>("2026-03-31T23:59:59.9999999Z"));
        Instant.Maximum.EndOfDay().ShouldBe(Instant.Maximum);
        Should.Throw<ArgumentOutOfRangeException>(() => new Instant(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => new Instant(long.MaxValue));
    }
}
