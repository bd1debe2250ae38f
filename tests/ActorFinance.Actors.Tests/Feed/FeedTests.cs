using ActorFinance.Actors.Feed;
using ActorFinance.Actors.Hosting;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using Akka.TestKit.Xunit2;

namespace ActorFinance.Actors.Tests.Feed;

/// <summary>One reader of the journal: each event once, in offset order, live behind the catch-up; and it stops where the journal has a hole.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Each_event_comes_once_in_offset_order_live_after_catching_up()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterAsync("a");
        await book.RegisterAsync("b");
        var kit = new TestKit(book.Session.System);
        var probe = kit.CreateTestProbe();
        book.Session.System.ActorOf(JournalFeed.Props(book.Session.Reader, [probe.Ref], new NudgeSignal()));
        var seen = new List<RecordedEvent>();
        await TakeAsync(probe, seen, 2);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => book.AcceptedAsync(i % 2 == 0 ? "a" : "b", new ReachMilestone($"{i}"))));
        await TakeAsync(probe, seen, 202);
        seen.Select(recorded => recorded.Offset).ShouldBe((await book.EventsAsync()).Select(recorded => recorded.Offset));
    }

    [Fact]
    public async Task A_slow_subscriber_gets_the_next_batch_only_when_it_has_taken_the_last()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterAsync("a");
        var kit = new TestKit(book.Session.System);
        var probe = kit.CreateTestProbe();
        var feed = book.Session.System.ActorOf(JournalFeed.Props(book.Session.Reader, [probe.Ref], new NudgeSignal()));
        var first = await probe.ExpectMsgAsync<FeedBatch>();
        await book.AcceptedAsync("a", new ReachMilestone("x"));
        feed.Tell(FeedNudge.Instance, probe.Ref);
        await probe.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        feed.Tell(new FeedTaken(first.UpTo), probe.Ref);
        (await probe.ExpectMsgAsync<FeedBatch>()).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_stood_in_the_journal_is_read_whole_and_what_comes_live_only_where_it_is_needed()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterAsync("a");
        await book.AcceptedAsync("a", new ReachMilestone("before"));
        var kit = new TestKit(book.Session.System);
        var probe = kit.CreateTestProbe();
        var feed = book.Session.System.ActorOf(JournalFeed.Props(
            book.Session.Reader, [probe.Ref], new NudgeSignal(), manifest => manifest == ManifestTable.CurrentManifestOf(typeof(CompanyRegistered))));
        var seen = new List<RecordedEvent>();
        await TakeAsync(probe, seen, 2);
        await probe.FishForMessageAsync(message => message is FeedCaughtUp);

        await book.AcceptedAsync("a", new ReachMilestone("live"));
        await book.RegisterAsync("b");
        feed.Tell(FeedNudge.Instance, probe.Ref);
        await TakeAsync(probe, seen, 3);
        seen.Select(recorded => recorded.Event.GetType()).ShouldBe([typeof(CompanyRegistered), typeof(MilestoneReached), typeof(CompanyRegistered)]);
        seen[^1].Offset.ShouldBe((await book.EventsAsync())[^1].Offset);
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'company-a' AND sequence_number = 3", typeof(CorruptJournalException))]
    [InlineData("UPDATE journal SET message = x'00' WHERE persistence_id = 'company-a' AND sequence_number = 3", typeof(Journal.Contracts.CorruptEventException))]
    public async Task A_damaged_journal_is_said_and_not_waited_for(string damage, Type said)
    {
        var options = new SessionOptions { WithProjections = true };
        await using var book = await OpenBook.OpenAsync(options);
        await book.RegisterAsync("a");
        for (var i = 0; i < 5; i++)
        {
            await book.AcceptedAsync("a", new ReachMilestone($"{i}"));
        }

        await book.Session.DisposeAsync();
        book.Journal.Execute(damage).ShouldBe(1);
        var failure = await Record.ExceptionAsync(() => book.OpenAgainAsync(options));
        failure.ShouldNotBeNull().GetType().ShouldBe(said);
        failure.Message.ShouldMatch("'(company-)?a'|company-a");
    }

    private static async Task TakeAsync(Akka.TestKit.TestProbe probe, List<RecordedEvent> seen, int until)
    {
        while (seen.Count < until)
        {
            if (await probe.ReceiveOneAsync(TimeSpan.FromMinutes(1)) is FeedBatch batch)
            {
                seen.AddRange(batch.Events);
                probe.Reply(new FeedTaken(batch.UpTo));
            }
        }
    }
}
