using System.Collections.Immutable;
using CsCheck;

namespace ActorFinance.Model.Tests.Companies;

public class GrowingMapTests
{
    private enum What
    {
        Add,
        Set,
        Remove,
    }

    [Fact]
    public void Every_version_stays_what_an_immutable_dictionary_would_be_whatever_is_made_from_it() =>
        Gen.Select(Gen.Enum<What>(), Gen.Int[0, 30], Gen.Int[0, 9], Gen.Int[0, 4])
            .Array[0, 200]
            .Sample(
                steps =>
                {
                    var versions = new List<(GrowingMap<int, int> Map, ImmutableDictionary<int, int> Truth)> { (GrowingMap<int, int>.Empty, ImmutableDictionary<int, int>.Empty) };
                    foreach (var (what, key, value, back) in steps)
                    {
                        // Mostly from the newest version, at times from an older one, which then goes on apart.
                        var (map, truth) = versions[Math.Max(0, versions.Count - 1 - (back == 4 ? key : 0))];
                        if (what == What.Add && truth.ContainsKey(key))
                        {
                            Should.Throw<ArgumentException>(() => map.Add(key, value));
                            continue;
                        }

                        versions.Add(what switch
                        {
                            What.Add => (map.Add(key, value), truth.Add(key, value)),
                            What.Set => (map.SetItem(key, value), truth.SetItem(key, value)),
                            _ => (map.Remove(key), truth.Remove(key)),
                        });
                    }

                    foreach (var (map, truth) in versions)
                    {
                        map.Count.ShouldBe(truth.Count);
                        map.OrderBy(entry => entry.Key).ShouldBe(truth.OrderBy(entry => entry.Key));
                        for (var key = 0; key <= 30; key++)
                        {
                            map.TryGetValue(key, out var value).ShouldBe(truth.TryGetValue(key, out var expected));
                            value.ShouldBe(expected);
                        }
                    }
                },
                iter: Effort.Samples(300));

    [Fact]
    public void A_million_entries_are_added_one_by_one_and_found_again()
    {
        var map = GrowingMap<int, long>.Empty;
        for (var key = 0; key < 1_000_000; key++)
        {
            map = map.Add(key, -key);
        }

        map.Count.ShouldBe(1_000_000);
        for (var key = 0; key < 1_000_000; key += 999)
        {
            map[key].ShouldBe(-key);
        }

        map.ContainsKey(1_000_000).ShouldBeFalse();
    }
}
