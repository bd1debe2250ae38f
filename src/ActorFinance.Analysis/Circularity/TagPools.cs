namespace ActorFinance.Analysis.Circularity;

/// <summary>Some money of a payment that is of one kind: of a lot of the company that is traced, or (-1) not its money.</summary>
internal readonly record struct Piece(Int128 Amount, int Lot);

/// <summary>A payment's money in the order in which it left; the amounts add up to the payment.</summary>
internal readonly record struct Parcel(IReadOnlyList<Piece> Pieces)
{
    public static Parcel Of(Int128 amount, int lot) => new([new(amount, lot)]);

    public IEnumerable<Piece> Tagged => Pieces.Where(p => p.Lot >= 0);
}

/// <summary>How much of the traced company's money lies in each pool. Payments come in fold order.</summary>
internal interface ITagPools
{
    /// <summary>Whether a payment between these two pools (-1: outside, or of no interest) can move or reorder tagged money.</summary>
    bool Touches(int payer, int payee);

    /// <summary>Takes a payment out of its payer's pool.</summary>
    Parcel Take(int payment, int payer);

    /// <summary>Puts it into its payee's; returns what of the tagged money only filled a hole.</summary>
    IEnumerable<Piece> Put(int payment, int payee, Parcel parcel);

    /// <summary>From now on there are so many lots; the first keep their numbers.</summary>
    void Grow(int lots);

    /// <summary>The same pools, which go on by other payments: the same until now.</summary>
    ITagPools Copy(CashPayments other);

    /// <summary>What is still in the pools.</summary>
    IEnumerable<Piece> Held();
}
