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
        var codes = Enum.GetValues<T>().Select(ToCode).ToArray();
        var defined = new bool[codes.Max() + 1];
        foreach (var code in codes)
        {
            defined[code] = true;
        }

        return defined;
    }
}
