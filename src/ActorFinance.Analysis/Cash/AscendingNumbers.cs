namespace ActorFinance.Analysis.Cash;

/// <summary>
/// Ascending numbers among which places are looked for. One of so many stands apart from the rest: all of them in one search, nearly each of its steps
/// waits for memory.
/// </summary>
/// <param name="numbers">Taken over.</param>
internal sealed class AscendingNumbers(long[] numbers)
{
    private const int Step = 128;

    private readonly long[] _steps = StepsOf(numbers);

    /// <summary>How many are not above the value.</summary>
    public int CountUpTo(long value)
    {
        var step = CountUpTo(_steps, value);
        var start = (step - 1) * Step;
        return step == 0 ? 0 : start + CountUpTo(numbers.AsSpan(start, Math.Min(Step, numbers.Length - start)), value);
    }

    private static int CountUpTo(ReadOnlySpan<long> ascending, long value)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static long[] StepsOf(long[] numbers)
    {
        var steps = new long[(numbers.Length + Step - 1) / Step];
        for (var step = 0; step < steps.Length; step++)
        {
            steps[step] = numbers[step * Step];
        }

        return steps;
    }
}
