using ActorFinance.Journal.Contracts;
using CsCheck;

namespace ActorFinance.Journal.Tests.Contracts;

public class StoredLogTests
{
    [Fact]
    public void What_was_added_comes_back_in_order_whatever_its_length() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 5], Gen.OneOf(Gen.Int[0, 700], Gen.Int[200_000, 400_000]), Gen.Byte)
            .List[0, 40]
            .Sample(
                added =>
                {
                    var log = new StoredLog();
                    var events = added.ConvertAll(e => new StoredEvent(e.Item1, [.. Enumerable.Repeat(e.Item3, e.Item2)]));
                    events.ForEach(log.Add);

                    log.Count.ShouldBe(events.Count);
                    log.PayloadBytes.ShouldBe(events.Sum(e => (long)e.Payload.Length));
                    for (var i = 0; i < events.Count; i++)
                    {
                        log[i].Manifest.ShouldBe(events[i].Manifest);
                        log.PayloadOf(i).SequenceEqual(events[i].Payload).ShouldBeTrue();
                    }
                },
                iter: 50);
}
