using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Reading;

/// <summary>What <c>cash</c> is answered from: the accounts, and the promises that are still open.</summary>
internal sealed class CashBook
{
    public CashBook() => Promises = new(Cash.Places);

    public CashIndex Cash { get; } = new();

    public PromiseBook Promises { get; }

    public Offset LastOffset => Cash.Places.LastOffset;

    public void Add(ReadOnlySpan<PlacedRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            Cash.Apply(row.Placed);
            if (row.Whole is { } whole)
            {
                Promises.AddLast(whole);
            }
        }
    }
}
