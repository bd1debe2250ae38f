using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>A company's cash in one currency, as the writer of the index keeps it.</summary>
internal sealed class CashAccount(CompanyId company, Currency currency, int number, int owner, BalanceTreeShape shape, Units moved, CashEntries entries)
{
    private Units _moved = moved;

    public Currency Currency => currency;

    public int Number => number;

    /// <summary>The company's number.</summary>
    public int Owner => owner;

    public void Add(in CashEntry entry)
    {
        entries.Add(entry);

        // No balance of it can be further from zero than all that ever moved.
        _moved = _moved.IsTooLarge ? _moved : _moved + entry.Net.Size;
    }

    public AccountView Publish() => new(company, currency, number, entries.Publish(), isSafe: !_moved.IsTooLarge, shape);

    public void Save(StateWriter writer)
    {
        writer.Write<Units>([_moved]);
        entries.Publish().InOrder().Save(writer);
    }
}
