using ActorFinance.Analysis.Cash;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>What <c>cash</c> is answered from: the accounts, and the promises that are still open. One writer; others ask what it published.</summary>
public sealed class CashBook
{
    public CashBook()
        : this(new CashIndex())
    {
    }

    /// <summary>On an index that has its events already; its promises are to be added.</summary>
    public CashBook(CashIndex cash) => (Cash, Promises) = (cash, new(cash.Places));

    public CashIndex Cash { get; }

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

    /// <summary>For any thread: what was taken by now.</summary>
    public CashView Publish() => new(Cash.Publish(), Promises.Publish());
}

/// <summary>The book at one moment of its writer's: for any number of threads, and never changing.</summary>
public sealed record CashView(CashSnapshot Cash, PromiseView Promises)
{
    public Offset LastOffset => Cash.LastOffset;
}
