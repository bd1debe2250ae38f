using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Reading;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>What docs/agreements.md says is so: its snippets run, and it names all there is.</summary>
public sealed class AgreementPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "agreements.md"));
    private static readonly List<string> Snippets = [.. Page.Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];

    [Fact]
    public void The_smallest_scenario_gives_what_the_page_shows()
    {
        var run = Simulating.Run(Snippets[0]);
        run.Refusals.ShouldBeEmpty();
        Page.ShouldContain($"A tenant pays rent\nFrom an empty book, the clock runs until {run.End.ToDateText()}: {run.Events.Count} events, 0 refusals.");
        run.Readings[^1].Values.Select(value => value.ToString()).ShouldBe(["1800 USD", "1200 USD"]);
    }

    [Fact]
    public void The_other_snippets_run_as_parts_of_a_scenario()
    {
        Simulating.Run(Simulating.TwoCompanies + Snippets[1]).Refusals.ShouldBeEmpty();
        var run = Simulating.Run(
            Simulating.TwoCompanies.Replace("from: 2026-01-01, until: 2026-12-31", "from: 1901-12-31, until: 1999-12-31", StringComparison.Ordinal)
            + "parameters: {G: 20 USD, alpha1: 0.6, alpha2: 0.4, theta: 20%}\nfigures: {define: {Y: Y}}\n" + Snippets[2]);
        run.Readings[^1].Values[0]!.Value.Number.ShouldBe(100m, 1e-4m);
        Snippets.Count.ShouldBe(3);
    }

    [Fact]
    public void Every_function_trigger_and_field_of_an_event_is_on_it()
    {
        Functions.Names.Where(name => !Page.Contains($"`{name}(", StringComparison.Ordinal)).ShouldBeEmpty();
        TriggerReader.Kinds.Where(kind => !Page.Contains($"`{kind}: ", StringComparison.Ordinal)).ShouldBeEmpty();
        EventFields.Names.Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
        CalendarUnit.Names.Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>The grammar stands in the parser and on the page: the same rules in the same order.</summary>
    [Fact]
    public void The_grammar_has_a_rule_for_each_method_of_the_parser() =>
        new[] { "expression  =", "conjunction =", "negation    =", "comparison  =", "sum         =", "product     =", "factor      =", "primary     =", "choice      =", "call        =", "argument    =", "number      =", "unit        =", "date        =", "text        =", "name        =" }
            .Where(rule => !Page.Contains(rule, StringComparison.Ordinal)).ShouldBeEmpty();
}
