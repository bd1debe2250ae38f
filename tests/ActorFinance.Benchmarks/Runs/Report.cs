using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorFinance.Benchmarks.Runs;

/// <summary>One measure's samples, printed as they come and kept as JSON.</summary>
internal sealed class Report(string measure, RunOptions options)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Series> _series = [];
    private readonly List<Comparison> _comparisons = [];
    private readonly Dictionary<string, object> _facts = [];
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly string _loadBefore = Machine.Load();

    /// <summary>A condition of the run: data size, store settings, what was checked.</summary>
    public void Fact(string name, object value)
    {
        _facts[name] = value;
        Console.WriteLine($"  {name}: {value}");
    }

    public void Samples(string name, string unit, IReadOnlyList<double> samples)
    {
        _series.Add(new(name, unit, Median(samples), samples.Min(), samples.Max(), samples));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {Median(samples):#,0.###} {unit} ({samples.Min():#,0.###} to {samples.Max():#,0.###})"));
    }

    /// <summary>Ours against the peer, round by round: what slows the machine down slows both sides of a round.</summary>
    public void Compare(string name, IReadOnlyList<double> ours, IReadOnlyList<double> peer, string target)
    {
        var ratios = ours.Zip(peer, (a, b) => a / b).ToList();
        _comparisons.Add(new(name, Median(ratios), ratios.Min(), ratios.Max(), target, ratios));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {Median(ratios):0.00}x ({ratios.Min():0.00} to {ratios.Max():0.00}), target {target}"));
    }

    public void Finish(RunOptions run)
    {
        Console.WriteLine($"  load: {_loadBefore} before, {Machine.Load()} after");
        if (run.RecordFolder is not { } root)
        {
            return;
        }

        var commit = Machine.Ask("git", "rev-parse", "--short", "HEAD");
        var folder = Path.Combine(root, $"{_started:yyyy-MM-dd}-{commit}");
        Directory.CreateDirectory(folder);
        var content = new
        {
            measure,
            command = $"dotnet run -c Release --project tests/ActorFinance.Benchmarks -- {measure}{(options.Quick ? " --quick" : "")} --rounds {options.Rounds}",
            started = _started,
            commit,
            machine = Machine.Here(),
            loadBefore = _loadBefore,
            loadAfter = Machine.Load(),
            facts = _facts,
            series = _series,
            comparisons = _comparisons,
        };
        File.WriteAllText(Path.Combine(folder, measure + ".json"), JsonSerializer.Serialize(content, Json) + "\n");
    }

    private static double Median(IReadOnlyList<double> samples)
    {
        var sorted = samples.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private sealed record Series(string Name, string Unit, double Median, double Lowest, double Highest, IReadOnlyList<double> Samples);

    private sealed record Comparison(string Name, double Median, double Lowest, double Highest, string Target, IReadOnlyList<double> Samples);
}
