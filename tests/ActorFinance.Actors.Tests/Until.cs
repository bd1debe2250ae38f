using System.Diagnostics;

namespace ActorFinance.Actors.Tests;

internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Returns as soon as the condition holds.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            waited.Elapsed.ShouldBeLessThan(Patience, "the condition never held");
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}
