namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>
/// The last recorded price of a class, as <see cref="Analysis.Ownership.RecordedPrice"/> defines it: the later of a valuation and the price of an issue.
/// </summary>
internal sealed class PriceBoard(PriceBoard? history)
{
    private readonly Dictionary<(CompanyId Issuer, ShareClassId Class), Mark> _marks = [];

    /// <summary>The price of one share of the class, else of the common one, else of the only one; null while none is recorded.</summary>
    public (decimal Amount, Currency Currency)? Of(CompanyId issuer, ShareClassId? of, Standing standing)
    {
        if ((of ?? DefaultClass(standing)) is not { } share || !standing.Classes.TryGetValue(share, out var its) || Find(issuer, share) is not { } mark)
        {
            return null;
        }

        if (mark.PostMoney is not { } postMoney)
        {
            return mark.Amount is { } amount ? (amount, mark.Currency) : null;
        }

        var outstanding = standing.OutstandingAsConverted();
        return outstanding.Sign == 0 ? null : (Shown(ExactRatio.Of(postMoney) * its.ConversionRatio / outstanding), mark.Currency);
    }

    /// <summary>Takes what an event of the issuer records; <paramref name="standing"/> is the issuer's just after it.</summary>
    public void Take(CompanyId issuer, CompanyEvent fact, Standing standing)
    {
        switch (fact)
        {
            case ValuationRecorded recorded:
                Value(issuer, recorded, standing);
                break;
            case SharesIssued { PricePerShare: { } price } issued:
                _marks[(issuer, issued.Class)] = new(price.Amount, null, price.Currency);
                break;
            case SharesSplit split when Find(issuer, split.Class) is { Amount: { } amount } mark:
                _marks[(issuer, split.Class)] = mark with { Amount = amount * split.Denominator / split.Numerator };
                break;
            default:
                break;
        }
    }

    private void Value(CompanyId issuer, ValuationRecorded recorded, Standing standing)
    {
        var valuation = standing.Valuations[recorded.Valuation];
        foreach (var (share, its) in standing.Classes)
        {
            if (recorded.Class is { } priced && priced != share)
            {
                continue;
            }

            decimal? amount = valuation.Price is { } price ? Shown(recorded.Class is null ? price * its.ConversionRatio : price) : null;
            _marks[(issuer, share)] = new(amount, recorded.PostMoney?.Amount, valuation.Currency);
        }
    }

    private Mark? Find(CompanyId issuer, ShareClassId share) =>
        _marks.TryGetValue((issuer, share), out var mark) ? mark : history?.Find(issuer, share);

    private static ShareClassId? DefaultClass(Standing standing)
    {
        var common = Model.Value.Parse<ShareClassId>("common");
        return standing.Classes.ContainsKey(common) ? common : standing.Classes.Count == 1 ? standing.Classes.Keys.First() : null;
    }

    /// <summary>A price that divides without end, to the digits that expressions count in.</summary>
    private static decimal Shown(ExactRatio price) => price.Round(18) ?? throw new OverflowException("a price per share has more than 28 digits");

    private sealed record Mark(decimal? Amount, decimal? PostMoney, Currency Currency);
}
