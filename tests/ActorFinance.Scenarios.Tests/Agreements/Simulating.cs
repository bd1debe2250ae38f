using System.Text;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Reading;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>Scenarios with agreements, written out in a test or bundled with the program.</summary>
internal static class Simulating
{
    /// <summary>Two companies with opening cash, at the start of 2026; agreements, values, figures and parameters go behind it.</summary>
    public const string TwoCompanies = """
        scenario: two
        title: Two companies
        clock: {from: 2026-01-01, until: 2026-12-31}
        companies:
          - {id: buyer, name: Buyer, currency: USD}
          - {id: seller, name: Seller, currency: USD}
        commands:
          - company: buyer
            effective: 2026-01-01
            receive-external-cash: {amount: 100 USD, category: opening}

        """;

    public static Simulation Bundled(string name, History? history = null)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "scenarios", name);
        return Accepted(SimulationFile.Parse(path, File.ReadAllBytes(path), history ?? History.Empty));
    }

    public static Simulation Of(string yaml, History? history = null) => Accepted(Parse(yaml, history));

    public static SimulationRun Run(string yaml, History? history = null)
    {
        var run = Of(yaml, history).Run();
        return run.Fault is null ? run : throw new InvalidDataException(run.Fault.ToString());
    }

    /// <summary>What is wrong with a scenario, one line a problem.</summary>
    public static string Problems(string yaml, History? history = null) =>
        Parse(yaml, history) is SimulationResult.Rejected rejected ? string.Join('\n', rejected.Problems) : "";

    /// <summary>An expression over the two companies, as the figure of a run that does nothing else.</summary>
    public static ExpressionValue? Value(string expression) =>
        Run($"{TwoCompanies}figures: {{define: {{x: \"{expression}\"}}}}\n").Readings[^1].Values[0];

    /// <summary><c>2026-03-31 buyer purchase-paid 5 USD</c>, without what opens the book.</summary>
    public static IEnumerable<string> Generated(SimulationRun run) => run.Events
        .Where(each => each.Agreement is not null)
        .Select(each => $"{each.Envelope.Header.EffectiveAt.ToDateText()} {each.Envelope.Header.Emitter} {TypeNames.Of(each.Envelope.Event.GetType())}{AmountOf(each.Envelope.Event)}");

    private static string AmountOf(CompanyEvent fact) => Payments.Of(fact).Select(paid => $" {paid.Amount}").FirstOrDefault() ?? (fact is ExternalCashReceived received ? $" {received.Amount}" : fact is MilestoneReached reached ? $" {reached.Milestone}" : "");

    private static SimulationResult Parse(string yaml, History? history) => SimulationFile.Parse("test.yaml", Encoding.UTF8.GetBytes(yaml), history ?? History.Empty);

    private static Simulation Accepted(SimulationResult result) => result switch
    {
        SimulationResult.Accepted accepted => accepted.Simulation,
        SimulationResult.Rejected rejected => throw new InvalidDataException(string.Join('\n', rejected.Problems)),
        _ => throw new InvalidDataException(result.GetType().Name),
    };
}
