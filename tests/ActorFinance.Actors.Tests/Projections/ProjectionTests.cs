using System.Text.Json;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using static ActorFinance.Actors.Tests.OpenBook;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Projections;

/// <summary>What a projection answers, live or after a restart, is what the same question gets straight from the table.</summary>
public sealed class ProjectionTests
{
    private static readonly SessionOptions s_projecting = new() { WithProjections = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_projection_answers_as_the_table_does_at_any_cut(bool restarted)
    {
        await using var book = await OpenBook.OpenAsync(s_projecting);
        await book.RegisterIssuerAsync("openai");
        await book.RegisterCarefulAsync("nvidia", "1000 USD");
        for (var month = 1; month <= 6; month++)
        {
            var at = $"2026-0{month}-01";
            var sale = await book.AcceptedAsync("openai", new SellShares(Holder("nvidia"), Common, Money("100 USD"), Money("2 USD")), at);
            await book.AcceptedAsync("openai", new PayPurchase(Company("nvidia"), Money($"{month}0 USD")), at);
            if (month == 4)
            {
                await book.AcceptedAsync("openai", new VoidEvent(sale.Events[0].Header.Id, "a mistake"), at);
            }
        }

        await book.Session.SettleAsync();
        if (restarted)
        {
            await book.RestartAsync();
        }

        var table = new Book(await book.EventsAsync());
        var (cash, ownership, circular) = (new CashIndex(table), new OwnershipIndex(table), new CircularFlowIndex(table));
        var projection = book.Session.Projection.ShouldNotBeNull();
        var last = table.LastOffset;
        foreach (var asOf in new[] { Instant.Maximum, At("2026-03-15"), At("2026-04-01"), At("2025-01-01") })
        {
            foreach (var asKnown in new[] { AsKnown.All, new AsKnown.AtOffset(new(last.Value / 2)), new AsKnown.AtOffset(new(last.Value - 4)), new AsKnown.AtTime(table.Recorded[^9].Header.RecordedAt) })
            {
                var cut = new Cut(asOf, asKnown);
                Same(await JournalSession.AskAsync<BookView, CashAnswer>(projection, new CashQuestion(cut, AtLeast: last)), cash.At(cut));
                var held = await JournalSession.AskAsync<BookView, OwnershipAtCut>(projection, new OwnershipQuestion(cut, last));
                Same(held.Register, ownership.At(cut));
                var window = new FlowWindow(Instant.Minimum, asOf);
                var flow = await JournalSession.AskAsync<BookView, CircularAtCut>(
                    projection, new CircularQuestion(cut, window, Firmness.Paid, new FlowOptions(), last));
                Same(flow.Flow, CircularView.At(circular.Publish(), cut, window, Firmness.Paid, new FlowOptions()));
            }
        }
    }

    [Fact]
    public async Task A_question_that_asks_for_at_least_an_offset_waits_for_it()
    {
        await using var book = await OpenBook.OpenAsync(s_projecting);
        await book.RegisterAsync("nvidia");
        await book.Session.SettleAsync();
        var next = new Offset((await book.EventsAsync())[^1].Offset.Value + 1);
        var projection = book.Session.Projection.ShouldNotBeNull();
        var early = JournalSession.AskAsync<BookView, CashAnswer>(projection, new CashQuestion(Cut.Everything, AtLeast: next));
        Same(await JournalSession.AskAsync<BookView, CashAnswer>(projection, new CashQuestion(Cut.Everything)), new CashIndex(new Book(await book.EventsAsync())).At(Cut.Everything));
        early.IsCompleted.ShouldBeFalse();
        await book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("7 USD"), ExternalCategory.Revenue));
        Same(await early, new CashIndex(new Book(await book.EventsAsync())).At(Cut.Everything));
    }

    private static void Same<T>(T answer, T fromTable) => JsonSerializer.Serialize<object>(answer!).ShouldBe(JsonSerializer.Serialize<object>(fromTable!));
}
