using System.Diagnostics;

namespace ActorFinance.Testing;

/// <summary>Waits for what will be so, not for a time.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within two minutes.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Patience)
            {
                throw new TimeoutException("the condition never held");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}
