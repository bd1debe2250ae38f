namespace ActorFinance.Model.Tests;

/// <summary>How long random tests search: <c>ACTORFINANCE_TEST_EFFORT=20</c> tries twenty times as many samples.</summary>
internal static class Effort
{
    public static long Samples(long usual) =>
        long.TryParse(Environment.GetEnvironmentVariable("ACTORFINANCE_TEST_EFFORT"), out var factor) ? usual * factor : usual;
}
