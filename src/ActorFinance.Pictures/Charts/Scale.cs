using System.Globalization;

namespace ActorFinance.Pictures.Charts;

/// <summary>What the numbers of an axis are: amounts of a unit, or ratios shown in per cent. The unit of a bare number is empty.</summary>
public sealed record Scale(string Unit, bool IsRatio)
{
    public static readonly Scale Ratio = new("", IsRatio: true);

    private static readonly (double Size, string Name)[] s_sizes = [(1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")];

    public static Scale Of(string unit) => new(unit, IsRatio: false);

    /// <summary>The number that an axis up to <paramref name="largest"/> is divided by, and what it is called then.</summary>
    public (double Size, string Name) SizeFor(double largest)
    {
        if (IsRatio)
        {
            return (0.01, "%");
        }

        var (size, name) = s_sizes.FirstOrDefault(size => Math.Abs(largest) >= size.Size, (Size: 1d, Name: ""));
        return (size, $"{name} {Unit}".Trim());
    }

    /// <summary><c>-3.25 bn USD</c>, <c>12.5 %</c>.</summary>
    public string Text(double value)
    {
        var (size, name) = SizeFor(value);
        return $"{Number(value / size, IsRatio ? "0.##" : "0.####")} {name}".TrimEnd();
    }

    /// <summary>Three digits at least, no zeros that say nothing, thousands apart.</summary>
    private static string Number(double value, string small)
    {
        var text = value.ToString(Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "#,0.#", >= 1 => "#,0.##", _ => small }, CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
