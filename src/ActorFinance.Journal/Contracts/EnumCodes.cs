using System.Runtime.CompilerServices;

namespace ActorFinance.Journal.Contracts;

/// <summary>Enumerations are stored by their numbers; a number that names nothing is no value.</summary>
internal static class EnumCodes<T>
    where T : struct, Enum
{
    private static readonly bool[] Defined = Table();

    public static bool IsDefined(int code) => code >= 0 && code < Defined.Length && Defined[code];

    public static int ToCode(T value) => Unsafe.BitCast<T, int>(value);

    public static T FromCode(int code) => Unsafe.BitCast<int, T>(code);

    private static bool[] Table()
    {
        // Plain loops: each query operator over each enumeration is compiled anew at every cold start, 2 ms an enumeration.
        var values = Enum.GetValues<T>();
        var highest = 0;
        foreach (var value in values)
        {
            highest = Math.Max(highest, ToCode(value));
        }

        var defined = new bool[highest + 1];
        foreach (var value in values)
        {
            defined[ToCode(value)] = true;
        }

        return defined;
    }
}
