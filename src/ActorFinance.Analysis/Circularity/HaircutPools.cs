using System.Numerics;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// A payment of m takes t min(1, m/B) of the tagged money along, rounded half-even to one unit; where lots of different rates are mixed,
/// each gives in proportion (largest remainder, the earlier lot first of equals).
/// </summary>
internal sealed class HaircutPools(CashPayments payments) : ITagPools
{
    private readonly Int128[]?[] _tags = new Int128[]?[payments.PoolCount];
    private int _lots;

    public bool Touches(int payer, int payee) => payer >= 0 && _tags[payer] is not null;

    public Parcel Take(int payment, int payer)
    {
        var (tags, amount, before) = (_tags[payer]!, payments.Amount(payment), payments.PayerBefore(payment));
        var total = Total(tags);
        var taken = amount >= before ? total : Part(total, amount, before);
        return new([.. TakeOff(payer, tags, total, taken), new(amount - taken, -1)]);
    }

    public IEnumerable<Piece> Put(int payment, int payee, Parcel parcel)
    {
        var tags = _tags[payee] ?? new Int128[_lots];
        foreach (var piece in parcel.Tagged)
        {
            tags[piece.Lot] += piece.Amount;
        }

        var total = Total(tags);
        if (total == 0)
        {
            return [];
        }

        _tags[payee] = tags;
        var room = Int128.Max(0, payments.PayeeBefore(payment) + payments.Amount(payment));
        return total > room ? TakeOff(payee, tags, total, total - room) : [];
    }

    public void Grow(int lots)
    {
        _lots = lots;
        for (var pool = 0; pool < _tags.Length; pool++)
        {
            if (_tags[pool] is { } tags && tags.Length < lots)
            {
                Array.Resize(ref _tags[pool], lots);
            }
        }
    }

    public ITagPools Copy(CashPayments other)
    {
        var copy = new HaircutPools(other) { _lots = _lots };
        for (var pool = 0; pool < _tags.Length; pool++)
        {
            copy._tags[pool] = (Int128[]?)_tags[pool]?.Clone();
        }

        return copy;
    }

    public IEnumerable<Piece> Held() => _tags.SelectMany(pool => (pool ?? []).Select((amount, lot) => new Piece(amount, lot)));

    private List<Piece> TakeOff(int pool, Int128[] tags, Int128 total, Int128 taken)
    {
        var pieces = new List<Piece>(tags.Length);
        var parts = tags.Length == 1 ? [taken] : InProportion(tags, total, taken);
        for (var lot = 0; lot < tags.Length; lot++)
        {
            tags[lot] -= parts[lot];
            pieces.Add(new(parts[lot], lot));
        }

        if (taken == total)
        {
            _tags[pool] = null;
        }

        return pieces;
    }

    private static Int128 Total(Int128[] tags)
    {
        var total = Int128.Zero;
        foreach (var tag in tags)
        {
            total += tag;
        }

        return total;
    }

    /// <summary>total x amount / whole, half-even. Below 2^126 without numbers of any length, which cost ten times as much.</summary>
    private static Int128 Part(Int128 total, Int128 amount, Int128 whole)
    {
        if (BitsOf(total) + BitsOf(amount) < 126)
        {
            var (quotient, rest) = Int128.DivRem(total * amount, whole);
            var half = (2 * rest).CompareTo(whole);
            return half > 0 || (half == 0 && Int128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
        }

        var parts = BigInteger.DivRem((BigInteger)total * (BigInteger)amount, (BigInteger)whole, out var left);
        var middle = (2 * left).CompareTo((BigInteger)whole);
        return (Int128)(middle > 0 || (middle == 0 && !parts.IsEven) ? parts + 1 : parts);
    }

    private static int BitsOf(Int128 value) => 128 - (int)Int128.LeadingZeroCount(value);

    private static Int128[] InProportion(Int128[] weights, Int128 total, Int128 whole)
    {
        var parts = new Int128[weights.Length];
        var rests = new BigInteger[weights.Length];
        var left = whole;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (Int128)BigInteger.DivRem((BigInteger)whole * (BigInteger)weights[i], (BigInteger)total, out rests[i]);
            left -= parts[i];
        }

        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => rests[i]).ThenBy(i => i).Take((int)left))
        {
            parts[i]++;
        }

        return parts;
    }
}
