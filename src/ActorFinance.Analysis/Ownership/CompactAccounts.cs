using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Numbers for the classes of an issuer and for its (class, holder) pairs, so that a fold adds to arrays and looks no name up. Filled by the one writer;
/// readers have a copy that no longer changes.
/// </summary>
internal sealed class CompactAccounts
{
    private readonly Dictionary<(int Class, HolderId Holder), int> _accounts;
    private readonly Dictionary<ShareClassId, int> _classes;
    private readonly List<(int Class, HolderId Holder)> _named;
    private readonly List<ShareClassId> _classIds;
    private readonly List<int> _scales;
    private readonly List<int> _nowhere;
    private int[][]? _byClass;
    private int[]? _classOf;

    public CompactAccounts()
        : this([], [], [], [], [], [])
    {
    }

    private CompactAccounts(
        Dictionary<(int Class, HolderId Holder), int> accounts, Dictionary<ShareClassId, int> classes, List<(int Class, HolderId Holder)> named, List<ShareClassId> classIds, List<int> scales, List<int> nowhere)
    {
        (_accounts, _classes, _named, _classIds, _scales, _nowhere) = (accounts, classes, named, classIds, scales, nowhere);
    }

    public int Count => _named.Count;

    public int ClassCount => _classIds.Count;

    public CompactAccounts Copy()
    {
        var copy = new CompactAccounts(new(_accounts), new(_classes), [.. _named], [.. _classIds], [.. _scales], [.. _nowhere]);
        copy._byClass = [.. Enumerable.Range(0, ClassCount).Select(c => Enumerable.Range(0, Count).Where(a => _named[a].Class == c && a != _nowhere[c]).OrderBy(a => _named[a].Holder).ToArray())];
        copy._classOf = [.. _named.Select(n => n.Class)];
        return copy;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((long)ClassCount);
        for (var shareClass = 0; shareClass < ClassCount; shareClass++)
        {
            writer.Write(_classIds[shareClass].Value);
            writer.Write<int>([_scales[shareClass], _nowhere[shareClass]]);
        }

        writer.Write<int>([.. _named.Select(named => named.Class)]);
        foreach (var (_, holder) in _named)
        {
            // The accounts that are nobody's have no name.
            writer.Write(holder.Value ?? "");
        }
    }

    /// <summary>Into accounts that are none.</summary>
    public void Load(StateReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var (id, numbers) = (Value.Parse<ShareClassId>(reader.Text()), reader.Array<int>());
            _classes.Add(id, _classIds.Count);
            _classIds.Add(id);
            _scales.Add(numbers[0]);
            _nowhere.Add(numbers[1]);
        }

        foreach (var shareClass in reader.Array<int>())
        {
            var holder = reader.Text() is { Length: > 0 } name ? Value.Parse<HolderId>(name) : default;
            if (holder != default)
            {
                _accounts.Add((shareClass, holder), _named.Count);
            }

            _named.Add((shareClass, holder));
        }
    }

    public int? Find(int shareClass, HolderId holder) => _accounts.TryGetValue((shareClass, holder), out var account) ? account : null;

    public int? FindClass(ShareClassId id) => _classes.TryGetValue(id, out var number) ? number : null;

    public int Account(int shareClass, HolderId holder)
    {
        if (!_accounts.TryGetValue((shareClass, holder), out var account))
        {
            _accounts.Add((shareClass, holder), account = _named.Count);
            _named.Add((shareClass, holder));
        }

        return account;
    }

    public int ClassNumber(ShareClassId id)
    {
        if (!_classes.TryGetValue(id, out var number))
        {
            _classes.Add(id, number = _classIds.Count);
            _classIds.Add(id);
            _scales.Add(0);
            _nowhere.Add(_named.Count);
            _named.Add((number, default));
        }

        return number;
    }

    /// <summary>True when units of the class must be finer than they were: those written so far are no longer right.</summary>
    public bool Refine(int shareClass, int decimals)
    {
        if (_scales[shareClass] >= decimals)
        {
            return false;
        }

        _scales[shareClass] = decimals;
        return true;
    }

    /// <summary>
    /// The account that new shares of the class come from and cancelled ones go to: what it lacks to <see cref="CompactHoldings.UnitsMax"/> is outstanding.
    /// </summary>
    public int Nowhere(int shareClass) => _nowhere[shareClass];

    public int ScaleOf(int shareClass) => _scales[shareClass];

    public int ClassOf(int account) => _named[account].Class;

    public ShareClassId ClassId(int shareClass) => _classIds[shareClass];

    public HolderId HolderOf(int account) => _named[account].Holder;

    /// <summary>The class of each account. Only of a copy.</summary>
    public int[] Classes => _classOf!;

    /// <summary>By holder id. Only of a copy.</summary>
    public int[] OfClass(int shareClass) => _byClass![shareClass];

    /// <summary>Null when they are not whole units, or too many.</summary>
    public static long? Units(decimal shares, int scale)
    {
        if (shares.Scale > scale)
        {
            shares = Numbers.Normalise(shares);
            if (shares.Scale > scale)
            {
                return null;
            }
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(shares, bits);
        var digits = unchecked(new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
        for (var place = shares.Scale; place < scale; place++)
        {
            digits *= 10;
            if (digits > CompactHoldings.UnitsMax)
            {
                return null;
            }
        }

        return digits > CompactHoldings.UnitsMax ? null : shares < 0 ? -(long)digits : (long)digits;
    }

    public static decimal Shares(long units, int scale)
    {
        var size = (ulong)Math.Abs(units);
        return new(unchecked((int)(uint)size), unchecked((int)(uint)(size >> 32)), 0, units < 0, (byte)scale);
    }
}
