using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Model;
using Akka.Actor;
using static ActorFinance.Actors.Tests.OpenBook;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Companies;

/// <summary>What a company's actor finds again when it wakes: steps cut in two, receipts not counted, snapshots good and bad.</summary>
public sealed class RestartTests
{
    private static readonly SessionOptions s_sleepy = new() { Limits = new() { IdleAfter = TimeSpan.FromMilliseconds(5), FirstSnapshotAt = 4 } };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_step_that_a_crash_cut_is_finished_at_the_next_start(int rowsLost)
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        var before = await book.CountAsync();
        var order = Order("sale", "openai", new SellShares(Holder("nvidia"), Common, Money("100 USD"), Money("2 USD")));
        await book.SendAsync(order);
        await book.Session.DisposeAsync();
        book.Journal.Execute($"DELETE FROM journal WHERE ordering > (SELECT max(ordering) - {rowsLost} FROM journal)").ShouldBe(rowsLost);

        await book.OpenAgainAsync();
        (await book.StoryAsync(before)).ShouldBe(["openai SharesIssued pending", "nvidia InvestmentMade posting", "openai StepPosted closing"]);
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>().Repeated.ShouldBeTrue();
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task A_receipt_that_was_not_acknowledged_is_counted_at_the_next_start()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterCarefulAsync("nvidia");
        await book.RegisterAsync("openai");
        var before = await book.CountAsync();
        await book.AcceptedAsync("openai", new PayPurchase(Company("nvidia"), Money("5 USD")));
        await book.Session.SettleAsync();
        (await book.StoryAsync(before)).ShouldBe(["openai PurchasePaid", "nvidia ReceiptAcknowledged"]);
        await book.Session.DisposeAsync();
        book.Journal.Execute("DELETE FROM journal WHERE ordering = (SELECT max(ordering) FROM journal)").ShouldBe(1);

        await book.OpenAgainAsync();
        (await book.StoryAsync(before)).ShouldBe(["openai PurchasePaid", "nvidia ReceiptAcknowledged"]);
        await book.AcceptedAsync("nvidia", new PayExternalCash(Money("5 USD"), ExternalCategory.Opex));
    }

    [Fact]
    public async Task Settling_waits_for_receipts_of_payments_that_the_feed_has_not_read_yet()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterCarefulAsync("nvidia");
        await book.RegisterAsync("openai");
        for (var i = 1; i <= 50; i++)
        {
            await book.AcceptedAsync("openai", new PayPurchase(Company("nvidia"), Money("5 USD")));
            await book.Session.SettleAsync();
            await book.AcceptedAsync("nvidia", new PayExternalCash(Money("5 USD"), ExternalCategory.Opex));
        }
    }

    [Fact]
    public async Task A_company_wakes_from_its_snapshot_without_the_rows_before_it()
    {
        await using var book = await OpenBook.OpenAsync(s_sleepy);
        await FillAsync(book);
        await AwaitSnapshotsAsync(book, 1);
        await AwaitAsleepAsync(book, "a");

        // Nobody reads this row any more; if the company did, it would not wake.
        book.Journal.Execute("UPDATE journal SET message = x'00' WHERE persistence_id = 'company-a' AND sequence_number = 2").ShouldBe(1);
        await book.AcceptedAsync("a", new ReachMilestone("after the snapshot"));
    }

    [Theory]
    [InlineData("DELETE FROM snapshot")]
    [InlineData("UPDATE snapshot SET snapshot = x'00'")]
    [InlineData("UPDATE snapshot SET snapshot = substr(snapshot, 1, length(snapshot) / 2)")]
    [InlineData("UPDATE snapshot SET manifest = 'unknown:7'")]
    [InlineData("UPDATE snapshot SET sequence_number = sequence_number + 1")]
    [InlineData("UPDATE snapshot SET persistence_id = CASE persistence_id WHEN 'company-a' THEN 'company-b' ELSE 'company-a' END WHERE sequence_number = 4")]
    public async Task A_lost_or_damaged_snapshot_changes_no_answer(string damage)
    {
        await using var book = await OpenBook.OpenAsync(s_sleepy);
        await FillAsync(book);
        await AwaitSnapshotsAsync(book, 2);
        await book.Session.DisposeAsync();

        // A save that outlived the session would meet what is done to the table below.
        book.Journal.Ask("SELECT count(*) FROM snapshot").ShouldBe(2 * 2);
        if (damage.Contains("persistence_id", StringComparison.Ordinal))
        {
            book.Journal.Execute("DELETE FROM snapshot WHERE sequence_number <> 4");
            book.Journal.Execute("UPDATE snapshot SET sequence_number = 5 WHERE persistence_id = 'company-a'");
            book.Journal.Execute("UPDATE snapshot SET persistence_id = 'company-b' WHERE persistence_id = 'company-a'");
            book.Journal.Execute("DELETE FROM snapshot WHERE sequence_number = 4");
        }
        else
        {
            book.Journal.Execute(damage);
        }

        await book.OpenAgainAsync();
        foreach (var company in new[] { "a", "b" })
        {
            (await book.SendAsync(Order($"{company}-5", company, new ReachMilestone("5")))).ShouldBeOfType<CommandReply.Accepted>().Repeated.ShouldBeTrue();
            await book.AcceptedAsync(company, new ReachMilestone("after"));
        }

        await book.RestartAsync();
        await book.Journal.AssertChainsAsync();
        (await book.CountAsync()).ShouldBe(2 * (1 + 10 + 1));
    }

    [Fact]
    public async Task Companies_that_fall_asleep_all_the_time_lose_nothing()
    {
        await using var book = await OpenBook.OpenAsync(s_sleepy with { Limits = s_sleepy.Limits with { IdleAfter = TimeSpan.FromMilliseconds(1) } });
        string[] companies = ["a", "b", "c", "d"];
        foreach (var company in companies)
        {
            await book.RegisterIssuerAsync(company, CashPolicy.RejectShortfall);
            await book.AcceptedAsync(company, new ReceiveExternalCash(Money("1000 USD"), ExternalCategory.Opening));
        }

        var before = await book.CountAsync();
        for (var round = 0; round < 40; round++)
        {
            var replies = await Task.WhenAll(companies.SelectMany((company, i) => new[]
            {
                book.SendAsync(Order($"milestone-{company}-{round}", company, new ReachMilestone($"{round}"))),
                book.SendAsync(Order($"sale-{company}-{round}", company, new SellShares(Holder(companies[(i + 1) % 4]), Common, Money("2 USD"), Money("2 USD")))),
                book.SendAsync(Order($"payment-{company}-{round}", company, new PayPurchase(Company(companies[(i + 2) % 4]), Money("1 USD")))),
            }));
            replies.ShouldAllBe(reply => reply is CommandReply.Accepted);

            // Some fall asleep between two rounds, some in the middle of the next.
            if (round % 4 == 0)
            {
                await AwaitAsleepAsync(book, companies[round % 3]);
            }
        }

        await book.Session.SettleAsync();
        (await book.CountAsync()).ShouldBe(before + (40 * 4 * (1 + 3 + 2)));
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task Recorded_time_never_runs_backwards_within_a_company_and_a_receipt_is_counted_though_the_clock_was_set_back()
    {
        var clock = new HandClock { Now = DateTimeOffset.Parse("2026-05-01T12:00:00Z", null) };
        await using var book = await OpenBook.OpenAsync(new() { Clock = clock });
        await book.RegisterIssuerAsync("openai");
        await book.RegisterCarefulAsync("nvidia", "100 USD");
        clock.Now = clock.Now.AddHours(1);
        await book.AcceptedAsync("openai", new ReachMilestone("later"));
        clock.Now = clock.Now.AddHours(-2);
        await book.AcceptedAsync("openai", new ReachMilestone("set back"));
        await book.AcceptedAsync("openai", new SellShares(Holder("nvidia"), Common, Money("10 USD"), Money("2 USD")));
        await book.AcceptedAsync("openai", new PayPurchase(Company("nvidia"), Money("10 USD")));
        await book.Session.SettleAsync();
        await book.AcceptedAsync("nvidia", new PayExternalCash(Money("100 USD"), ExternalCategory.Opex));
        foreach (var company in (await book.EventsAsync()).GroupBy(recorded => recorded.Header.Emitter))
        {
            company.Select<RecordedEvent, Instant>(recorded => recorded.Header.RecordedAt).ShouldBeInOrder();
            company.ShouldAllBe(recorded => recorded.Header.KnownAt <= recorded.Header.RecordedAt);
        }
    }

    [Fact]
    public async Task Two_thousand_companies_wake_at_once_and_none_stops()
    {
        await using var book = await OpenBook.OpenAsync();
        var companies = Enumerable.Range(0, 2_000).Select(i => $"company-{i}").ToList();
        await Task.WhenAll(companies.Select(company => book.RegisterAsync(company)));
        await book.RestartAsync();
        var replies = await Task.WhenAll(companies.Select(company => book.SendAsync(Order($"wake-{company}", company, new ReachMilestone("awake")))));
        replies.ShouldAllBe(reply => reply is CommandReply.Accepted);
    }

    private static async Task FillAsync(OpenBook book)
    {
        foreach (var company in new[] { "a", "b" })
        {
            await book.RegisterAsync(company);
            for (var i = 0; i < 10; i++)
            {
                await book.SendAsync(Order($"{company}-{i}", company, new ReachMilestone($"{i}")));
            }
        }
    }

    private static async Task AwaitSnapshotsAsync(OpenBook book, int companies) => await Until.TrueAsync(
        () => Task.FromResult(book.Journal.Ask("SELECT count(DISTINCT persistence_id) FROM snapshot WHERE sequence_number = 8") >= companies));

    private static Task AwaitAsleepAsync(OpenBook book, string company) => Until.TrueAsync(async () =>
        (await book.Session.System.ActorSelection($"/user/companies/company-{company}").Ask<ActorIdentity>(new Identify(company), TimeSpan.FromMinutes(1))).Subject is null);

    private sealed class HandClock : TimeProvider
    {
        public required DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
