using ActorFinance.Analysis.Cash;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>What <c>cash</c> is answered from: the accounts, and the promises that are still open.</summary>
public sealed class CashBook
{
    public CashBook() => Promises = new(Cash.Places);

    public CashIndex Cash { get; } = new();

    public PromiseBook Promises { get; }

    public Offset LastOffset => Cash.Places.LastOffset;

    /// <summary>Takes the next event in offset order.</summary>
    public void Apply(RecordedEvent recorded) => Apply(PlacedEvent.Of(recorded), PromiseBook.Concerns(recorded.Event) ? recorded : null);

    /// <summary>The same where only what <see cref="PromiseBook.Concerns"/> was decoded whole.</summary>
    public void Apply(in PlacedEvent placed, RecordedEvent? promise)
    {
        Cash.Apply(placed);
        if (promise is not null)
        {
            Promises.AddLast(promise);
        }
    }
}
