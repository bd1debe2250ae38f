using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Scenarios.Branches;

/// <summary>An anti-dilution clause of a <c>set-valuation</c>: whose shares it protects, and how. Without holders: everyone's that were bought at a price.</summary>
public sealed record Protection(AntiDilution Clause, ValueList<HolderId> Holders);

/// <summary>
/// The lots that a clause protects while an issuer's events are gone through, and the shares that it adds when a round is cheaper than they were. Prices and
/// counts are of common shares, as converted.
/// </summary>
internal sealed class ProtectedLots(Protection protection)
{
    private readonly List<Lot> _lots = [];

    /// <summary>Shares bought at a price are a lot of their own.</summary>
    public void Bought(SharesIssued issued, ExactRatio price)
    {
        if (issued.Quantity is { } quantity && (protection.Holders.Count == 0 || protection.Holders.Contains(issued.Holder)))
        {
            _lots.Add(new(issued.Holder, issued.Class, quantity.Value, price));
        }
    }

    /// <summary>The shares that a round adds, one event a lot that it hurts; <paramref name="before"/> is the register just before the round.</summary>
    public IReadOnlyList<SharesIssued> After(IssuerRegister before, Money money, ExactRatio bought)
    {
        var outstanding = ExactRatio.Of(OwnershipTable.Of(before, OwnershipBasis.FullyDiluted).Outstanding);
        var added = new List<SharesIssued>();
        for (var i = 0; i < _lots.Count; i++)
        {
            var lot = _lots[i];
            var price = AntiDilutionAdjustment.PriceAfter(protection.Clause, lot.Price, outstanding, ExactRatio.Of(money.Amount), bought);
            var onTop = AntiDilutionAdjustment.SharesOnTop(lot.Shares, lot.Price, price, before.Class(lot.Class)!.Decimals);
            _lots[i] = lot with { Shares = lot.Shares + onTop, Price = price };
            if (onTop > 0)
            {
                added.Add(new(lot.Holder, lot.Class, ShareQuantity.Of(onTop), FractionHeld: null, Consideration.Contract, Payer: null, Amount: null, PricePerShare: null, Valuation: null, Draws: null));
            }
        }

        return added;
    }

    private sealed record Lot(HolderId Holder, ShareClassId Class, decimal Shares, ExactRatio Price);
}
