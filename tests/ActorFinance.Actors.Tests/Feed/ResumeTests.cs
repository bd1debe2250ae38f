using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;
using static ActorFinance.Actors.Tests.OpenBook;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Feed;

/// <summary>A journal that was written before is opened from its resume point: what came before is not read again, and what was half done is known.</summary>
public sealed class ResumeTests
{
    private static readonly SessionOptions s_keepsAtOnce = new() { EventsBetweenCheckpoints = 1 };

    [Fact]
    public async Task What_is_open_at_any_offset_is_known_again_from_the_point_that_was_kept_there()
    {
        await using var book = await OpenBook.OpenAsync();
        var events = await ManyKindsOfStepsAsync(book);
        await using var reader = Open(book);
        var (companies, open) = Work();
        var withSteps = 0;
        for (var at = 0; at < events.Length; at++)
        {
            open.Note(events[at]);
            var point = ResumePoint.Of(events[at].Offset, companies, open);
            (await ResumeFile.TryWriteAsync(book.Journal.Path, reader, point)).ShouldBeTrue();
            var kept = await ResumeFile.ReadAsync(book.Journal.Path, reader);
            (kept.At, kept.Companies.ToHashSet().SetEquals(point.Companies)).ShouldBe((point.At, true));

            var (resumed, whole) = (Work().Open, Work().Open);
            resumed.Resume(kept);
            foreach (var recorded in events[..(at + 1)])
            {
                whole.Note(recorded);
            }

            foreach (var recorded in events[(at + 1)..])
            {
                OffsetsOf(resumed).ShouldBe(OffsetsOf(whole), $"kept at {point.At}, before {recorded.Offset}");
                resumed.Registers.ShouldBe(whole.Registers, ignoreOrder: true);
                resumed.Note(recorded);
                whole.Note(recorded);
            }

            resumed.IsEmpty.ShouldBeTrue();
            withSteps += open.Registers.Any() ? 1 : 0;
        }

        withSteps.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Work_that_was_half_done_at_the_point_is_finished_by_the_session_that_starts_from_it()
    {
        await using var book = await OpenBook.OpenAsync();
        var events = await ManyKindsOfStepsAsync(book);
        await book.Session.DisposeAsync();
        for (var at = events.Length - 1; at > 0; at--)
        {
            // As if the process had died behind this row.
            book.Journal.Execute($"DELETE FROM journal WHERE ordering > {events[at].Offset.Value}");
            var (companies, open) = Work();
            foreach (var recorded in events[..(at + 1)])
            {
                open.Note(recorded);
            }

            await using (var reader = Open(book))
            {
                (await ResumeFile.TryWriteAsync(book.Journal.Path, reader, ResumePoint.Of(events[at].Offset, companies, open))).ShouldBeTrue();
            }

            await book.OpenAgainAsync();
            var all = Work().Open;
            foreach (var recorded in await book.EventsAsync())
            {
                all.Note(recorded);
            }

            OffsetsOf(all).ShouldBeEmpty($"started from {events[at].Offset}");
            await book.Journal.AssertChainsAsync();
            await book.Session.DisposeAsync();
        }

        await book.OpenAgainAsync();
    }

    /// <summary>A damaged row is what nobody can read past: that the session opens says that it did not read it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_stands_before_the_point_is_not_read_again(bool withProjections)
    {
        await using var book = await OpenBook.OpenAsync(s_keepsAtOnce with { WithProjections = withProjections });
        await book.RegisterAsync("a");
        await book.RegisterCarefulAsync("b", "10 USD");
        await book.Session.SettleAsync();
        await Until.TrueAsync(() => KeptAsync(book, after: 2));
        await book.Session.DisposeAsync();
        book.Journal.Execute("UPDATE journal SET message = x'00' WHERE persistence_id = 'company-a'").ShouldBe(1);

        await book.OpenAgainAsync(new() { WithProjections = withProjections });
        book.Session.Directory.PolicyOf(Company("b")).ShouldBe(CashPolicy.RejectShortfall);
        (await book.RefusedAsync<Shortfall>("b", new PayExternalCash(Money("11 USD"), ExternalCategory.Opex))).Has.ShouldBe(Money("10 USD"));
        await book.Session.DisposeAsync();

        File.Delete(book.Journal.Path + ResumeFile.Extension);
        await Should.ThrowAsync<Journal.Contracts.CorruptEventException>(() => book.OpenAgainAsync(new() { WithProjections = withProjections }));
        book.Journal.Execute("DELETE FROM journal WHERE persistence_id = 'company-a'");
        await book.OpenAgainAsync();
    }

    [Theory]
    [InlineData(3, "number 4 of 'a'")]
    [InlineData(4, "number 5 of 'a'")]
    public async Task A_row_that_is_missing_around_the_point_is_said(int missing, string said)
    {
        await using var book = await OpenBook.OpenAsync(s_keepsAtOnce);
        await book.RegisterAsync("a");
        await book.AcceptedAsync("a", new ReachMilestone("2"));
        await book.AcceptedAsync("a", new ReachMilestone("3"));
        await book.RegisterAsync("b");
        await Until.TrueAsync(() => KeptAsync(book, after: 4));
        await book.RestartAsync(new());
        await book.AcceptedAsync("a", new ReachMilestone("4"));
        await book.AcceptedAsync("a", new ReachMilestone("5"));
        await book.Session.DisposeAsync();
        book.Journal.Execute($"DELETE FROM journal WHERE persistence_id = 'company-a' AND sequence_number = {missing}").ShouldBe(1);

        (await Should.ThrowAsync<CorruptJournalException>(() => book.OpenAgainAsync(new()))).Message.ShouldContain(said);
        book.Journal.Execute("DELETE FROM journal WHERE persistence_id = 'company-a'");
        File.Delete(book.Journal.Path + ResumeFile.Extension);
        await book.OpenAgainAsync();
    }

    private static async Task<bool> KeptAsync(OpenBook book, long after)
    {
        await using var reader = Open(book);
        return (await ResumeFile.ReadAsync(book.Journal.Path, reader)).At.Value >= after;
    }

    /// <summary>Share sales, transfers with a careful seller, receipts to count, a void of three companies that is refused, and one that is done.</summary>
    private static async Task<RecordedEvent[]> ManyKindsOfStepsAsync(OpenBook book)
    {
        await book.RegisterIssuerAsync("openai", holder: "amd");
        await book.RegisterCarefulAsync("amd", "5 USD");
        await book.RegisterAsync("nvidia");
        await book.AcceptedAsync("openai", new SellShares(Holder("nvidia"), Common, Money("100 USD"), Money("2 USD")));
        await book.AcceptedAsync("nvidia", new PayPurchase(Company("amd"), Money("3 USD")));
        await book.Session.SettleAsync();
        var transfer = await book.AcceptedAsync("openai", new TransferShares(Holder("amd"), Holder("nvidia"), Common, Shares("10"), Money("1 USD")));
        await book.Session.SettleAsync();
        await book.AcceptedAsync("amd", new PayExternalCash(Money("18 USD"), ExternalCategory.Opex), "2026-02-01");
        await book.RefusedAsync<PayerRefused>("openai", new VoidEvent(transfer.Events[0].Header.Id, "too late"));
        await book.AcceptedAsync("amd", new ReceiveExternalCash(Money("20 USD"), ExternalCategory.Revenue));
        await book.AcceptedAsync("openai", new VoidEvent(transfer.Events[0].Header.Id, "a mistake"));
        await book.Session.SettleAsync();
        return [.. await book.EventsAsync()];
    }

    private static (CompanyDirectory Companies, OpenWork Open) Work()
    {
        var companies = new CompanyDirectory();
        return (companies, new(companies));
    }

    private static IEnumerable<long> OffsetsOf(OpenWork open) => open.Events.Select(recorded => recorded.Offset.Value);

    private static SqliteJournalReader Open(OpenBook book) =>
        SqliteJournalReader.Open(book.Journal.Path).Succeeded(out var reader, out var error) ? reader : throw new IOException(error.Message);
}
