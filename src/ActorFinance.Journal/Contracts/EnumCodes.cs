using System.Runtime.CompilerServices;

namespace ActorFinance.Journal.Contracts;

/// <summary>Enumerations are stored by their numbers; a number that names nothing is no value.</summary>
internal static class EnumCodes<T>
    where T : struct, Enum
{
    private static readonly bool[] Defined = EnumCodes.Defined(typeof(T));

    public static bool IsDefined(int code) => code >= 0 && code < Defined.Length && Defined[code];

    public static int ToCode(T value) => Unsafe.BitCast<T, int>(value);

    public static T FromCode(int code) => Unsafe.BitCast<int, T>(code);
}

internal static class EnumCodes
{
    /// <summary>Which codes name a value. Not generic: such code over each enumeration is compiled anew at every cold start.</summary>
    public static bool[] Defined(Type enumeration)
    {
        var codes = (int[])Enum.GetValuesAsUnderlyingType(enumeration);
        var highest = 0;
        foreach (var code in codes)
        {
            highest = Math.Max(highest, code);
        }

        var defined = new bool[highest + 1];
        foreach (var code in codes)
        {
            defined[code] = true;
        }

        return defined;
    }
}
