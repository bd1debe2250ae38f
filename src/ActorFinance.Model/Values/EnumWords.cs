using System.Text.Json;

namespace ActorFinance.Model;

/// <summary>What the values of enumerations are called outside the code: in words joined by hyphens, such as <c>reject-shortfall</c>.</summary>
public static class EnumWords
{
    /// <summary>The values by their names, in their order.</summary>
    public static IReadOnlyDictionary<string, T> All<T>()
        where T : struct, Enum => Table<T>.Values;

    /// <exception cref="ArgumentOutOfRangeException">It is none of the enumeration's.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.Names.TryGetValue(value, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(value), value, $"no {typeof(T).Name}");

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);
        public static readonly Dictionary<T, string> Names = Values.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
