namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// First or last money in is first out: a pool with tagged money in it is a queue of pieces that add up to max(B, 0). A pool without is only
/// its balance, so that a company's trail costs what its money touches. Pieces of a payment arrive in the order in which they left.
/// </summary>
internal sealed class QueuedPools(CashPayments payments, TraceMethod method) : ITagPools
{
    private readonly LinkedList<Piece>?[] _queues = new LinkedList<Piece>?[payments.PoolCount];

    public bool Touches(int payer, int payee) => (payer >= 0 && _queues[payer] is not null) || (payee >= 0 && _queues[payee] is not null);

    public Parcel Take(int payment, int payer)
    {
        var wanted = payments.Amount(payment);
        if (_queues[payer] is not { } queue)
        {
            return Parcel.Of(wanted, -1);
        }

        var pieces = new List<Piece>();
        while (wanted > 0 && (method == TraceMethod.Fifo ? queue.First : queue.Last) is { } next)
        {
            var (amount, lot) = next.Value;
            var taken = Int128.Min(amount, wanted);
            wanted -= taken;
            pieces.Add(new(taken, lot));
            if (taken == amount)
            {
                queue.Remove(next);
            }
            else
            {
                next.Value = new(amount - taken, lot);
            }
        }

        ForgetClean(payer, queue);

        // What the pool did not have was borrowed: nobody's tagged money.
        return new(wanted > 0 ? [.. pieces, new(wanted, -1)] : pieces);
    }

    public IEnumerable<Piece> Put(int payment, int payee, Parcel parcel)
    {
        var before = payments.PayeeBefore(payment);
        if (_queues[payee] is not { } queue)
        {
            if (!parcel.Tagged.Any())
            {
                return [];
            }

            _queues[payee] = queue = new();
            Append(queue, new(Int128.Max(0, before), -1));
        }

        var hole = Int128.Max(0, -before);
        var clean = parcel.Pieces.Where(p => p.Lot < 0).Aggregate(Int128.Zero, (sum, piece) => sum + piece.Amount);
        var (byClean, byTagged) = (Int128.Min(hole, clean), Int128.Max(0, hole - clean));
        var absorbed = new List<Piece>();
        foreach (var (amount, lot) in parcel.Pieces)
        {
            ref var owed = ref lot < 0 ? ref byClean : ref byTagged;
            var lost = Int128.Min(amount, owed);
            owed -= lost;
            Append(queue, new(amount - lost, lot));
            if (lot >= 0 && lost > 0)
            {
                absorbed.Add(new(lost, lot));
            }
        }

        ForgetClean(payee, queue);
        return absorbed;
    }

    /// <summary>A piece bears its lot: there is nothing to be made longer.</summary>
    public void Grow(int lots)
    {
    }

    public ITagPools Copy(CashPayments other)
    {
        var copy = new QueuedPools(other, method);
        for (var pool = 0; pool < _queues.Length; pool++)
        {
            copy._queues[pool] = _queues[pool] is { } queue ? new(queue) : null;
        }

        return copy;
    }

    public IEnumerable<Piece> Held() => _queues.SelectMany(pool => pool ?? []).Where(p => p.Lot >= 0);

    private static void Append(LinkedList<Piece> queue, Piece piece)
    {
        if (piece.Amount == 0)
        {
            return;
        }

        if (queue.Last is { } last && last.Value.Lot == piece.Lot)
        {
            last.Value = new(last.Value.Amount + piece.Amount, piece.Lot);
        }
        else
        {
            queue.AddLast(piece);
        }
    }

    private void ForgetClean(int pool, LinkedList<Piece> queue)
    {
        // Like pieces are kept as one, so tagged money is within the first two.
        if (queue.First is not { } first || (first.Value.Lot < 0 && first.Next is null))
        {
            _queues[pool] = null;
        }
    }
}
