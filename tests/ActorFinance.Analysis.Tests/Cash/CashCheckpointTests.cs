using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Cash;

/// <summary>An index that was saved in the middle of a book and loaded again is the index that went on.</summary>
public sealed class CashCheckpointTests
{
    [Fact]
    public void A_loaded_index_that_takes_the_rest_equals_the_plain_fold_of_the_reference_at_every_cut() =>
        Gen.Select(BookGen.OfUpTo(90), BookGen.Cuts.Array[1, 4], Gen.Double[0, 1])
            .Sample(
                (events, cuts, part) =>
                {
                    var saved = (int)(part * events.Count);
                    var index = Loaded(new CashIndex(events.Take(saved)));
                    index.Places.LastOffset.ShouldBe(saved == 0 ? default : events[saved - 1].Offset);
                    foreach (var recorded in events.Skip(saved))
                    {
                        index.Apply(recorded);
                    }

                    foreach (var cut in cuts)
                    {
                        var answer = index.At(cut);
                        answer.ShouldBe(CashFold.Of(index.Places.Resolve(cut), ReferenceFold.State(events, cut), holder => ReferenceFold.IsCompany(events, holder, cut.AsKnown)));
                        foreach (var balance in answer.Balances)
                        {
                            index.ChangesAt(cut, balance.Company, balance.Currency).ShouldBe(new CashIndex(events).ChangesAt(cut, balance.Company, balance.Currency));
                        }
                    }
                },
                iter: Effort.Samples(1_000));

    [Fact]
    public void What_is_saved_again_after_loading_is_the_same_bytes() =>
        BookGen.Events.Sample(
            events =>
            {
                var index = new CashIndex(events);
                Bytes(Loaded(index)).ShouldBe(Bytes(index));
            },
            iter: Effort.Samples(200));

    [Fact]
    public void A_state_that_is_cut_short_anywhere_is_refused_and_one_with_a_changed_byte_has_another_checksum() =>
        Gen.Select(BookGen.Events, Gen.Double[0, 1], Gen.Int[1, 255])
            .Sample(
                (events, part, change) =>
                {
                    var bytes = Bytes(new CashIndex(events));
                    var place = (int)(part * (bytes.Length - 1));
                    Should.Throw<Exception>(() => Load(new(new MemoryStream(bytes[..place]), place))).ShouldNotBeOfType<OutOfMemoryException>();

                    var reader = new StateReader(new MemoryStream(bytes), bytes.Length);
                    Load(reader);
                    bytes[place] ^= (byte)change;
                    var damaged = new StateReader(new MemoryStream(bytes), bytes.Length);
                    try
                    {
                        Load(damaged);
                    }
                    catch (Exception)
                    {
                        return;
                    }

                    damaged.Checksum.ShouldNotBe(reader.Checksum);
                },
                iter: Effort.Samples(500));

    private static CashIndex Loaded(CashIndex index)
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        Save(index, writer);
        stream.Position = 0;
        var reader = new StateReader(stream, stream.Length);
        var loaded = Load(reader);
        reader.Checksum.ShouldBe(writer.Checksum);
        stream.Position.ShouldBe(stream.Length);
        return loaded;
    }

    private static void Save(CashIndex index, StateWriter writer)
    {
        index.Places.Save(writer);
        index.Save(writer);
    }

    private static CashIndex Load(StateReader reader)
    {
        var places = new EventPlaces();
        places.Load(reader);
        return CashIndex.Load(places, reader);
    }

    private static byte[] Bytes(CashIndex index)
    {
        using var stream = new MemoryStream();
        Save(index, new(stream));
        return stream.ToArray();
    }
}
