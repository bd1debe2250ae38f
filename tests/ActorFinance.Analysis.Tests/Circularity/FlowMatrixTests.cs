using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class FlowMatrixTests
{
    private static readonly Currency Usd = Value.Parse<Currency>("USD");
    private static readonly Currency Eur = Value.Parse<Currency>("EUR");

    [Fact]
    public void A_refund_lowers_what_was_bought_never_below_zero_and_the_rest_is_left_out()
    {
        var answer = FlowBook.Answer("""
            a -> b 10 investment
            b -> a 6 purchase
            a -> b 2 refund
            a -> c 5 refund
            """);

        answer.Of("a").RoundTrip.Direct.ShouldBe(0.4);
        answer.Of("a").Financed.Sales.ShouldBe(4);
        answer.RefundsLeftOut.ShouldBe(5);
        answer.Companies.Select(c => c.Company.Value).ShouldBe(["a", "b", "c"]);
        answer.Of("c").Financed.Sales.ShouldBe(0);
    }

    [Fact]
    public void The_window_starts_after_its_start_and_ends_with_its_end()
    {
        var events = FlowBook.Of("2026-01-01 a -> b 1 investment\n2026-02-01 a -> b 2 investment\n2026-03-01 a -> b 4 investment");
        var window = new FlowWindow(Instant.Of(2026, 1, 1), Instant.Of(2026, 2, 1));

        FlowBook.Outcome(events, window: window).Value!.Of("a").Invested.ShouldBe(2);
    }

    [Fact]
    public void Flows_in_kind_count_only_when_asked()
    {
        const string Lines = "a -> b 10 investment\nb -> a 6 in-kind-purchase";

        FlowBook.Answer(Lines).Of("a").RoundTrip.Direct.ShouldBe(0);
        FlowBook.Answer(Lines, FlowOptions.Default with { InKind = true }).Of("a").RoundTrip.Direct.ShouldBe(0.6);
    }

    [Fact]
    public void Kinds_that_are_not_asked_for_do_not_flow()
    {
        var answer = FlowBook.Answer("a -> b 10 investment\nb -> a 6 purchase\nb -> c 3 transfer", FlowOptions.Default with { Kinds = [FlowKind.Investment, FlowKind.Purchase] });

        answer.Companies.Select(c => c.Company.Value).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Several_currencies_need_a_reporting_currency()
    {
        var outcome = FlowBook.Outcome(FlowBook.Of("a -> b 10USD investment\nb -> a 6EUR purchase"));

        outcome.Value.ShouldBeNull();
        outcome.Error!.Message.ShouldBe("the flows of the window are in EUR, USD: name a reporting currency, since amounts in several are never added");
    }

    [Fact]
    public void A_flow_is_converted_at_the_latest_rate_of_the_pair_or_its_inverse()
    {
        var book = new BookBuilder();
        Rate("2026-01-01", Eur, Usd, 1.25m);
        Rate("2026-02-01", Usd, Eur, 0.75m);
        Invest("2026-01-31", 10, Eur);
        Invest("2026-02-01", 10, Eur);
        var options = FlowOptions.Default with { ReportingCurrency = Usd };

        FlowBook.Answer(book.Events, options).Of("a").Invested.ShouldBe(12.5m + 13.3333333333m);
        FlowBook.Outcome(book.Events, options with { ReportingCurrency = Value.Parse<Currency>("JPY") }).Error!.Message
            .ShouldBe("no rate between EUR and JPY is recorded at or before 2026-01-31T00:00:00Z: record one, or report in another currency");

        void Rate(string at, Currency from, Currency to, decimal rate) => book.Add(CompanyId.Market, BookBuilder.At(at), new FxRateRecorded(from, to, Quantity.Of(rate)));

        void Invest(string at, decimal amount, Currency currency) =>
            book.Add("a", at, new InvestmentMade(BookBuilder.Company("b"), Money.Of(amount, currency), Instrument.NotStated, null, null, null, null, null, false));
    }

    [Fact]
    public void A_total_that_would_be_rounded_is_an_error()
    {
        var lines = string.Join('\n', Enumerable.Repeat("a -> b 9999999999999999 purchase", 101));

        FlowBook.Outcome(FlowBook.Of(lines)).Error!.Message.ShouldStartWith("the flows of a in the window come to 1e18 or more");
    }

    [Fact]
    public void A_dividend_to_a_holder_that_is_no_company_goes_outside()
    {
        var book = new BookBuilder().Registered("a", "b").Add("a", "2026-01-01", new DividendDeclared(
            null, [new(BookBuilder.Holder("b"), BookBuilder.Money("1 USD")), new(BookBuilder.Holder("fund"), BookBuilder.Money("2 USD"))]));

        FlowBook.Answer(book.Events).Companies.Select(c => c.Company.Value).ShouldBe(["a", "b"]);
    }
}
