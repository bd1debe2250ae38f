using System.Runtime.CompilerServices;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// One pass over the events of an issuer that count. What moves shares is two additions; anything else is given to the register as the plain fold gives
/// it. Prices wait: of many valuations and priced issues only the last before an event that asks for it is read.
/// </summary>
internal sealed class CompactFold
{
    private readonly Func<int, ShareFact> _factOf;
    private readonly CompactAccounts _accounts;
    private readonly IssuerRegister _register;
    private readonly CompactHoldings?[] _books;
    private readonly int[] _classes;
    private readonly long[] _units;
    private readonly long[] _nowhereAtValuation;
    private readonly int[] _priced;
    private int _valuation = -1;
    private bool _isPriced;
    private bool _isTooWide;

    public CompactFold(CompanyId issuer, CompactAccounts accounts, Func<int, ShareFact> factOf, Func<IReadOnlyList<ShareFact>> allEvents)
    {
        _factOf = factOf;
        _accounts = accounts;
        _register = new(issuer, Open, allEvents);
        _books = new CompactHoldings?[accounts.ClassCount];
        _classes = accounts.Classes;
        _units = new long[accounts.Count];
        _nowhereAtValuation = new long[accounts.ClassCount];
        _priced = new int[accounts.ClassCount];
        Array.Fill(_priced, -1);
        for (var shareClass = 0; shareClass < _priced.Length; shareClass++)
        {
            // A class that does not exist yet has nothing to issue: its moves fail, and are looked at.
            _units[accounts.Nowhere(shareClass)] = -1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(int row, in ShareMove move, bool isPriced)
    {
        // One question answers nearly all rows, so that the processor seldom guesses wrongly: that was most of the time.
        if (move.From >= 0 && _units[move.From] >= move.Units)
        {
            _units[move.From] -= move.Units;
            _units[move.To] += move.Units;
            if (isPriced)
            {
                Priced(row, _classes[move.To]);
            }
        }
        else
        {
            Seldom(row, in move);
        }
    }

    /// <summary>Null when something did not fit: the plain fold has to be asked.</summary>
    public IssuerRegister? Finish()
    {
        Price();
        return _isTooWide || Array.Exists(_books, b => b is { TooWide: true }) ? null : _register;
    }

    private void Priced(int row, int shareClass)
    {
        _priced[shareClass] = row;
        _isPriced = true;
    }

    private void Seldom(int row, in ShareMove move)
    {
        if (move.From < 0 || _books[_classes[move.From]] is null)
        {
            Other(row, move.From == ShareMove.ValuationOfAll);
            return;
        }

        var shareClass = _classes[move.From];
        if (move.From == _accounts.Nowhere(shareClass))
        {
            _isTooWide = true;
            return;
        }

        var scale = _accounts.ScaleOf(shareClass);
        var held = _units[move.From];
        _register.Short(_factOf(row), _accounts.HolderOf(move.From), _accounts.ClassId(shareClass), CompactAccounts.Shares(held, scale), CompactAccounts.Shares(move.Units, scale));
        _units[move.From] = 0;
        _units[move.To] += held;
    }

    private void Other(int row, bool isValuation)
    {
        if (isValuation)
        {
            // It prices every class, so no price before it is asked for any more; its own may depend on what is outstanding now.
            _valuation = row;
            for (var shareClass = 0; shareClass < _nowhereAtValuation.Length; shareClass++)
            {
                _nowhereAtValuation[shareClass] = _units[_accounts.Nowhere(shareClass)];
            }

            Array.Fill(_priced, -1);
            return;
        }

        Price();
        _register.Apply(_factOf(row));
    }

    private CompactHoldings Open(ShareClassId id)
    {
        var shareClass = _accounts.FindClass(id)!.Value;
        _units[_accounts.Nowhere(shareClass)] = CompactHoldings.UnitsMax;
        return _books[shareClass] = new(_accounts, shareClass, _units);
    }

    /// <summary>What is outstanding now for what was at the valuation, and back.</summary>
    private void Swap()
    {
        for (var shareClass = 0; shareClass < _nowhereAtValuation.Length; shareClass++)
        {
            ref var now = ref _units[_accounts.Nowhere(shareClass)];
            (now, _nowhereAtValuation[shareClass]) = (_nowhereAtValuation[shareClass], now);
        }
    }

    private void Price()
    {
        if (_valuation >= 0)
        {
            Swap();
            _register.Apply(_factOf(_valuation));
            Swap();
            _valuation = -1;
        }

        for (var shareClass = 0; _isPriced && shareClass < _priced.Length; shareClass++)
        {
            if (_priced[shareClass] >= 0)
            {
                var priced = _factOf(_priced[shareClass]);
                _register.Class(_accounts.ClassId(shareClass))!.LastPrice = RecordedPrice.OfIssue(((SharesIssued)priced.Event).PricePerShare!.Value, priced.Reference);
                _priced[shareClass] = -1;
            }
        }

        _isPriced = false;
    }
}
