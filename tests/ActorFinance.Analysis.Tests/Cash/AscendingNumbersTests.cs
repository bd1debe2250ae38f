using ActorFinance.Analysis.Cash;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Cash;

public sealed class AscendingNumbersTests
{
    [Fact]
    public void As_many_are_counted_as_are_not_above_the_value_also_where_many_are_equal() =>
        Gen.Select(Gen.Long[0, 300].Array[0, 700], Gen.Long[-1, 301])
            .Sample(
                (numbers, value) =>
                {
                    Array.Sort(numbers);
                    return new AscendingNumbers(numbers).CountUpTo(value) == numbers.Count(number => number <= value);
                },
                iter: Effort.Samples(500));
}
