using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using ActorFinance.Service.Streaming;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Service.Tests.Streaming;

/// <summary>Who waits is found by what an event says: just those whose filter it matches, at the first such event behind what they have seen.</summary>
public sealed class WaitingSubscribersTests
{
    private static readonly Gen<RecordedEvent[]> s_events = EventGen.Envelope.Array[1, 25].Select(envelopes => envelopes.Select((envelope, i) => new RecordedEvent(new(i + 1), envelope)).ToArray());

    [Fact]
    public void Each_is_taken_at_the_first_event_that_its_filter_matches()
    {
        var taken = 0;
        Gen.Select(s_events, Gen.Select(Gen.Int[0, 24], Gen.Int[0, 24], Gen.Int[0, 15], Gen.Int[0, 10]).Array[1, 30]).Sample((events, wishes) =>
        {
            var waiters = wishes.Select(wish => new WaitingSubscribers.Waiter(FilterOf(events[wish.Item1 % events.Length], events[wish.Item2 % events.Length], wish.Item3), new(wish.Item4))).ToList();
            var expected = waiters.ConvertAll(waiter => events.FirstOrDefault(recorded => recorded.Offset > waiter.Reached && waiter.Filter.Matches(recorded))?.Offset);
            var waiting = new WaitingSubscribers();
            waiters.ForEach(waiting.Add);
            var found = new Offset?[waiters.Count];
            foreach (var recorded in events)
            {
                var here = new List<WaitingSubscribers.Waiter>();
                waiting.Take(new(recorded), new(recorded.Offset.Value - 1), here);
                here.ForEach(waiter => found[waiters.IndexOf(waiter)] = recorded.Offset);
                here.ForEach(waiter => waiter.Reached.ShouldBe(new(recorded.Offset.Value - 1)));
                taken += here.Count;
            }

            found.ShouldBe(expected);
            waiters.Select(waiting.Remove).ShouldBe(expected.Select(at => at is null));
            waiting.TakeAll().ShouldBeEmpty();
        });
        taken.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_event_names_whom_its_fields_are_of_however_deep_and_nobody_else() => s_events.Sample(events =>
    {
        foreach (var recorded in events)
        {
            var names = EventNames.Of(recorded);
            Parties.Of(recorded.Event).Append(recorded.Header.Emitter).ShouldAllBe(party => names.Contains(party.Value));
            var written = EventText.FieldsOf(recorded.Event).ToJsonString();
            names.Where(name => name != recorded.Header.Emitter.Value).ShouldAllBe(name => written.Contains($":\"{name}\"", StringComparison.Ordinal) || written.Contains($"[\"{name}\"", StringComparison.Ordinal));
        }
    });

    [Fact]
    public void A_field_is_no_name()
    {
        var refund = new RecordedEvent(new(1), new(EventGen.Header.Single(), new PurchaseRefunded(Value.Parse<CompanyId>("openai"), Money.Of(1, Value.Parse<Currency>("USD")), null, null, null, false)));
        var names = EventNames.Of(refund);
        names.ShouldContain("openai");
        names.ShouldNotContain("buyer");
    }

    /// <summary>Parts of one event and of another: bit by bit which.</summary>
    private static StreamFilter FilterOf(RecordedEvent one, RecordedEvent other, int parts) => new(
        (parts & 1) != 0 ? one.Header.Emitter : null,
        (parts & 2) != 0 ? EventText.TypeOf(other.Event) : null,
        (parts & 4) != 0 ? one.Header.Deal : null,
        (parts & 8) != 0 && CompanyId.TryParse(EventNames.Of(other).Order(StringComparer.Ordinal).First(), out var party) ? party : null);
}
