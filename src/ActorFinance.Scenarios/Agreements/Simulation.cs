using ActorFinance.Scenarios.Agreements.Clock;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements;

/// <summary>
/// A scenario with agreements, read and checked once, ready to run any number of times on one history with other parameters. A run is a pure function
/// of its arguments: the same give the same events, byte for byte, on any thread.
/// </summary>
public sealed class Simulation
{
    private readonly SimulationPlan _plan;
    private readonly History _history;
    private readonly ModelState _start;

    internal Simulation(SimulationPlan plan, History history)
    {
        _plan = plan;
        _history = history;
        Start = Instant.Later(plan.From ?? Instant.Minimum, history.End);
        Parameters = ParameterValues.Of(plan.Parameters);
        _start = StateOf(plan, history);
    }

    public string Name => _plan.Book.Name;

    public string? Title => _plan.Book.Title;

    /// <summary>The file's companies and commands, and what it takes for granted.</summary>
    public CommandBook Book => _plan.Book;

    /// <summary>The companies of the book and of the file.</summary>
    public IEnumerable<CompanyId> Companies => _history.Currencies.Keys.Union(Book.Registered);

    /// <summary>History ends with this instant, inclusive; the clock starts behind it.</summary>
    public Instant Start { get; }

    /// <summary>How far the clock runs unless told otherwise, inclusive; null when the file does not say.</summary>
    public Instant? Until => _plan.Until;

    /// <summary>The parameters as the file states them.</summary>
    public ParameterValues Parameters { get; }

    public IReadOnlyList<ModelParameter> ParameterList => _plan.Parameters;

    /// <summary>The named figures, in the order of the file.</summary>
    public IReadOnlyList<string> Figures => [.. _plan.Figures.Select(figure => figure.Name)];

    /// <summary>Of the named figures, what each is.</summary>
    public IReadOnlyList<ExpressionType> FigureTypes => [.. _plan.Figures.Select(figure => figure.Term.Type)];

    /// <summary>Names of the agreements, in the order of the file.</summary>
    public IReadOnlyList<string> Agreements => [.. _plan.Agreements.Select(agreement => agreement.Name)];

    /// <summary>Runs the clock.</summary>
    /// <param name="parameters">Made from <see cref="Parameters"/>; null for the file's own.</param>
    /// <param name="until">The last instant, inclusive; null for <see cref="Until"/>.</param>
    /// <param name="readAt">Also read the figures at these instants.</param>
    /// <param name="progress">Told each instant that the clock reaches.</param>
    /// <param name="cancellation">Looked at at each instant.</param>
    /// <exception cref="ArgumentException">Neither the argument nor the file says how far to run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SimulationRun Run(
        ParameterValues? parameters = null,
        Instant? until = null,
        IReadOnlyList<Instant>? readAt = null,
        IProgress<Instant>? progress = null,
        CancellationToken cancellation = default)
    {
        var end = until ?? Until ?? throw new ArgumentException("the scenario does not say how far the clock runs", nameof(until));
        return new ClockRun(_plan, _history, _start, parameters ?? Parameters, Start, end, readAt ?? [], progress, cancellation).Run();
    }

    /// <summary>What expressions can ask of the history, taken once for all runs.</summary>
    private static ModelState StateOf(SimulationPlan plan, History history)
    {
        var states = new Dictionary<CompanyId, CompanyState>();
        var state = ModelState.Empty(plan.Questions, history.StateOf);
        foreach (var envelope in history.Events)
        {
            state.Take(envelope);
            var company = envelope.Header.Emitter;
            if (plan.Questions.Priced.Contains(company))
            {
                var after = CompanyFacts.Next(states.GetValueOrDefault(company) ?? CompanyState.Empty(company), envelope);
                states[company] = after;
                state.TakePrice(envelope, after);
            }
        }

        return state;
    }
}
