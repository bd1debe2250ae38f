using System.Globalization;
using ActorFinance.Pictures.Charts;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Where an axis has its marks and what stands at them: round numbers, and the first days of weeks, months, quarters or years.</summary>
internal static class AxisTicks
{
    /// <summary>Round values (1, 2, 2.5 or 5 times a power of ten) that lie within the limits.</summary>
    public static (double[] At, string[] Labels, string Name) Values(Scale scale, double from, double to, int most)
    {
        var (size, name) = scale.SizeFor(Math.Max(Math.Abs(from), Math.Abs(to)));
        var step = RoundStep((to - from) / size / most);
        var marks = Enumerable.Range(0, most + 2)
            .Select(i => (Math.Ceiling(from / size / step) + i) * step)
            .Where(mark => mark * size <= to + ((to - from) * 1e-9))
            .ToArray();
        var decimals = Enumerable.Range(0, 10).First(digits => digits == 9 || Math.Abs((step * Math.Pow(10, digits)) - Math.Round(step * Math.Pow(10, digits))) < 1e-6);
        return ([.. marks.Select(mark => mark * size)], [.. marks.Select(mark => Text(mark, decimals))], name);
    }

    /// <summary>At most <paramref name="most"/> dates; a single day is a mark of its own.</summary>
    public static (double[] At, string[] Labels) Dates(DateTime from, DateTime to, int most)
    {
        var days = (to - from).TotalDays;
        int[] months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
        if (days / most < 28 && days < 75)
        {
            int[] steps = [1, 2, 5, 7, 14];
            var step = steps.FirstOrDefault(step => days / step < most, 14);
            var marks = Enumerable.Range(0, most + 2).Select(i => from.Date.AddDays((i * step) + (from.TimeOfDay > TimeSpan.Zero ? 1 : 0))).Where(at => at <= to);
            return Labelled(marks, "d MMM yyyy");
        }

        var every = months.FirstOrDefault(months => days / 30.4 / months <= most, 6000);
        var first = new DateTime(from.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        if (every > 12)
        {
            first = new DateTime(Math.Max(1, from.Year / (every / 12) * (every / 12)), 1, 1, 0, 0, 0, DateTimeKind.Utc);
        }

        var dates = new List<DateTime>();
        for (var at = first; at <= to && at.Year < 9900; at = at.AddMonths(every))
        {
            if (at >= from)
            {
                dates.Add(at);
            }
        }

        return Labelled(dates, every >= 12 ? "yyyy" : "MMM yyyy");
    }

    private static (double[] At, string[] Labels) Labelled(IEnumerable<DateTime> marks, string form)
    {
        var all = marks.ToArray();
        return ([.. all.Select(at => at.ToOADate())], [.. all.Select(at => at.ToString(form, CultureInfo.InvariantCulture))]);
    }

    private static double RoundStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(step => step * power >= least * (1 - 1e-9));
    }

    private static string Text(double mark, int decimals)
    {
        var text = mark.ToString($"#,0.{new string('0', Math.Min(decimals, 10))}", CultureInfo.InvariantCulture);
        return text.TrimStart('-').Trim('0', '.').Length == 0 ? "0" : text;
    }
}
