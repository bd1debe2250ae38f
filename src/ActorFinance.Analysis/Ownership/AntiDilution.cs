using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>How an earlier investor's conversion price follows a round below it.</summary>
public enum AntiDilution
{
    /// <summary>Broad-based: by how much cheaper money there is.</summary>
    WeightedAverage = 1,

    /// <summary>To the new price, however little is sold at it.</summary>
    FullRatchet = 2,
}

/// <summary>
/// What an anti-dilution clause gives a holder when shares are sold below the price at which its own convert (NVCA, Model Certificate of Incorporation,
/// article IV B 4.4.4).
/// <list type="table">
/// <item><term>CP1, CP2</term><description>the conversion price before and after</description></item>
/// <item><term>A</term><description>shares outstanding just before the round, fully diluted and as converted</description></item>
/// <item><term>B</term><description>shares that the round's money would have bought at CP1</description></item>
/// <item><term>C</term><description>shares that it bought</description></item>
/// </list>
/// CP2 = CP1 (A + B) / (A + C); a full ratchet: CP2 = the round's price. Never above CP1.
/// </summary>
public static class AntiDilutionAdjustment
{
    /// <summary>CP2.</summary>
    /// <param name="clause">Which formula.</param>
    /// <param name="before">CP1.</param>
    /// <param name="outstanding">A, above 0.</param>
    /// <param name="money">Of the round, in CP1's currency.</param>
    /// <param name="bought">C, above 0.</param>
    public static ExactRatio PriceAfter(AntiDilution clause, ExactRatio before, ExactRatio outstanding, ExactRatio money, ExactRatio bought)
    {
        var price = money / bought;
        return (price - before).Sign >= 0 ? before
            : clause == AntiDilution.FullRatchet ? price
            : before * (outstanding + (money / before)) / (outstanding + bought);
    }

    /// <summary>The shares that a holder of so many gets on top: shares (CP1 / CP2 - 1), rounded once, half-even, to the class's decimals.</summary>
    public static decimal SharesOnTop(decimal shares, ExactRatio before, ExactRatio after, int decimals) =>
        (ExactRatio.Of(shares) * ((before / after) - ExactRatio.Of(1))).Round(decimals) ?? throw new OverflowException("the shares of an anti-dilution adjustment are more than a decimal holds");
}
