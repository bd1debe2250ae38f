namespace ActorFinance.Scenarios.Sampling;

/// <summary>
/// Random numbers without a state: each is a function of (seed, run, parameter) alone, so that any worker can draw any run, in any order, again and again.
/// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
/// </summary>
internal static class CounterStream
{
    private const int Rounds = 10;

    /// <summary>In (0, 1): the middle of one of 2^53 equal parts, so neither 0 nor 1, where quantiles may be infinite.</summary>
    public static double Uniform(long seed, int run, int parameter)
    {
        var (x0, x1, _, _) = unchecked(Block((uint)run, (uint)parameter, 0, 0, (uint)seed, (uint)((ulong)seed >> 32)));
        return (((((ulong)x0 << 32) | x1) >> 11) + 0.5) / (1UL << 53);
    }

    /// <summary>Four numbers of 32 bits for a counter of four and a key of two.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        unchecked
        {
            for (var round = 0; round < Rounds; round++)
            {
                var (p0, p1) = (0xD2511F53UL * c0, 0xCD9E8D57UL * c2);
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
                (k0, k1) = (k0 + 0x9E3779B9, k1 + 0xBB67AE85);
            }
        }

        return (c0, c1, c2, c3);
    }
}
