using ActorFinance.Actors.Companies;
using ActorFinance.Model;
using static ActorFinance.Actors.Tests.OpenBook;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Deals;

/// <summary>Voids of three companies and more: who opens them, those that join because they count the money, and the payer.</summary>
public sealed class JoinedVoidTests
{
    [Theory]
    [InlineData("openai", true)]
    [InlineData("nvidia", true)]
    [InlineData("openai", false)]
    [InlineData("nvidia", false)]
    public async Task A_paid_transfer_is_voided_by_register_buyer_and_careful_seller_together(string asked, bool acknowledged)
    {
        await using var book = await OpenBook.OpenAsync();
        var transfer = await TransferredAsync(book);
        if (acknowledged)
        {
            await book.Session.CountReceiptAsync(Company("amd"), transfer.Events.Single(written => written.Event is StepPaid));
        }

        var order = Order("void", asked, new VoidEvent(transfer.Events.Single(written => written.Header.Emitter.Value == asked).Header.Id, "a mistake"));
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>();
        await book.Session.SettleAsync();
        var voids = await VoidsAsync(book);
        voids[..3].ShouldBe(["openai EventVoided pending", "amd EventVoided pending", "nvidia EventVoided posting"]);
        voids[3..].ShouldBe(["amd StepPosted closing", "openai StepPosted closing"], ignoreOrder: true);
        (await book.RefusedAsync<Shortfall>("amd", new PayExternalCash(Money("1 USD"), ExternalCategory.Opex))).Has.ShouldBe(Money("0 USD"));
        await book.AcceptedAsync("openai", new TransferShares(Holder("amd"), Holder("another"), Common, Shares("1000")));
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>().Repeated.ShouldBeTrue();
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task A_careful_seller_that_has_spent_the_money_refuses_the_void_and_nothing_is_written()
    {
        await using var book = await OpenBook.OpenAsync();
        var transfer = await TransferredAsync(book);
        await book.Session.CountReceiptAsync(Company("amd"), transfer.Events.Single(written => written.Event is StepPaid));
        await book.AcceptedAsync("amd", new PayExternalCash(Money("1 USD"), ExternalCategory.Opex), "2026-02-01");
        var before = await book.CountAsync();
        var refused = await book.RefusedAsync<PayerRefused>("openai", new VoidEvent(transfer.Events[0].Header.Id, "a mistake"));
        (refused.Payer.Value, refused.PayerCode).ShouldBe(("amd", "later-state-invalid"));
        (await book.CountAsync()).ShouldBe(before);
    }

    /// <summary>Whatever was on disk when the process died: the pending voids alone, the payer's too, the notes of some.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_void_of_three_companies_that_a_crash_cut_is_finished_at_the_next_start(int rowsLost)
    {
        await using var book = await OpenBook.OpenAsync();
        var transfer = await TransferredAsync(book);
        await book.Session.CountReceiptAsync(Company("amd"), transfer.Events.Single(written => written.Event is StepPaid));
        var order = Order("void", "openai", new VoidEvent(transfer.Events[0].Header.Id, "a mistake"));
        await book.SendAsync(order);
        await book.Session.SettleAsync();
        await book.Session.DisposeAsync();
        book.Journal.Execute($"DELETE FROM journal WHERE ordering > (SELECT max(ordering) - {rowsLost} FROM journal)").ShouldBe(rowsLost);

        await book.OpenAgainAsync();
        var voids = await VoidsAsync(book);
        voids[..3].ShouldBe(["openai EventVoided pending", "amd EventVoided pending", "nvidia EventVoided posting"]);
        voids[3..].ShouldBe(["amd StepPosted closing", "openai StepPosted closing"], ignoreOrder: true);
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>().Repeated.ShouldBeTrue();
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task A_dividend_to_several_careful_companies_is_voided_by_all_of_them()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterAsync("openai");
        string[] holders = ["amd", "intel", "nvidia"];
        foreach (var holder in holders)
        {
            await book.RegisterCarefulAsync(holder);
        }

        var dividend = (await book.AcceptedAsync("openai", new DeclareDividend(Shares: [.. holders.Select(holder => new DividendShare(Holder(holder), Money("5 USD")))]))).Events.Single();
        await book.Session.SettleAsync();
        await book.AcceptedAsync("intel", new PayExternalCash(Money("5 USD"), ExternalCategory.Opex));
        var before = await book.CountAsync();
        var spent = await book.RefusedAsync<PayerRefused>("openai", new VoidEvent(dividend.Header.Id, "a mistake"));
        (spent.Payer.Value, spent.PayerCode).ShouldBe(("intel", "later-state-invalid"));
        (await book.CountAsync()).ShouldBe(before);

        await book.AcceptedAsync("intel", new ReceiveExternalCash(Money("5 USD"), ExternalCategory.Revenue), "2025-12-31");
        await book.AcceptedAsync("openai", new VoidEvent(dividend.Header.Id, "a mistake"));
        await book.Session.SettleAsync();
        var voids = await VoidsAsync(book);
        voids.Count(line => line.EndsWith("EventVoided pending", StringComparison.Ordinal)).ShouldBe(3);
        voids[3].ShouldBe("openai EventVoided posting");
        foreach (var holder in holders)
        {
            (await book.RefusedAsync<Shortfall>(holder, new PayExternalCash(Money("1 USD"), ExternalCategory.Opex))).Has.ShouldBe(Money("0 USD"));
        }
    }

    /// <summary>nvidia buys amd's shares of openai, which keeps the register; amd counts its receipts.</summary>
    private static async Task<CommandReply.Accepted> TransferredAsync(OpenBook book)
    {
        await book.RegisterIssuerAsync("openai", holder: "amd");
        await book.RegisterAsync("nvidia");
        await book.RegisterCarefulAsync("amd");
        return await book.AcceptedAsync("openai", new TransferShares(Holder("amd"), Holder("nvidia"), Common, Shares("10"), Money("3 USD")));
    }

    /// <summary>From the first void on.</summary>
    private static async Task<string[]> VoidsAsync(OpenBook book) =>
        [.. (await book.StoryAsync(after: 0)).SkipWhile(line => !line.Contains("EventVoided", StringComparison.Ordinal)).Where(line => !line.EndsWith("ReceiptAcknowledged", StringComparison.Ordinal))];
}
