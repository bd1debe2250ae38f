using ActorFinance.Analysis.Cash;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Reading;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

/// <summary>The deal with five uncertain terms, run by run against the books that the runs end with.</summary>
public sealed class MonteCarloTests
{
    private const int Runs = 60;
    private static readonly string s_path = Path.Combine(AppContext.BaseDirectory, "scenarios", "agreements", "range-of-outcomes.yaml");
    private static readonly byte[] s_content = File.ReadAllBytes(s_path);
    private static readonly Simulation s_simulation = SimulationFile.Parse(s_path, s_content, History.Empty).ShouldBeOfType<SimulationResult.Accepted>().Simulation;
    private static readonly SampleSettings s_settings = SampleFile.Parse(s_path, s_content, s_simulation.ParameterList, folder: null).ShouldBeOfType<SampleResult.Accepted>().Settings;

    [Fact]
    public void A_seed_gives_the_same_figures_on_any_number_of_workers()
    {
        var question = Question();
        var one = Table(question, 1);
        Cells(Table(question, 2)).ShouldBe(Cells(one));
        Cells(Table(question, 5)).ShouldBe(Cells(one));
        Cells(Table(question, 1, seed: 2)).ShouldNotBe(Cells(one));
    }

    [Fact]
    public void Figures_and_lowest_cash_are_those_of_the_book_that_each_run_ends_with()
    {
        var question = Question("stake: nvidia in openai", "finnCyclingIndex");
        var (table, plan) = (Table(question, 2), s_settings.Plan(1));
        var (fell, seen) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var ran = s_simulation.Run(s_settings.Values(s_simulation.Parameters, plan.Draw(run)));
            var book = ran.BookAfter(History.Empty);
            foreach (var balance in CashFold.Of(book.At(Cut.Everything)).Balances)
            {
                At(table, question, run, SampledMeasure.LowestCash, balance.Company.Value).ShouldBe(balance.Lowest!.Amount);
                At(table, question, run, SampledMeasure.FirstShortfall, balance.Company.Value).ShouldBe(balance.FirstShortfall?.At.UtcTicks);
                At(table, question, run, SampledMeasure.Figure, $"{balance.Company} cash").ShouldBe(balance.Amount);
                fell += balance.FirstShortfall is null ? 0 : 1;
                seen++;
            }

            var figures = BookFigures.Of(book, Cut.Everything, Analysis.Commitments.Firmness.Paid, Analysis.Circularity.FlowOptions.Default).Values;
            At(table, question, run, SampledMeasure.BookFigure, "stake: nvidia in openai").ShouldBe(Ratio(figures, new("stake", "nvidia in openai", null)));
            At(table, question, run, SampledMeasure.BookFigure, "finnCyclingIndex").ShouldBe(Ratio(figures, new("finnCyclingIndex", BookFigures.EveryCompany, null)));
        }

        (seen, fell is > 0 and < Runs).ShouldBe((2 * Runs, true));
    }

    [Fact]
    public void Figures_are_read_at_the_end_of_each_period()
    {
        var question = Question();
        question.Times.Take(2).ShouldBe([Instant.Of(2026, 3, 31).EndOfDay(), Instant.Of(2026, 6, 30).EndOfDay()]);
        question.Times[^1].ShouldBe(Instant.Of(2032, 12, 31).EndOfDay());
        question.Times.Count.ShouldBe(28);
        var table = Table(question, 1);
        Enumerable.Range(0, question.Columns.Count).Where(place => question.Columns[place].Measure == SampledMeasure.Figure)
            .ShouldAllBe(place => table.Column(place).Count() == Runs);
    }

    [Fact]
    public void A_figure_that_no_book_has_names_those_that_are_near()
    {
        MonteCarlo.Of(s_simulation, History.Empty, SeriesStep.Quarter, s_simulation.Until!.Value, ["stake: nvidea in openai"], out var rule).ShouldBeNull();
        rule!.ShouldContain("(did you mean 'stake: nvidia in openai'?)");
    }

    [Theory]
    [InlineData("gigawatts=3..10:1", "3 4 5 6 7 8 9 10")]
    [InlineData("price-per-gigawatt=28bn USD..35bn USD:3.5bn USD", "28000000000|31500000000|35000000000")]
    [InlineData("late-by=0 months..24 months:12 months", "0 12 24")]
    [InlineData("fails-on=2027-01-01..2027-01-21:10 days", "739981 739991 740001")]
    public void Sweeps_are_in_the_unit_of_their_parameter(string text, string values)
    {
        var range = SweepText.Parse(text, s_simulation.ParameterList, out _, out var rule);
        rule.ShouldBeNull();
        range!.Values.Select(value => ((long)value).ToString()).ShouldBe(values.Split(' ', '|'));
    }

    [Theory]
    [InlineData("gigawatts", "must be NAME=A..B:STEP, such as gigawatts=3..10:1")]
    [InlineData("gigawats=3..10:1", "'gigawats' must be a parameter of the scenario: ")]
    [InlineData("gigawatts=3 USD..10:1", "'3 USD' must be ratio, as 'gigawatts' is")]
    [InlineData("gigawatts=3..10:-1", "must have a step from 3 towards 10; -1 leads away")]
    [InlineData("late-by=0 months..24 months:10 days", "must be all in months or all in days")]
    public void Sweeps_that_cannot_be_say_why(string text, string rule)
    {
        SweepText.Parse(text, s_simulation.ParameterList, out _, out var why).ShouldBeNull();
        why!.ShouldStartWith(rule);
    }

    private static MonteCarlo Question(params string[] figures) => MonteCarlo.Of(s_simulation, History.Empty, SeriesStep.Quarter, s_simulation.Until!.Value, figures, out _)!;

    private static SampleTable Table(MonteCarlo question, int workers, long seed = 1)
    {
        var plan = s_settings.Plan(seed);
        return SampleRunner.Run(Runs, question.Columns.Count, workers, (run, cells) => question.Sample(s_settings.Values(s_simulation.Parameters, plan.Draw(run)), cells));
    }

    private static decimal? At(SampleTable table, MonteCarlo question, int run, SampledMeasure measure, string name) =>
        table[run, Enumerable.Range(0, question.Columns.Count).Last(place => question.Columns[place].Measure == measure && question.Columns[place].Name == name)];

    private static decimal? Ratio(IReadOnlyDictionary<FigureKey, FigureValue> figures, FigureKey key) => (decimal?)(figures.GetValueOrDefault(key) as FigureValue.Ratio)?.Value;

    private static List<decimal?> Cells(SampleTable table) => [.. Enumerable.Range(0, table.Runs).SelectMany(run => Enumerable.Range(0, table.Columns).Select(column => table[run, column]))];
}
