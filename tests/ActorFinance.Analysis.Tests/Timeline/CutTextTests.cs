using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Timeline;

public sealed class CutTextTests
{
    [Theory]
    [InlineData("2026-03-31", "2026-03-31T23:59:59.9999999Z")]
    [InlineData("2026-03-31T14:00:00Z", "2026-03-31T14:00:00Z")]
    [InlineData("2026-03-31T14:00:00+02:00", "2026-03-31T12:00:00Z")]
    public void As_of_a_bare_date_is_its_last_tick(string text, string expected) =>
        CutText.AsOf(text).Value!.At.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("2026-03-31", "2026-03-30T23:59:59.9999999Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00Z")]
    [InlineData("2026-03-31T14:00:00Z", "2026-03-31T14:00:00Z")]
    public void From_a_bare_date_is_the_tick_before_it(string text, string expected) =>
        CutText.From(text).Value!.At.ToString().ShouldBe(expected);

    [Fact]
    public void As_known_of_digits_only_is_an_offset() =>
        CutText.AsKnown("20260331").Value.ShouldBe(new AsKnown.AtOffset(new(20260331)));

    [Fact]
    public void As_known_of_a_date_is_its_last_tick() =>
        CutText.AsKnown("2026-03-31").Value.ShouldBe(new AsKnown.AtTime(Instant.Of(2026, 3, 31).EndOfDay()));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-31T14:00:00")]
    [InlineData("99999999999999999999")]
    public void What_is_no_point_in_time_is_an_error_that_names_option_text_and_rule(string text)
    {
        var parsed = CutText.AsKnown(text);

        parsed.Value.ShouldBeNull();
        parsed.Error.ShouldNotBeNull().ShouldStartWith($"--as-known '{text}' must be an offset");
    }
}
