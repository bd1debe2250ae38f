using ActorFinance.Scenarios.Agreements.Clock;
using ActorFinance.Scenarios.Agreements.Triggers;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements;

/// <summary>A scenario's agreements, as they were read and checked.</summary>
/// <param name="File">The file's name, for messages.</param>
/// <param name="Book">Companies, commands, title and assumptions.</param>
/// <param name="From">The instant that history ends with; null: where the journal ends.</param>
/// <param name="Until">The last instant of the clock; null: it must be said.</param>
/// <param name="Parameters">In the order of the file.</param>
/// <param name="Starts">By number of a value: what it is before it is computed; null without a start.</param>
/// <param name="Groups">In the order of the file.</param>
/// <param name="Agreements">In the order of the file.</param>
/// <param name="Figures">In the order of the file.</param>
/// <param name="FiguresEvery">When figures are read; null: at the end only.</param>
/// <param name="Questions">What expressions ask of the state.</param>
internal sealed record SimulationPlan(
    string File,
    CommandBook Book,
    Instant? From,
    Instant? Until,
    IReadOnlyList<ModelParameter> Parameters,
    IReadOnlyList<Expressions.ExpressionValue?> Starts,
    IReadOnlyList<ValueGroup> Groups,
    IReadOnlyList<Agreement> Agreements,
    IReadOnlyList<FigureTerm> Figures,
    Trigger.Every? FiguresEvery,
    StateQuestions Questions)
{
    public TriggerIndex Triggers { get; } = new(Agreements);
}
