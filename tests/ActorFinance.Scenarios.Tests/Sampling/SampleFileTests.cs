using System.Text;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Reading;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

/// <summary>Distributions as a scenario writes them, and every way of writing them wrong, with line and column.</summary>
public sealed class SampleFileTests
{
    private const string Head = """
        scenario: drawn
        title: Drawn
        clock: {from: 2026-01-01, until: 2026-12-31}
        companies: [{id: openai, name: OpenAI, currency: USD}]
        parameters:
          price: 35bn USD
          growth: 0.1
          delay: 0 months
          wait: 30 days
          start: 2026-03-01
          sold: 1000 shares
          open: true
          label: "'text'"
          path: {path: {2026-01-01: 1, 2026-06-01: 2}}
        agreements:
          - agreement: opening
            when: {date: 2026-02-01}
            then: [{company: openai, receive-external-cash: {amount: price, category: opening}}]
        samples:
          parameters:
        """;

    [Fact]
    public void Every_distribution_is_read_in_the_unit_of_its_parameter()
    {
        var settings = Read("""
                price: {uniform: {min: 28bn USD, max: 45bn USD}}
                growth: {normal: {mean: 10 %, sd: 0.15, min: -0.5}}
                delay: {triangular: {min: 0 months, mode: 6 months, max: 24 months}}
                wait: {bootstrap: [10 days, 30 days, 20 days]}
                start: {uniform: {min: 2026-03-01, max: 2026-04-01}}
                sold: {lognormal: {mean: 1000 shares, sd: 200 shares}}
                open: {discrete: {true: 3, false: 1}}
              correlations:
                - {between: [price, growth], rank: -0.5}
              seed: 7
              runs: 1000
            """).ShouldBeOfType<SampleResult.Accepted>().Settings;
        (settings.Seed, settings.Runs).ShouldBe((7, 1000));
        settings.Correlations.ShouldBe([new(0, 1, -0.5)]);
        settings.Terms.Select(term => term.Distribution).ShouldBe(
        [
            new Distribution.Uniform(28e9m, 45e9m),
            new Distribution.Normal(0.1m, 0.15m, -0.5m, null),
            new Distribution.Triangular(0, 6, 24),
            new Distribution.Bootstrap([10, 20, 30]),
            new Distribution.Uniform(739_675, 739_706),
            new Distribution.LogNormal(1000, 200, null, null),
            new Distribution.Discrete([new(0, 1), new(1, 3)]),
        ]);
        settings.Terms.Select(term => term.Scale.Value(term.Distribution.Quantile(0.5)).ToString())
            .ShouldBe(["36500000000 USD", "0.100005954102", "9 months", "20 days", "2026-03-16", "981 shares", "true"]);
    }

    [Fact]
    public void A_column_of_a_file_beside_the_scenario_is_drawn_from()
    {
        var folder = Directory.CreateTempSubdirectory("samples-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "seen.csv"), "year,change,note\n2023,0.2,\n2024,-0.1,\n2025,0.4,\n");
            Read("    growth: {bootstrap: {file: seen.csv, column: change}}", Path.Combine(folder, "drawn.yaml"))
                .ShouldBeOfType<SampleResult.Accepted>().Settings.Terms.Single().Distribution.ShouldBe(new Distribution.Bootstrap([-0.1m, 0.2m, 0.4m]));
            string Said(string column) => Problem($"    growth: {{bootstrap: {{{column}}}}}", Path.Combine(folder, "drawn.yaml"));
            Said("file: seen.csv, column: chance").ShouldEndWith("'chance' must be one of the columns of seen.csv: year, change, note (did you mean 'change'?)");
            Said("file: seen.csv, column: note").ShouldEndWith("'note' must be a column with values: in seen.csv it has none");
            Said("file: unseen.csv, column: change").ShouldEndWith("'unseen.csv' must be a file that is there");
            foreach (var elsewhere in new[] { "../seen.csv", "a/../../seen.csv", "'..\\seen.csv'", Path.Combine(folder, "seen.csv") })
            {
                Said($"file: {elsewhere}, column: change").ShouldEndWith($"'{elsewhere.Trim('\'')}' must be a file beside the scenario, or in a folder there");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("    prize: {uniform: {min: 1, max: 2}}", "21:5: field 'samples.parameters.prize': 'prize' must be one of the scenario's parameters: price, growth, delay, wait, start, sold, open, label, path (did you mean 'price'?)")]
    [InlineData("    growth: {normal: {mean: 0.1, sd: 0}}", "21:38: field 'samples.parameters.growth.normal.sd': '0' must be a standard deviation above 0")]
    [InlineData("    growth: {normal: {mean: 0.1, sd: -1}}", "21:38: field 'samples.parameters.growth.normal.sd': '-1' must be a standard deviation above 0")]
    [InlineData("    growth: {normal: {mean: 0.1}}", "21:14: field 'samples.parameters.growth.normal.sd' is missing: must be ratio, as 'growth' is")]
    [InlineData("    growth: {uniform: {min: 2, max: 1}}", "21:37: field 'samples.parameters.growth.uniform.max': '1' must be above min, 2")]
    [InlineData("    growth: {triangular: {min: 1, mode: 4, max: 3}}", "21:41: field 'samples.parameters.growth.triangular.mode': '4' must be from min, 1, to max, 3")]
    [InlineData("    growth: {lognormal: {mean: -1, sd: 1}}", "21:32: field 'samples.parameters.growth.lognormal.mean': '-1' must be above 0: what is lognormal never falls to 0")]
    [InlineData("    growth: {normal: {mean: 5 USD, sd: 1}}", "21:29: field 'samples.parameters.growth.normal.mean': '5 USD' must be ratio, as 'growth' is")]
    [InlineData("    growth: {norml: {mean: 1, sd: 1}}", "21:13: field 'samples.parameters.growth': 'norml' must be one distribution: uniform, triangular, normal, lognormal, discrete, bootstrap (did you mean 'normal'?)")]
    [InlineData("    growth: {discrete: {1: 0, 2: 1}}", "21:28: field 'samples.parameters.growth.discrete.1': '0' must be a weight above 0")]
    [InlineData("    growth: {bootstrap: []}", "21:25: field 'samples.parameters.growth.bootstrap': '[...]' must be a list of values that were seen, or {file: FILE.csv, column: NAME}")]
    [InlineData("    growth: {normal: {mean: 0, sd: 1, min: 100, max: 101}}", "21:44: field 'samples.parameters.growth.normal.min': '100' must be where something is left to draw: less than a billionth of the distribution lies between min and max")]
    [InlineData("    growth: {normal: {mean: 0, sd: 1, max: -7}}", "21:44: field 'samples.parameters.growth.normal.max': '-7' must be where something is left to draw: less than a billionth of the distribution lies between min and max")]
    [InlineData("    growth: {lognormal: {mean: 1, sd: 0.5, min: 1000000}}", "21:49: field 'samples.parameters.growth.lognormal.min': '1000000' must be where something is left to draw: less than a billionth of the distribution lies between min and max")]
    [InlineData("    growth: {bootstrap: {file: /etc/hostname, column: a}}", "21:32: field 'samples.parameters.growth.bootstrap.file': '/etc/hostname' must be left out: what is sent has no files beside it; the values can stand here as a list")]
    [InlineData("    delay: {uniform: {min: 1 months, max: 90 days}}", "21:13: field 'samples.parameters.delay.uniform': '1 months, 90 days' must be all in months or all in days")]
    [InlineData("    open: {uniform: {min: 0, max: 1}}", "21:12: field 'samples.parameters.open.uniform': 'uniform' must be discrete: the parameter is true or false")]
    [InlineData("    path: {uniform: {min: 1, max: 2}}", "21:5: field 'samples.parameters.path': 'path' must be a parameter of one value; this one has a path")]
    [InlineData("    growth: {uniform: {min: 1, max: 2}}\n  correlations: [{between: [growth, prise], rank: 0.5}]", "22:37: field 'samples.correlations[0].between': 'prise' must be one of the sampled parameters: growth")]
    [InlineData("    growth: {uniform: {min: 1, max: 2}}\n  seeds: 1", "22:3: field 'samples.seeds': 'seeds' must be one of the fields of samples: runs, seed, parameters, correlations (did you mean 'seed'?)")]
    [InlineData("    growth: {uniform: {min: 1, max: 2}}\n  runs: 0", "22:9: field 'samples.runs': '0' must be a whole number from 1 to 1,000,000")]
    public void What_cannot_be_drawn_says_where_and_why(string text, string problem) => Problem(text).ShouldBe($"drawn.yaml:{problem}");

    [Fact]
    public void Correlations_that_contradict_each_other_are_named() => Problem("""
                price: {uniform: {min: 28bn USD, max: 45bn USD}}
                growth: {uniform: {min: 1, max: 2}}
                sold: {uniform: {min: 1 shares, max: 2 shares}}
              correlations:
                - {between: [price, growth], rank: 0.9}
                - {between: [price, sold], rank: 0.9}
                - {between: [growth, sold], rank: -0.9}
            """).ShouldBe("drawn.yaml:24:3: field 'samples.correlations': '0.9, 0.9, -0.9' must be correlations that can hold together; these contradict each other (their matrix is not positive definite)");

    [Fact]
    public void A_scenario_without_samples_says_so()
    {
        var text = Head[..Head.IndexOf("samples:", StringComparison.Ordinal)];
        SampleFile.Parse("drawn.yaml", Encoding.UTF8.GetBytes(text), [], folder: null).ShouldBeOfType<SampleResult.Absent>();
    }

    private static string Problem(string text, string name = "drawn.yaml") =>
        Read(text, name).ShouldBeOfType<SampleResult.Rejected>().Problems.ShouldHaveSingleItem().ToString();

    private static SampleResult Read(string text, string name = "drawn.yaml")
    {
        var content = Encoding.UTF8.GetBytes($"{Head}\n{text}");
        var simulation = SimulationFile.Parse(name, content, History.Empty).ShouldBeOfType<SimulationResult.Accepted>().Simulation;
        return SampleFile.Parse(name, content, simulation.ParameterList, Path.GetDirectoryName(name) is { Length: > 0 } folder ? folder : null);
    }
}
