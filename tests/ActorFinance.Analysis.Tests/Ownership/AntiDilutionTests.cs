using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class AntiDilutionTests
{
    private static readonly ExactRatio A = ExactRatio.Of(120);
    private static readonly ExactRatio Money = ExactRatio.Of(150);
    private static readonly ExactRatio C = ExactRatio.Of(30);

    /// <summary>The example of docs/measures/anti-dilution.md.</summary>
    [Theory]
    [InlineData(AntiDilution.WeightedAverage, 9, 2)]
    [InlineData(AntiDilution.FullRatchet, 5, 20)]
    public void The_example_of_the_page(AntiDilution clause, int price, int onTop)
    {
        var after = AntiDilutionAdjustment.PriceAfter(clause, ExactRatio.Of(10), A, Money, C);
        after.ShouldBe(ExactRatio.Of(price));
        AntiDilutionAdjustment.SharesOnTop(20, ExactRatio.Of(10), after, 0).ShouldBe(onTop);
    }

    /// <summary>At its own price or above, a round changes nothing.</summary>
    [Theory]
    [InlineData(AntiDilution.WeightedAverage, 5)]
    [InlineData(AntiDilution.FullRatchet, 5)]
    [InlineData(AntiDilution.WeightedAverage, 4)]
    [InlineData(AntiDilution.FullRatchet, 4)]
    public void A_round_that_is_not_cheaper_adds_nothing(AntiDilution clause, int paid) =>
        AntiDilutionAdjustment.PriceAfter(clause, ExactRatio.Of(paid), A, Money, C).ShouldBe(ExactRatio.Of(paid));

    /// <summary>However the numbers lie, the weighted average lies between the round's price and the price before: the ratchet gives most.</summary>
    [Fact]
    public void The_weighted_average_is_never_below_the_ratchet()
    {
        for (var paid = 6; paid < 40; paid++)
        {
            for (var outstanding = 1; outstanding < 2_000; outstanding *= 3)
            {
                var average = AntiDilutionAdjustment.PriceAfter(AntiDilution.WeightedAverage, ExactRatio.Of(paid), ExactRatio.Of(outstanding), Money, C);
                (average - ExactRatio.Of(5)).Sign.ShouldBe(1);
                (ExactRatio.Of(paid) - average).Sign.ShouldBe(1);
            }
        }
    }
}
