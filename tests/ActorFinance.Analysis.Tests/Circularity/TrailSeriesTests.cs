using System.Globalization;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>Windows from one start go on with the trail of the one before, whatever the method; rolling ones start anew.</summary>
public sealed class TrailSeriesTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void A_company_is_traced_through_a_series_as_through_each_of_its_windows_alone() =>
        Gen.Select(Flows, Gen.Enum<TraceMethod>(), Gen.Bool, Gen.Int[0, 2])
            .Sample(
                (flows, method, loansFund, rolling) =>
                {
                    var options = Options(method) with { LoansFund = loansFund };
                    var index = new CircularFlowIndex(new Book(BookOf(flows))).Publish();
                    var series = CircularView.SeriesAt(
                        index, Cut.Everything, FlowWindow.Everything, SeriesStep.Month, rolling == 0 ? null : RollingSpan.Parse($"{rolling}M"), Firmness.Paid, options).Value!;
                    return series.Count > 0 && series.All(point => Traced(point).SequenceEqual(Traced(Alone(index, point, options))));
                },
                iter: Effort.Samples(500));

    /// <summary>The investments are of two rates, so that the second month has a lot of tags that the first had not.</summary>
    [Theory]
    [InlineData(TraceMethod.Haircut, "8.2")]
    [InlineData(TraceMethod.Fifo, "7.7")]
    [InlineData(TraceMethod.Lifo, "8.5")]
    public void Tags_of_a_new_rate_join_those_that_lie_in_the_pools(TraceMethod method, string returned)
    {
        var book = new BookBuilder();
        Rate(book, "2025-11-01", 1.1m);
        book.Add("a", "2025-11-15", Invest("b", 10, "EUR"));
        Rate(book, "2025-12-01", 1.3m);
        book.Add("b", "2025-12-05", Buy("c", 4, "EUR"));
        book.Add("a", "2025-12-15", Invest("b", 10, "EUR"));
        book.Add("b", "2026-01-31", Buy("a", 4, "EUR"));
        book.Add("c", "2026-02-01", Buy("a", 3, "EUR"));
        var index = new CircularFlowIndex(new Book(book.Events)).Publish();
        var series = CircularView.SeriesAt(index, Cut.Everything, FlowWindow.Everything, SeriesStep.Month, null, Firmness.Paid, Options(method)).Value!;

        // 10 EUR at 1.1, then 10 more at 1.3; all that moves is a's. b gives c 4 of the first. When it gives a 4, it has 6 of the first and 10 of the last:
        // by haircut 1.5 and 2.5 of them go, by fifo 4 of the first, by lifo 4 of the last. c gives a 3 of the first. So there return, in EUR,
        // 4.5 and 2.5; 7 and none; 3 and 4.
        series.Select(point => point.Companies.Single().Traced.Invested).ShouldBe([11, 24, 24, 24]);
        series[^1].Companies.Single().Traced.Returned.ShouldBe(decimal.Parse(returned, CultureInfo.InvariantCulture));
        foreach (var point in series)
        {
            Traced(point).ShouldBe(Traced(Alone(index, point, Options(method))));
        }
    }

    private static Gen<(int From, int To, int Kind, int Amount, bool IsEuro, int Day)[]> Flows { get; } =
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[1, 50], Gen.Bool, Gen.Int[0, 150], (from, on, kind, amount, isEuro, day) => (from, (from + on) % 4, kind, amount, isEuro, day))
            .Array[1, 40];

    private static IReadOnlyList<RecordedEvent> BookOf((int From, int To, int Kind, int Amount, bool IsEuro, int Day)[] flows)
    {
        var book = new BookBuilder();
        for (var month = 0; month < 6; month++)
        {
            Rate(book, new Instant(Instant.Of(2025, 10, 1).UtcTicks + (month * 31 * TimeSpan.TicksPerDay)), 1.1m + (0.07m * month));
        }

        foreach (var (from, to, kind, amount, isEuro, day) in flows)
        {
            var (payee, currency) = (Names[to], isEuro ? "EUR" : "USD");
            book.Add(BookBuilder.Company(Names[from]), new Instant(Instant.Of(2025, 10, 2).UtcTicks + (day * TimeSpan.TicksPerDay)), kind switch
            {
                0 => Invest(payee, amount, currency),
                1 => Buy(payee, amount, currency),
                2 => new TransferPaid(BookBuilder.Company(payee), Of(amount, currency), TransferPurpose.Fee),
                _ => new LoanDrawn(Value.Parse<LoanId>($"l-{from}-{to}"), BookBuilder.Company(payee), Of(amount, currency), null, null, null, null),
            });
        }

        return book.Events;
    }

    private static void Rate(BookBuilder book, string day, decimal rate) => Rate(book, BookBuilder.At(day), rate);

    private static void Rate(BookBuilder book, Instant at, decimal rate) =>
        book.Add(CompanyId.Market, at, new FxRateRecorded(Value.Parse<Currency>("EUR"), Value.Parse<Currency>("USD"), Quantity.Of(rate)));

    private static InvestmentMade Invest(string payee, int amount, string currency) =>
        new(BookBuilder.Company(payee), Of(amount, currency), Instrument.NotStated, null, null, null, null, null, false);

    private static PurchasePaid Buy(string payee, int amount, string currency) => new(BookBuilder.Company(payee), Of(amount, currency), null, null, null, null, false);

    private static Money Of(int amount, string currency) => Money.Of(amount, Value.Parse<Currency>(currency));

    private static FlowOptions Options(TraceMethod method) =>
        FlowOptions.Default with { Trace = method, Company = BookBuilder.Company("a"), ReportingCurrency = Value.Parse<Currency>("USD") };

    private static CircularAnswer Alone(CircularSnapshot index, CircularAnswer point, FlowOptions options) =>
        CircularView.At(index, Cut.Everything, new(point.From, point.To), Firmness.Paid, options).Value!;

    private static IEnumerable<(TracedAnswer, double?)> Traced(CircularAnswer answer) =>
        answer.Companies.Select(company => (company.Traced, company.FinancedRevenueShareProRata));
}
