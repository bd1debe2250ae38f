using System.Collections.Concurrent;

namespace ActorFinance.Journal.Reading;

/// <summary>
/// Rows of batches, used again by the next one. Not the framework's pool, whose code over our own structs every cold start would compile. Safe for concurrent use.
/// </summary>
internal static class SpareRows<T>
    where T : struct
{
    private const int Max = 8;

    private static readonly ConcurrentQueue<T[]> s_spares = new();

    /// <param name="count">At least so many are needed now.</param>
    /// <param name="usual">So many are made where no spare has them.</param>
    public static T[] Rent(int count, int usual) => s_spares.TryDequeue(out var spare) && spare.Length >= count ? spare : new T[usual];

    /// <summary>Cleared, so that a spare does not keep alive what was in it.</summary>
    /// <param name="rows">Nobody uses them any more.</param>
    /// <param name="used">The first so many may hold something.</param>
    public static void Return(T[] rows, int used)
    {
        Array.Clear(rows, 0, used);
        if (s_spares.Count < Max)
            s_spares.Enqueue(rows);
    }
}
