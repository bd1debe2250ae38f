using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Timeline;

public sealed class EventPlacesTests
{
    [Fact]
    public void Every_event_is_found_by_its_id_however_many_there_are_and_whenever_it_is_asked() =>
        Gen.Select(Gen.Int[1, 3_000], Gen.Int[1, 600])
            .Sample(
                (count, every) =>
                {
                    var places = new EventPlaces();
                    for (var i = 0; i < count; i++)
                    {
                        places.Add(Placed(i, IdOf(i)));
                        if (i % every == 0 && (places.Find(IdOf(i)) != i || places.Find(IdOf(i / 2)) != i / 2 || places.Find(IdOf(i + 1)) is not null))
                        {
                            return false;
                        }
                    }

                    return Enumerable.Range(0, count).All(i => places.Find(IdOf(i)) == i) && places.Find(IdOf(count)) is null;
                },
                iter: Effort.Samples(20));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    public void Every_event_of_a_large_book_is_found_however_many_were_expected(int expected)
    {
        const int Count = 150_000;
        var places = new EventPlaces();
        for (var i = 0; i < Count; i++)
        {
            if (i == 1_000)
            {
                places.Expect(expected);
            }

            places.Add(Placed(i, IdOf(i)));
        }

        _ = places.View();
        Enumerable.Range(0, Count).ShouldAllBe(i => places.Find(IdOf(i)) == i);
        places.Find(IdOf(Count)).ShouldBeNull();
        Should.Throw<ArgumentException>(() =>
        {
            places.Add(Placed(Count, IdOf(77)));
            _ = places.View();
        }).Message.ShouldBe($"event id {IdOf(77)} at offset {Count + 1} is taken");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(1_300)]
    public void An_event_id_that_is_there_twice_is_named_before_the_book_can_be_asked(int count)
    {
        var places = new EventPlaces();
        var failure = Should.Throw<ArgumentException>(() =>
        {
            for (var i = 0; i < count; i++)
            {
                places.Add(Placed(i, IdOf(i == count - 1 ? 0 : i)));
            }

            _ = places.View();
        });
        failure.Message.ShouldBe($"event id {IdOf(0)} at offset {count} is taken");
    }

    private static EventId IdOf(int number) => new(new Guid(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]));

    private static PlacedEvent Placed(int index, EventId id)
    {
        var at = new Instant(index);
        return new(new(index + 1), new(id, Value.Parse<CompanyId>("ant"), at, 0, at, at, null, StepRole.None), new MilestoneReached("1 GW deployed"));
    }
}
