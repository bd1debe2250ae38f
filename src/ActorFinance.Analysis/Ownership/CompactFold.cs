using System.Runtime.CompilerServices;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// One pass over the events of an issuer that count. What moves shares is two additions; anything else is given to the register as the plain fold gives
/// it. Prices wait: of many valuations and priced issues only the last before an event that asks for it is read.
/// </summary>
internal sealed class CompactFold
{
    private readonly IssuerHistory.Columns _columns;
    private readonly CompactAccounts _accounts;
    private readonly IssuerRegister _register;
    private readonly CompactHoldings?[] _books;
    private readonly int[] _classes;
    private readonly long[] _units;
    private readonly long[] _outstanding;
    private readonly long[] _outstandingAtValuation;
    private readonly int[] _priced;
    private int _valuation = -1;
    private bool _isPriced;
    private bool _isTooWide;

    public CompactFold(CompanyId issuer, IssuerHistory.Columns columns, CompactAccounts accounts, Func<IReadOnlyList<RecordedEvent>> allEvents)
    {
        _columns = columns;
        _accounts = accounts;
        _register = new(issuer, Open, allEvents);
        _books = new CompactHoldings?[accounts.ClassCount];
        _classes = accounts.Classes;
        _units = new long[accounts.Count];
        _outstanding = new long[accounts.ClassCount];
        _outstandingAtValuation = new long[accounts.ClassCount];
        _priced = new int[accounts.ClassCount];
        Array.Fill(_priced, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(int row, in ShareMove move)
    {
        if (move.From < ShareMove.Nowhere)
        {
            Other(row, move.From == ShareMove.ValuationOfAll);
            return;
        }

        var shareClass = _classes[move.From >= 0 ? move.From : move.To];
        if (_books[shareClass] is null)
        {
            Other(row, isValuation: false);
            return;
        }

        if (move.From >= 0 && move.To >= 0 && _units[move.From] >= move.Units)
        {
            _units[move.From] -= move.Units;
            _units[move.To] += move.Units;
            return;
        }

        Move(row, shareClass, in move);
    }

    /// <summary>Null when something did not fit: the plain fold has to be asked.</summary>
    public IssuerRegister? Finish()
    {
        Price();
        return _isTooWide || Array.Exists(_books, b => b is { TooWide: true }) ? null : _register;
    }

    private void Move(int row, int shareClass, in ShareMove move)
    {
        var units = _units;
        var moved = move.Units;
        if (move.From >= 0)
        {
            ref var held = ref units[move.From];
            if (held < moved)
            {
                moved = Short(row, shareClass, in move, held);
            }

            held -= moved;
        }
        else
        {
            _outstanding[shareClass] += moved;
            // No account has more than is outstanding.
            _isTooWide |= _outstanding[shareClass] > CompactHoldings.UnitsMax;
            if (_isTooWide)
            {
                _outstanding[shareClass] = 0;
                return;
            }
        }

        if (move.To >= 0)
        {
            units[move.To] += moved;
        }
        else
        {
            _outstanding[shareClass] -= moved;
        }

        if (_columns.IsPriced[row])
        {
            _priced[shareClass] = row;
            _isPriced = true;
        }
    }

    private long Short(int row, int shareClass, in ShareMove move, long held)
    {
        var scale = _accounts.ScaleOf(shareClass);
        _register.Short(
            _columns.Events[row], _accounts.HolderOf(move.From), _accounts.ClassId(shareClass), CompactAccounts.Shares(held, scale), CompactAccounts.Shares(move.Units, scale));
        return held;
    }

    private void Other(int row, bool isValuation)
    {
        if (isValuation)
        {
            // It prices every class, so no price before it is asked for any more; its own may depend on what is outstanding now.
            _valuation = row;
            _outstanding.CopyTo(_outstandingAtValuation, 0);
            Array.Fill(_priced, -1);
            return;
        }

        Price();
        _register.Apply(_columns.Events[row]);
    }

    private CompactHoldings Open(ShareClassId id)
    {
        var shareClass = _accounts.FindClass(id)!.Value;
        return _books[shareClass] = new(_accounts, shareClass, _units, _outstanding);
    }

    private void Price()
    {
        if (_valuation >= 0)
        {
            var now = _outstanding.ToArray();
            _outstandingAtValuation.CopyTo(_outstanding, 0);
            _register.Apply(_columns.Events[_valuation]);
            now.CopyTo(_outstanding, 0);
            _valuation = -1;
        }

        for (var shareClass = 0; _isPriced && shareClass < _priced.Length; shareClass++)
        {
            if (_priced[shareClass] >= 0)
            {
                var recorded = _columns.Events[_priced[shareClass]];
                _register.Class(_accounts.ClassId(shareClass))!.LastPrice = RecordedPrice.OfIssue(((SharesIssued)recorded.Event).PricePerShare!.Value, recorded);
                _priced[shareClass] = -1;
            }
        }

        _isPriced = false;
    }
}
