using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>What <c>samples</c> of a scenario says: how its parameters may turn out together, and how often to try unless told otherwise.</summary>
public sealed record SampleSettings(int? Runs, long? Seed, IReadOnlyList<SampledTerm> Terms, IReadOnlyList<RankCorrelation> Correlations)
{
    public const int RunsMax = 1_000_000;

    /// <summary>Parameters with drawn numbers in place of their own, in the order of the terms.</summary>
    public ParameterValues Values(ParameterValues parameters, IReadOnlyList<decimal> draws)
    {
        for (var i = 0; i < draws.Count; i++)
        {
            parameters = Value(parameters, i, draws[i]);
        }

        return parameters;
    }

    /// <summary>Parameters with one drawn number in place of its own.</summary>
    public ParameterValues Value(ParameterValues parameters, int term, decimal draw) =>
        parameters.With(Terms[term].Scale.Parameter.Name, Terms[term].Scale.Value(draw));

    /// <summary>The plan of a seed. The correlations were checked when they were read.</summary>
    public SamplePlan Plan(long seed) =>
        SamplePlan.Of([.. Terms.Select(term => new SampledParameter(term.Scale.Parameter.Name, term.Distribution))], Correlations, seed)
        ?? throw new InvalidOperationException("correlations that were read can hold together");
}

/// <summary>A parameter, its unit and its distribution.</summary>
public sealed record SampledTerm(ParameterScale Scale, Distribution Distribution);

/// <summary>What reading <c>samples</c> gave.</summary>
public abstract record SampleResult
{
    private SampleResult()
    {
    }

    public sealed record Accepted(SampleSettings Settings) : SampleResult;

    /// <summary>The scenario has no <c>samples</c>.</summary>
    public sealed record Absent : SampleResult;

    /// <summary>All problems, in the order of the file.</summary>
    public sealed record Rejected(IReadOnlyList<InputProblem> Problems) : SampleResult;
}

/// <summary>
/// Reads <c>samples</c> of a scenario with agreements: <c>runs</c>, <c>seed</c>, <c>parameters</c> (a distribution each), and <c>correlations</c>, Spearman's,
/// between pairs of them.
/// </summary>
public static class SampleFile
{
    public static readonly IReadOnlyList<string> Fields = ["runs", "seed", "parameters", "correlations"];

    public static readonly IReadOnlyList<string> CorrelationFields = ["between", "rank"];

    /// <summary>Bad input is a value, never an exception.</summary>
    /// <param name="name">Of the file, for messages.</param>
    /// <param name="content">Of the file.</param>
    /// <param name="parameters">Of its scenario.</param>
    /// <param name="folder">Where files stand whose columns may be drawn from; null: nowhere, as for what somebody sends.</param>
    public static SampleResult Parse(string name, ReadOnlySpan<byte> content, IReadOnlyList<ModelParameter> parameters, string? folder)
    {
        var problems = new List<InputProblem>();
        if (SourceText.Decode(name, content, problems) is not { } source || YamlTree.Parse(source, problems) is not { } tree)
        {
            return new SampleResult.Rejected(problems);
        }

        if (tree.Root.Find("samples") is not { } samples)
        {
            return new SampleResult.Absent();
        }

        var settings = new Reading(source, parameters, folder, problems).Read(samples.Value);
        return problems.Count > 0 || settings is null
            ? new SampleResult.Rejected([.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column ?? 0)])
            : new SampleResult.Accepted(settings);
    }

    private sealed class Reading(SourceText source, IReadOnlyList<ModelParameter> parameters, string? folder, List<InputProblem> problems)
    {
        private readonly ShapeCheck _check = new(source.File, isTyped: false, problems);

        public SampleSettings? Read(Node samples)
        {
            if (!_check.IsMapping(samples, "samples"))
            {
                return null;
            }

            _check.OnlyFields(samples, "samples", "samples", Fields);
            var runs = Whole(samples, "runs", 1, SampleSettings.RunsMax);
            var seed = Whole(samples, "seed", long.MinValue, long.MaxValue);
            var terms = Terms(samples);
            return new((int?)runs, seed, terms, Correlations(samples, terms));
        }

        private List<SampledTerm> Terms(Node samples)
        {
            var terms = new List<SampledTerm>();
            if (samples.Find("parameters")?.Value is not { Kind: NodeKind.Mapping, Members.Count: > 0 } all)
            {
                _check.Refuse(samples.Find("parameters")?.Place ?? samples.Place, "samples.parameters", samples.Find("parameters")?.Value.Text, "a mapping of parameters to distributions, at least one");
                return terms;
            }

            var reader = new DistributionReader(_check, source, folder, problems);
            foreach (var member in all.Members)
            {
                var path = $"samples.parameters.{member.Name}";
                if (parameters.FirstOrDefault(parameter => parameter.Name == member.Name) is not { } parameter)
                {
                    var names = parameters.Select(one => one.Name).ToList();
                    _check.Refuse(member.Place, path, member.Name, $"one of the scenario's parameters: {string.Join(", ", names)}{Spelling.Hint(member.Name, names)}");
                }
                else if (parameter.IsPath)
                {
                    _check.Refuse(member.Place, path, member.Name, "a parameter of one value; this one has a path");
                }
                else if (reader.Read(member.Value, path, parameter) is { } term)
                {
                    terms.Add(term);
                }
            }

            return terms;
        }

        private List<RankCorrelation> Correlations(Node samples, List<SampledTerm> terms)
        {
            var read = new List<RankCorrelation>();
            if (samples.Find("correlations") is not { Value.Kind: not NodeKind.Null } list)
            {
                return read;
            }

            if (list.Value.Kind != NodeKind.List)
            {
                _check.Refuse(list.Value.Place, "samples.correlations", list.Value.Text, "a list of {between: [one, another], rank: 0.5}");
                return read;
            }

            for (var i = 0; i < list.Value.Items.Count; i++)
            {
                if (Correlation(list.Value.Items[i], $"samples.correlations[{i}]", terms, read) is { } correlation)
                {
                    read.Add(correlation);
                }
            }

            if (problems.Count == 0 && read.Count > 0 && GaussianCopula.Of(terms.Count, read) is null)
            {
                _check.Refuse(list.Place, "samples.correlations", string.Join(", ", read.Select(one => one.Rho.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture))), "correlations that can hold together; these contradict each other (their matrix is not positive definite)");
            }

            return read;
        }

        private RankCorrelation? Correlation(Node node, string path, List<SampledTerm> terms, List<RankCorrelation> before)
        {
            if (!_check.IsMapping(node, path))
            {
                return null;
            }

            _check.OnlyFields(node, path, "a correlation", CorrelationFields);
            var names = terms.Select(term => term.Scale.Parameter.Name).ToList();
            var between = node.Find("between")?.Value;
            if (between is not { Kind: NodeKind.List, Items.Count: 2 })
            {
                _check.Refuse(between?.Place ?? node.Place, $"{path}.between", between?.Text, "two of the sampled parameters");
                return null;
            }

            foreach (var unknown in between.Items.Where(item => !names.Contains(item.Text)))
            {
                _check.Refuse(unknown.Place, $"{path}.between", unknown.Text, $"one of the sampled parameters: {string.Join(", ", names)}{Spelling.Hint(unknown.Text, names)}");
            }

            var (first, second) = (names.IndexOf(between.Items[0].Text), names.IndexOf(between.Items[1].Text));
            var rank = node.Find("rank")?.Value;
            if (rank is null || !double.TryParse(rank.Text, System.Globalization.CultureInfo.InvariantCulture, out var rho) || rho is not (> -1 and < 1))
            {
                _check.Refuse(rank?.Place ?? node.Place, $"{path}.rank", rank?.Text, "Spearman's rank correlation, above -1 and below 1");
                return null;
            }

            if (first < 0 || second < 0)
            {
                return null;
            }

            if (first == second || before.Any(one => (one.First, one.Second) == (first, second) || (one.First, one.Second) == (second, first)))
            {
                _check.Refuse(between.Place, $"{path}.between", $"{names[first]}, {names[second]}", "two different parameters that no other correlation is between");
                return null;
            }

            return new(first, second, rho);
        }

        private long? Whole(Node node, string name, long least, long most)
        {
            if (node.Find(name) is not { Value.Kind: not NodeKind.Null } member)
            {
                return null;
            }

            if (long.TryParse(member.Value.Text.Replace("_", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            _check.Refuse(member.Value.Place, $"samples.{name}", member.Value.Text, least == 1 ? $"a whole number from 1 to {most:#,0}" : "a whole number of 64 bits");
            return null;
        }
    }
}
