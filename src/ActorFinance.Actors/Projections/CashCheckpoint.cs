using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Journal.Contracts;

namespace ActorFinance.Actors.Projections;

/// <summary>What questions about cash are answered from, as bytes: the index's columns, and the promises as the journal stores them.</summary>
public static class CashCheckpoint
{
    public static void Save(CashBook book, StateWriter writer)
    {
        book.Cash.Save(writer);
        writer.Write((long)book.Promises.Events.Count);
        foreach (var (index, recorded) in book.Promises.Events)
        {
            var stored = EventCodec.Encode(recorded.Envelope);
            writer.Write((long)index);
            writer.Write(stored.Manifest);
            writer.Write<byte>(stored.Payload);
        }
    }

    public static CashBook Load(StateReader reader)
    {
        var book = new CashBook(CashIndex.Load(reader));
        for (var left = reader.Count(); left > 0; left--)
        {
            var index = (int)reader.Long();
            var envelope = EventCodec.Decode(reader.Text(), reader.Array<byte>());
            book.Promises.Add(index, new(book.Cash.Places.OffsetOf(index), envelope));
        }

        return book;
    }
}
