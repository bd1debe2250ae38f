using System.Runtime.InteropServices;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// The share events of one issuer in fold order, written by one and read by many: rows of <see cref="ShareColumns"/>. What is published stays as it is:
/// the writer only appends behind it, and works on copies when an event comes late or one is voided.
/// </summary>
internal sealed class IssuerHistory(CompanyId issuer, EventPlaces places)
{
    private readonly List<(int Index, CompanyEvent Fact)> _late = [];
    private readonly List<int> _touched = [];
    private readonly CompactAccounts _accounts = new();
    private readonly Dictionary<Money, int> _priceNumbers = [];
    private Money[] _prices = [];
    private ShareColumns _columns = new(16);
    private int _count;
    private int _published;
    private bool _isFiner;
    private bool _isWide;
    private CompactAccounts? _copied;

    public CompanyId Issuer => issuer;

    /// <summary>Takes the fact of the event at this place.</summary>
    public void Add(int index, CompanyEvent fact)
    {
        if (_count == 0 || places.KeyOf(_columns.Indexes[_count - 1]) < places.KeyOf(index))
        {
            _columns = _columns.WithRoom(_count + 1);
            Write(_columns, _count++, index, fact);
        }
        else
        {
            _late.Add((index, fact));
        }
    }

    /// <summary>Where this event counts has changed, or may have.</summary>
    public void Touch(int index) => _touched.Add(index);

    /// <summary>What readers see from now on.</summary>
    public IssuerSnapshot Publish()
    {
        if (_late.Count > 0)
        {
            Merge();
        }

        if (_touched.Count > 0)
        {
            See();
        }

        if (_isFiner)
        {
            Recompile();
        }

        if (_copied is null || _copied.Count != _accounts.Count || _copied.ClassCount != _accounts.ClassCount)
        {
            _copied = _accounts.Copy();
        }

        _published = _count;
        return new(issuer, places, _columns, _count, _copied, _prices, _isWide);
    }

    /// <summary>What was published last, all of it.</summary>
    public void Save(StateWriter writer, IEventBytes bytes)
    {
        _accounts.Save(writer);
        writer.Write((long)_priceNumbers.Count);
        foreach (var price in _prices.AsSpan(0, _priceNumbers.Count))
        {
            writer.Write<decimal>([price.Amount]);
            writer.Write(price.Currency.Code);
        }

        writer.Write(_isWide ? 1L : 0);
        _columns.Save(_count, writer, bytes);
    }

    /// <summary>Into one that has no event.</summary>
    public void Load(StateReader reader, IEventBytes bytes)
    {
        _accounts.Load(reader);
        for (var left = reader.Count(); left > 0; left--)
        {
            NumberOf(Money.Of(reader.Array<decimal>()[0], Value.Parse<Currency>(reader.Text())));
        }

        _isWide = reader.Long() != 0;
        (_columns, _count) = ShareColumns.Load(places, reader, bytes);
    }

    private void Merge()
    {
        _late.Sort((one, other) => places.KeyOf(one.Index).CompareTo(places.KeyOf(other.Index)));
        var merged = new ShareColumns(_count + _late.Count + (_count / 4));
        var (row, next) = (0, 0);
        for (var at = 0; at < _count + _late.Count; at++)
        {
            if (next < _late.Count && (row == _count || places.KeyOf(_late[next].Index) < places.KeyOf(_columns.Indexes[row])))
            {
                Write(merged, at, _late[next].Index, _late[next].Fact);
                next++;
            }
            else
            {
                merged.CopyRow(at, _columns, row++);
            }
        }

        _columns = merged;
        _count += _late.Count;
        _published = 0;
        _late.Clear();
    }

    private void See()
    {
        foreach (var index in _touched)
        {
            var row = RowOf(places.KeyOf(index));
            if (row < 0 || _columns.Shows(row, places.VisibilityOf(index)))
            {
                continue;
            }

            if (row < _published)
            {
                _columns = _columns.Copy();
                _published = 0;
            }

            _columns.See(row, places.VisibilityOf(index));
        }

        _touched.Clear();
    }

    private void Recompile()
    {
        _columns = _columns.Copy();
        _published = 0;
        while (_isFiner)
        {
            _isFiner = false;
            _isWide = false;
            for (var row = 0; row < _count; row++)
            {
                if (_columns.Facts[row] is { } fact)
                {
                    Compile(_columns, row, fact);
                }
                else if (!_columns.TryRefine(row, _accounts.ScaleOf(_accounts.ClassOf(_columns.Moves[row].From))))
                {
                    Compile(_columns, row, _columns.FactOf(row, _accounts, _prices));
                }
            }
        }

        _copied = null;
    }

    private int RowOf(FoldKey key)
    {
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = places.KeyOf(_columns.Indexes[middle]).CompareTo(key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private void Write(ShareColumns columns, int row, int index, CompanyEvent fact)
    {
        columns.Indexes[row] = index;
        columns.Effective[row] = places.EffectiveAt(index).UtcTicks;
        columns.See(row, places.VisibilityOf(index));
        Compile(columns, row, fact);
    }

    private void Compile(ShareColumns columns, int row, CompanyEvent fact)
    {
        columns.Facts[row] = fact;
        columns.Prices[row] = 0;
        columns.Moves[row] = fact switch
        {
            SharesIssued { FractionHeld: null } e => Move(columns, row, e.Class, null, e.Holder, e.Quantity?.Value ?? 0, e.PricePerShare),
            SharesTransferred e => Move(columns, row, e.Class, e.From, e.To, e.Quantity.Value, null),
            SharesRepurchased e => Move(columns, row, e.Class, e.Holder, null, e.Quantity.Value, null),
            ValuationRecorded { Class: null } e when e.PricePerShare is not null || e.PreMoney is not null || e.PostMoney is not null => ShareMove.Valuation,
            _ => ShareMove.Other,
        };
        if (fact is ShareClassCreated created)
        {
            var shareClass = _accounts.ClassNumber(created.Class);
            _accounts.Account(shareClass, HolderId.Outside);
            _isFiner |= _accounts.Refine(shareClass, ClassRegister.DecimalsOf(created));
        }
    }

    private ShareMove Move(ShareColumns columns, int row, ShareClassId id, HolderId? from, HolderId? to, decimal quantity, Money? price)
    {
        var shareClass = _accounts.ClassNumber(id);
        _isFiner |= _accounts.Refine(shareClass, Numbers.Normalise(quantity).Scale);
        var scale = _accounts.ScaleOf(shareClass);
        var units = CompactAccounts.Units(quantity, scale);
        _isWide |= units is null;
        // Nothing moved may still lack its class, which only the register says.
        if (units is 0)
        {
            return ShareMove.Other;
        }

        if (units is not null)
        {
            columns.Facts[row] = null;
            columns.Scales[row] = (byte)scale;
            columns.Prices[row] = price is { } paid ? NumberOf(paid) + 1 : 0;
        }

        return new(
            units ?? 0,
            from is { } giver ? _accounts.Account(shareClass, giver) : _accounts.Nowhere(shareClass),
            to is { } taker ? _accounts.Account(shareClass, taker) : _accounts.Nowhere(shareClass));
    }

    private int NumberOf(Money price)
    {
        if (!_priceNumbers.TryGetValue(price, out var number))
        {
            _priceNumbers.Add(price, number = _priceNumbers.Count);
            if (number == _prices.Length)
            {
                // A new one: readers keep the old.
                var larger = new Money[Math.Max(4, number * 2)];
                _prices.CopyTo(larger, 0);
                _prices = larger;
            }

            _prices[number] = price;
        }

        return number;
    }
}

/// <summary>Units of a class that go from one account to another, one of which may be the class's <see cref="CompactAccounts.Nowhere"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ShareMove(long Units, int From, int To)
{
    /// <summary>As where it comes from: not a move, the register has to read the event.</summary>
    public const int NotAMove = -1;

    /// <summary>As where it comes from: prices all classes anew, so that only the last one before an event that asks for a price has to be read.</summary>
    public const int ValuationOfAll = -2;

    public static ShareMove Other { get; } = new(0, NotAMove, NotAMove);

    public static ShareMove Valuation { get; } = new(0, ValuationOfAll, NotAMove);
}
