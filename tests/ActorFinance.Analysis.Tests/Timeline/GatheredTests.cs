using ActorFinance.Analysis.Timeline;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Timeline;

public sealed class GatheredTests
{
    [Fact]
    public void Each_owner_gets_its_own_in_the_order_in_which_they_came_however_many_wait() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 2_000]).SelectMany((owners, count) => Gen.Int[0, owners - 1].Array[count].Select(given => (owners, given)))
            .Sample(
                sample =>
                {
                    var gathered = new Gathered<int>();
                    for (var round = 0; round < 2; round++)
                    {
                        for (var i = 0; i < sample.given.Length; i++)
                        {
                            gathered.Add(sample.given[i], i).ShouldBeFalse();
                        }

                        var taken = new List<int>[sample.owners];
                        foreach (var place in gathered.Order(sample.owners))
                        {
                            (taken[gathered.Owner(place)] ??= []).Add(gathered.Item(place));
                        }

                        gathered.Clear();
                        for (var owner = 0; owner < sample.owners; owner++)
                        {
                            (taken[owner] ?? []).ShouldBe(Enumerable.Range(0, sample.given.Length).Where(i => sample.given[i] == owner));
                        }
                    }
                },
                iter: Effort.Samples(100));

    [Fact]
    public void It_is_time_to_take_them_in_when_there_are_thousands_and_none_is_lost_where_nobody_does()
    {
        var gathered = new Gathered<int>();
        var isTime = Enumerable.Range(0, 20_000).Select(i => gathered.Add(i % 3, i)).ToList();

        isTime.IndexOf(true).ShouldBe(16_383);
        gathered.Count.ShouldBe(20_000);
        gathered.Order(3).ToArray().Order().ShouldBe(Enumerable.Range(0, 20_000));
    }
}
