using System.Xml.Linq;
using NJsonSchema;

namespace ActorFinance.Cli.Tests;

/// <summary>Many runs of one scenario, as a user asks for them.</summary>
public sealed class ManyRunsTests : IDisposable
{
    private static readonly string s_scenario = Table.Scenario("agreements/range-of-outcomes.yaml");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_fit_their_schema_and_are_the_same_for_a_seed_on_any_number_of_workers()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "simulate-runs.schema.json"));
        var one = await AskAsync("--runs", "40", "--seed", "3", "--workers", "1", "--figure", "roundTripDirect: nvidia");
        var two = await AskAsync("--runs", "40", "--seed", "3", "--workers", "2", "--figure", "roundTripDirect: nvidia");
        schema.Validate(one.GetRawText()).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
        two.GetRawText().ShouldBe(one.GetRawText());
        (one.GetProperty("runs").GetInt32(), one.GetProperty("stopped").GetInt32()).ShouldBe((40, 0));
        one.List("figures").Select(figure => figure.Text("figure")).ShouldBe(["openai cash", "nvidia cash", "nvidia's stake", "gain on the stake", "sold to openai"]);
        one.List("sensitivities").First().List("parameters").First().Text("parameter").ShouldBe("price-per-gigawatt");
        var openai = one.List("cash").Single(cash => cash.Text("company") == "openai");
        openai.GetProperty("shortfallProbability").GetDouble().ShouldBe(openai.GetProperty("lowest").GetProperty("belowZero").GetDouble());
    }

    [Fact]
    public async Task A_sweep_has_a_row_a_point_and_fits_its_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "simulate-sweep.schema.json"));
        var answer = await AskAsync("--sweep", "gigawatts=8..10:1", "--sweep", "price-per-gigawatt=35bn USD..36bn USD:1bn USD");
        schema.Validate(answer.GetRawText()).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
        var cash = answer.List("points").Select(point => point.List("outcomes").Single(outcome => outcome.Text("name") == "openai cash").Number("value"));
        cash.ShouldBe([40e9m, 32e9m, 40e9m, 31e9m, 40e9m, 30e9m]);
    }

    [Fact]
    public async Task Kept_runs_are_gone_on_from_and_those_of_another_question_are_not_taken()
    {
        var fresh = await RunAsync("--runs", "60", "-o", "csv");
        (await RunAsync("--runs", "30", "-o", "csv", "--keep", "runs.bin")).ExitCode.ShouldBe(0);
        var resumed = await RunAsync("--runs", "60", "-o", "csv", "--keep", "runs.bin");
        resumed.Out.ShouldBe(fresh.Out);
        var other = await RunAsync("--runs", "60", "--seed", "2", "--keep", "runs.bin");
        (other.ExitCode, other.Out).ShouldBe((1, ""));
        other.Err.ShouldContain("--keep 'runs.bin' must be a file of this very question");
    }

    [Fact]
    public async Task Pictures_and_the_page_show_fans_the_risk_and_tornados()
    {
        var answer = await RunAsync("--runs", "60", "--plot", "fan.svg", "--report", "fan.html");
        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Out.ShouldContain("How likely a shortfall has come by then, and how low cash gets");
        var texts = XDocument.Load(_folder["fan.svg"]).Descendants().Where(text => text.Name.LocalName == "text").Select(text => text.Value.Trim()).ToList();
        texts.ShouldContain("openai cash");
        texts.ShouldContain("How likely a shortfall has come by then");
        texts.ShouldContain("What moves openai cash most");
        var page = await File.ReadAllTextAsync(_folder["fan.html"]);
        page.ShouldContain("<h1>NVIDIA and OpenAI, the range of outcomes</h1>");
        page.ShouldContain("<h2>What is drawn</h2>");
    }

    [Fact]
    public async Task One_run_is_drawn_too()
    {
        (await RunAsync("--plot", "one.svg")).ExitCode.ShouldBe(0);
        XDocument.Load(_folder["one.svg"]).Descendants().Select(text => text.Value.Trim()).ShouldContain("Cash in USD");
    }

    [Theory]
    [InlineData(2, "--runs draws parameters, --sweep goes through them: one of the two", "--runs", "5", "--sweep", "gigawatts=3..10:1")]
    [InlineData(2, "--seed is for --runs", "--seed", "5")]
    [InlineData(2, "--every is for many runs", "--every", "month")]
    [InlineData(2, "--runs '0' must be from 1 to 1,000,000", "--runs", "0")]
    [InlineData(2, "--sweep 'gigawats=3..10:1': 'gigawats' must be a parameter of the scenario", "--sweep", "gigawats=3..10:1")]
    [InlineData(2, "--figure 'stake: nvidea in openai' must be a figure of the book", "--runs", "5", "--figure", "stake: nvidea in openai")]
    public async Task Many_runs_that_cannot_be_say_why(int exitCode, string message, params string[] arguments)
    {
        var answer = await RunAsync(arguments);
        answer.ExitCode.ShouldBe(exitCode, answer.ToString());
        answer.Err.ShouldContain(message);
        answer.Out.ShouldBeEmpty();
    }

    private Task<System.Text.Json.JsonElement> AskAsync(params string[] options) => CommandLine.AskAsync(_folder.Path, ["simulate", s_scenario, .. options]);

    private Task<Outcome> RunAsync(params string[] options) => CommandLine.RunAsync(_folder.Path, ["simulate", s_scenario, .. options]);
}
