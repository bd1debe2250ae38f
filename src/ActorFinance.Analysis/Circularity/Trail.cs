using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>What became of one company's money, by lot, as it is being followed.</summary>
internal sealed class Trail(CashPayments payments)
{
    private readonly List<int> _investments = [];
    private readonly List<(int Payment, Int128 Amount)> _purchases = [];
    private Int128[] _invested = [];
    private Int128[] _returned = [];
    private Int128[] _returnedOtherwise = [];
    private Int128[] _spentOutside = [];
    private Int128[] _absorbed = [];
    private Int128[] _held = [];

    /// <summary>The purchases that brought money back, with how much.</summary>
    public IReadOnlyList<(int Payment, Int128 Amount)> Purchases => _purchases;

    /// <summary>From now on there are so many lots.</summary>
    public void Grow(int lots)
    {
        Array.Resize(ref _invested, lots);
        Array.Resize(ref _returned, lots);
        Array.Resize(ref _returnedOtherwise, lots);
        Array.Resize(ref _spentOutside, lots);
        Array.Resize(ref _absorbed, lots);
        Array.Resize(ref _held, lots);
    }

    public void Invest(int payment, int lot)
    {
        _invested[lot] += payments.Amount(payment);
        _investments.Add(payment);
    }

    public void Return(int payment, Parcel parcel)
    {
        var isPurchase = payments.Flow(payment).Movement.Kind == Timeline.FlowKind.Purchase;
        Add(isPurchase ? _returned : _returnedOtherwise, parcel.Tagged);
        var amount = RoundTrip.Sum(parcel.Tagged.Select(p => p.Amount));
        if (isPurchase && amount > 0)
        {
            _purchases.Add((payment, amount));
        }
    }

    public void SpendOutside(Parcel parcel) => Add(_spentOutside, parcel.Tagged);

    public void Absorb(IEnumerable<Piece> pieces) => Add(_absorbed, pieces);

    /// <summary>As it stands now, with what is still held; it does not change any more when this one goes on.</summary>
    public Trail With(IEnumerable<Piece> held)
    {
        var trail = Copy(payments);
        Add(trail._held, held);
        return trail;
    }

    /// <summary>As it stands now, to go on by other payments: the same until now.</summary>
    public Trail Copy(CashPayments other)
    {
        var trail = new Trail(other)
        {
            _invested = [.. _invested],
            _returned = [.. _returned],
            _returnedOtherwise = [.. _returnedOtherwise],
            _spentOutside = [.. _spentOutside],
            _absorbed = [.. _absorbed],
            _held = new Int128[_held.Length],
        };
        trail._investments.AddRange(_investments);
        trail._purchases.AddRange(_purchases);
        return trail;
    }

    public TracedAnswer ToAnswer(TraceMethod method, TagLots tagLots)
    {
        var (invested, parts) = (0m, new decimal[5]);
        for (var lot = 0; lot < _invested.Length; lot++)
        {
            var converted = tagLots.Convert(lot, [_returned[lot], _returnedOtherwise[lot], _spentOutside[lot], _absorbed[lot], _held[lot]]);
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = Numbers.Normalise(parts[i] + converted[i]);
                invested += converted[i];
            }
        }

        return new(
            method,
            Numbers.Normalise(invested),
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            parts[4],
            invested == 0 ? null : parts[0] == invested ? 1 : (double)(parts[0] / invested),
            _purchases.Select(p => new TracedPurchase(
                payments.Flow(p.Payment).Event,
                Money.Total(CashPayments.AmountOf(p.Amount), payments.Flow(p.Payment).Movement.Amount.Currency))).ToValueList(),
            _investments.Select(i => payments.Flow(i).Event).ToValueList());
    }

    private static void Add(Int128[] sums, IEnumerable<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            sums[piece.Lot] += piece.Amount;
        }
    }
}
