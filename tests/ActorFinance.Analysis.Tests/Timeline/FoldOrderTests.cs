using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Timeline;

/// <summary>However late numbers come, and whenever they are published in between, a view has them in order and keeps them so.</summary>
public sealed class FoldOrderTests
{
    private const int Many = 3 * FoldOrder.BlockLength;

    [Fact]
    public void Every_view_has_what_was_there_in_order_also_after_more_came() =>
        Gen.Select(Gen.Int[0, Many], Gen.Int[1, 4], Gen.Int[1, Many], Gen.Int).Sample(
            (count, kind, every, seed) =>
            {
                var (keys, order) = Fresh(count, kind, seed);
                var views = new List<(FoldOrderView View, int Count)>();
                for (var number = 0; number < count; number++)
                {
                    order.Add(number);
                    if (number % every == 0)
                    {
                        views.Add((order.Publish(), number + 1));
                    }
                }

                views.Add((order.Publish(), count));
                foreach (var (view, known) in views.Where((_, i) => i % Math.Max(1, views.Count / 5) == 0).Append(views[^1]))
                {
                    Items(view).ShouldBe(Enumerable.Range(0, known).OrderBy(number => keys[number]));
                }
            },
            iter: Effort.Samples(60));

    [Fact]
    public void Saved_and_loaded_it_goes_on_as_it_was() =>
        Gen.Select(Gen.Int[0, Many], Gen.Int[1, 4], Gen.Double[0, 1], Gen.Int).Sample(
            (count, kind, part, seed) =>
            {
                var (keys, order) = Fresh(count, kind, seed);
                var saved = (int)(count * part);
                for (var number = 0; number < saved; number++)
                {
                    order.Add(number);
                }

                using var stream = new MemoryStream();
                var writer = new StateWriter(stream);
                order.Save(writer);
                stream.Position = 0;
                var (reader, loaded) = (new StateReader(stream, stream.Length), new FoldOrder(number => keys[number]));
                loaded.Load(reader);
                reader.Checksum.ShouldBe(writer.Checksum);
                for (var number = saved; number < count; number++)
                {
                    loaded.Add(number);
                }

                Items(loaded.Publish()).ShouldBe(Enumerable.Range(0, count).OrderBy(number => keys[number]));
            },
            iter: Effort.Samples(60));

    /// <summary>Keys in order, in any order, in order behind one that lies far ahead, and in two orders that alternate.</summary>
    private static (FoldKey[] Keys, FoldOrder Order) Fresh(int count, int kind, int seed)
    {
        var random = new Random(seed);
        FoldKey[] keys =
        [
            .. Enumerable.Range(0, count).Select(number => new FoldKey(
                new(kind switch
                {
                    1 => number,
                    2 => random.Next(count),
                    3 => number == count / 10 ? int.MaxValue : number,
                    _ => number % 2 == 0 ? number : number + count,
                }),
                random.Next(2),
                new(number))),
        ];
        return (keys, new(number => keys[number]));
    }

    private static IEnumerable<int> Items(FoldOrderView view)
    {
        var items = new int[view.Count];
        view.CopyTo(items, 0, view.Count);
        for (var rank = 0; rank < view.Count; rank += 997)
        {
            view[rank].ShouldBe(items[rank]);
        }

        return items;
    }
}
