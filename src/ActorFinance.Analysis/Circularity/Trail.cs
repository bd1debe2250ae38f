using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>What became of one company's money, by lot, as it is being followed.</summary>
internal sealed class Trail(CashPayments payments, int lots)
{
    private readonly Int128[] _invested = new Int128[lots];
    private readonly Int128[] _returned = new Int128[lots];
    private readonly Int128[] _returnedOtherwise = new Int128[lots];
    private readonly Int128[] _spentOutside = new Int128[lots];
    private readonly Int128[] _absorbed = new Int128[lots];
    private readonly Int128[] _held = new Int128[lots];
    private readonly List<int> _investments = [];
    private readonly List<(int Payment, Int128 Amount)> _purchases = [];

    /// <summary>The purchases that brought money back, with how much.</summary>
    public IReadOnlyList<(int Payment, Int128 Amount)> Purchases => _purchases;

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

    public void Hold(IEnumerable<Piece> pieces) => Add(_held, pieces);

    public TracedAnswer ToAnswer(TraceMethod method, TagLots tagLots)
    {
        var (invested, parts) = (0m, new decimal[5]);
        for (var lot = 0; lot < lots; lot++)
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
