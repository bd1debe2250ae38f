using System.Text.Json;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class CircularFlowIndexTests
{
    private static readonly FlowOptions[] Options =
    [
        FlowOptions.Default,
        FlowOptions.Default with { ReportingCurrency = Value.Parse<Currency>("USD"), InKind = true },
    ];

    [Fact]
    public void The_index_equals_the_reference_fold_at_every_cut_and_window() =>
        Gen.Select(BookGen.Events, BookGen.Cuts.Array[3], Gen.Int[-3, 12], Gen.Int[0, 14]).Sample(
            (events, cuts, from, days) =>
            {
                var (index, book) = (new CircularFlowIndex(), new Book(events));
                foreach (var recorded in events)
                {
                    index.Apply(recorded);
                }

                var start = Instant.Of(2025, 12, 28).UtcTicks + (from * TimeSpan.TicksPerDay);
                foreach (var window in (FlowWindow[])[FlowWindow.Everything, new(new(start), new(start + (days * TimeSpan.TicksPerDay)))])
                {
                    foreach (var cut in cuts)
                    {
                        var counted = ReferenceFold.State(events, cut);
                        foreach (var options in Options)
                        {
                            var upTo = CircularSnapshot.UpTo(cut, window);
                            var state = book.At(cut);
                            var unpriced = FirmFlows.UnpricedDeals(state).Count;
                            var plain = Text(CircularFlow.Of(counted, h => book.IsCompany(h, cut.AsKnown), upTo, options, unpriced));
                            Text(index.At(cut, window, options)).ShouldBe(plain);
                            Text(CircularFlow.Of(state, upTo, options, Firmness.Paid)).ShouldBe(plain);
                        }
                    }
                }
            },
            iter: Effort.Samples(500));

    [Fact]
    public void What_is_contracted_counts_when_it_is_asked_for()
    {
        var book = new Book(new BookBuilder()
            .Add("a", "2026-01-01", new InvestmentMade(BookBuilder.Company("b"), BookBuilder.Money("10 USD"), Instrument.NotStated, null, null, null, null, null, false))
            .Add("b", "2026-01-02", new PurchaseCommitted(new(
                Value.Parse<CommitmentId>("c"), BookBuilder.Company("b"), BookBuilder.Company("a"), BookBuilder.Money("4 USD"),
                [new(Instant.Of(2027, 1, 1), BookBuilder.Money("4 USD"))], null, null, null, null)))
            .Events);

        double? Direct(Firmness firmness) =>
            CircularFlow.Of(book.At(Cut.Everything), FlowWindow.Everything, FlowOptions.Default, firmness).Value!.Of("a").RoundTrip.Direct;
        Direct(Firmness.Paid).ShouldBe(0);
        Direct(Firmness.Contracted).ShouldBe(0.4);
    }

    /// <summary>In one currency the index answers from rows of numbers; in two from the flows. Both must equal the plain path, events behind the figures included.</summary>
    [Fact]
    public void Rows_of_numbers_give_the_matrix_that_the_flows_give() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 6], Gen.Int[1, 9_999_999], Gen.Int[0, 7]).Array[0, 25],
            Gen.Int[0, 25], Gen.Int[0, 25], Gen.Bool, Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))).Sample((flows, from, to, inKind, euros) =>
        {
            string[] kinds = ["investment", "purchase", "transfer", "refund", "loan", "in-kind-purchase", "in-kind-investment"];
            var lines = flows.Where(f => f.Item1 != f.Item2).Select(f => f.Item2 == 4
                ? $"outside -> c{f.Item1} {f.Item4}{new string('0', f.Item5)} revenue"
                : f.Item1 == 4 ? $"c{f.Item2} -> outside 0.{f.Item4} opex"
                : $"c{f.Item1} -> c{f.Item2} {f.Item4 / 100m:0.00}{(euros && f.Item5 == 3 ? "EUR" : "USD")} {kinds[f.Item3]}");
            var events = FlowBook.Of(string.Join('\n', lines));
            var window = new FlowWindow(Instant.Of(2026, 1, 1 + Math.Min(from, to)), Instant.Of(2026, 1, 1 + Math.Max(from, to)));
            var index = new CircularFlowIndex(new Book(events));
            foreach (var options in (FlowOptions[])[FlowOptions.Default with { InKind = inKind }, FlowOptions.Default with { Kinds = [FlowKind.Purchase], Hops = 2 }])
            {
                Text(index.At(Cut.Everything, window, options)).ShouldBe(Text(FlowBook.Outcome(events, options, window)));
            }
        });

    /// <summary>Windows that move on in time share one running sum: months from the start, rolling ones, and some that jump back. In one currency, in several and converted.</summary>
    [Fact]
    public void A_series_of_windows_gives_the_matrix_that_each_window_gives_alone() =>
        Gen.Select(BookGen.Events, BookGen.Cuts, Gen.Select(Gen.Int[-1, 12], Gen.Int[0, 12]).Array[1, 6]).Sample(
            (events, cut, pairs) =>
            {
                var index = new CircularFlowIndex(new Book(events)).Publish();
                FlowWindow[] windows =
                [
                    .. pairs.Select(p => new FlowWindow(Instant.Minimum, Day(Math.Max(p.Item1, p.Item2)))).OrderBy(window => window.To),
                    .. pairs.Select(p => new FlowWindow(Day(p.Item1), Day(p.Item1 + p.Item2))).OrderBy(window => window.From).ThenBy(window => window.To),
                    .. pairs.Select(p => new FlowWindow(Day(p.Item2), Day(p.Item1))),
                ];
                foreach (var options in (FlowOptions[])[.. Options, FlowOptions.Default with { Kinds = [FlowKind.Purchase, FlowKind.Dividend], ReportingCurrency = Value.Parse<Currency>("EUR") }])
                {
                    var series = index.MatricesAt(cut, windows, options).ToArray();
                    foreach (var (window, matrix) in windows.Zip(series))
                    {
                        var upTo = CircularSnapshot.UpTo(cut, window);
                        Text(matrix).ShouldBe(Text(FlowMatrixBuilder.Build(index.FlowsAt(cut, window), index.RatesAt(cut), upTo, options)));
                    }
                }
            },
            iter: Effort.Samples(500));

    private static Instant Day(int day) => new(Instant.Of(2025, 12, 28).UtcTicks + (day * TimeSpan.TicksPerDay));

    private static string Text(FlowOutcome<FlowMatrix> outcome) =>
        outcome.Value is not { } matrix
            ? outcome.Error!.Message
            : $"{matrix.Currency} {matrix.ToAmount(1)} {string.Join(' ', matrix.Companies.Select((company, i) => $"{company} {matrix.Outside(i)}"))} "
              + string.Join(' ', matrix.Pairs.Select(p => $"{p.From}>{p.To} {p.Total} {p.Invested} {p.Purchased} {p.Bought} {p.Lent} {p.RefundsLeftOut} {string.Join(',', p.Events)} {string.Join(',', p.PurchaseEvents)}"));

    private static string Text(FlowOutcome<CircularAnswer> outcome) =>
        outcome.Error?.Message
        ?? JsonSerializer.Serialize(outcome.Value) + string.Join(';', outcome.Value!.Companies.SelectMany(c => c.RoundTrip.AnyEvents.Concat(c.Financed.Events).Concat(c.Traced.Investments)).Concat(outcome.Value.Finn.Events).Concat(outcome.Value.Circulation.Events));
}
