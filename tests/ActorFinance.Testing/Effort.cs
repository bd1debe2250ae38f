using System.Globalization;
using System.Runtime.CompilerServices;
using CsCheck;

namespace ActorFinance.Testing;

/// <summary>How hard properties are tried. This file is a part of every test project; see docs/testing.md.</summary>
internal static class Effort
{
    /// <summary>A whole number: how many times as many cases as usual. Read here and nowhere else.</summary>
    private const string Variable = "ACTORFINANCE_TEST_EFFORT";

    private const int UsualCases = 100;

    private static readonly long Factor = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>So many random cases, or that times the effort that was asked for.</summary>
    public static long Samples(long usual) => usual * Factor;

#pragma warning disable CA2255 // Tests have no other place to start in.
    /// <summary>Also where a property does not say how many.</summary>
    [ModuleInitializer]
    internal static void SetUsual() => Check.Iter = Samples(UsualCases);
#pragma warning restore CA2255

    private static long Read(string? text) =>
        string.IsNullOrEmpty(text) ? 1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor
        : throw new InvalidOperationException($"{Variable} '{text}' must be a whole number above 0");
}
