using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class SeriesWindowsTests
{
    private const string Lines = """
        2025-11-15 a -> b 10 investment
        2026-01-31 b -> a 5 purchase
        2026-02-01 b -> a 5 purchase
        """;

    [Fact]
    public void Every_month_from_the_first_flow_to_the_last_has_a_window_from_the_start() =>
        Windows(FlowWindow.Everything, SeriesStep.Month, null).ShouldBe([
            (Instant.Minimum, LastTickOf(2025, 11, 30)),
            (Instant.Minimum, LastTickOf(2025, 12, 31)),
            (Instant.Minimum, LastTickOf(2026, 1, 31)),
            (Instant.Minimum, LastTickOf(2026, 2, 28)),
        ]);

    [Fact]
    public void Rolling_windows_reach_so_many_whole_months_back() =>
        Windows(FlowWindow.Everything, SeriesStep.Quarter, RollingSpan.Parse("3m")).ShouldBe([
            (LastTickOf(2025, 9, 30), LastTickOf(2025, 12, 31)),
            (LastTickOf(2025, 12, 31), LastTickOf(2026, 3, 31)),
        ]);

    [Fact]
    public void The_last_window_ends_with_the_whole_and_the_first_starts_with_it()
    {
        var whole = new FlowWindow(LastTickOf(2025, 12, 31), LastTickOf(2026, 1, 31));
        Windows(whole, SeriesStep.Year, null).ShouldBe([(whole.From, whole.To)]);
    }

    [Theory]
    [InlineData("12M", "12M")]
    [InlineData("90d", "90D")]
    [InlineData("2Y", "2Y")]
    [InlineData("0M", null)]
    [InlineData("M", null)]
    [InlineData("12", null)]
    [InlineData("-1M", null)]
    [InlineData("99999999999D", null)]
    public void A_span_is_a_count_and_a_unit(string text, string? read) => RollingSpan.Parse(text)?.ToString().ShouldBe(read);

    [Fact]
    public void A_span_that_reaches_before_all_time_starts_at_the_beginning() =>
        RollingSpan.Parse("36500Y")!.EndingAt(LastTickOf(2026, 1, 31)).From.ShouldBe(Instant.Minimum);

    [Fact]
    public void A_point_of_a_series_is_the_answer_of_its_window()
    {
        var index = new CircularFlowIndex(new Book(FlowBook.Of(Lines))).Publish();
        foreach (var firmness in Enum.GetValues<Firmness>())
        {
            var series = CircularView.SeriesAt(index, Cut.Everything, FlowWindow.Everything, SeriesStep.Month, RollingSpan.Parse("2M"), firmness, FlowOptions.Default).Value!;
            series.Select(point => point.Companies.FirstOrDefault()?.RoundTrip.Direct).ShouldBe([0, 0, null, null]);
            foreach (var point in series)
            {
                var alone = CircularView.At(index, Cut.Everything, new(point.From, point.To), firmness, FlowOptions.Default).Value!;
                point.Companies.ToString().ShouldBe(alone.Companies.ToString());
                point.FinnCyclingIndex.ShouldBe(alone.FinnCyclingIndex);
            }
        }
    }

    [Fact]
    public void Only_the_network_or_only_one_company_is_measured_when_that_is_asked_for()
    {
        var events = FlowBook.Of(Lines);
        var whole = FlowBook.Answer(events);
        var network = FlowBook.Answer(events, FlowOptions.Default with { Measures = FlowMeasures.Network });
        var one = FlowBook.Answer(events, FlowOptions.Default with { Company = Value.Parse<CompanyId>("a"), AllTraces = false });

        network.Companies.ShouldBeEmpty();
        network.FinnCyclingIndex.ShouldBe(whole.FinnCyclingIndex);
        one.Companies.Single().ToString().ShouldBe(whole.Of("a").ToString());
        FlowBook.Answer(events, FlowOptions.Default with { Company = Value.Parse<CompanyId>("nobody") }).Companies.ShouldBeEmpty();
    }

    private static IEnumerable<(Instant, Instant)> Windows(FlowWindow whole, SeriesStep step, RollingSpan? rolling)
    {
        var span = new CircularFlowIndex(new Book(FlowBook.Of(Lines))).Publish().SpanAt(Cut.Everything, whole);
        return SeriesWindows.Of(span, whole, step, rolling).Select(w => (w.From, w.To));
    }

    private static Instant LastTickOf(int year, int month, int day) => Instant.Of(year, month, day).EndOfDay();
}
