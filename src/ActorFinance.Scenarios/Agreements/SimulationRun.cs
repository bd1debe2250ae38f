using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements;

/// <summary>An event that a run generated. <paramref name="Agreement"/> is null for what the file's own commands led to.</summary>
/// <param name="Envelope">Its command id, its issuer and its causation say which agreement and which trigger made it. It bears no digest: that is taken when its command is given to a journal.</param>
/// <param name="Agreement">The agreement that ordered it.</param>
/// <param name="Trigger">What made the agreement act.</param>
public sealed record GeneratedEvent(EventEnvelope Envelope, string? Agreement, string? Trigger);

/// <summary>An order that a company refused: reported, and the clock goes on unless the agreement says otherwise.</summary>
public sealed record RefusedOrder(Instant At, string? Agreement, string? Trigger, CommandEnvelope Command, Refusal Refusal);

/// <summary>The named figures of a scenario at one instant, in its order; null where a figure has no value there (a price before the first).</summary>
public sealed record FigureReading(Instant At, IReadOnlyList<ExpressionValue?> Values);

/// <summary>What a run of the model clock led to.</summary>
/// <param name="End">How far the clock got.</param>
/// <param name="Commands">Every order that was accepted, in the order in which it was given: fed to an empty book or to the history's, they give the same events.</param>
/// <param name="Events">In the order in which they were generated, which is their fold order.</param>
/// <param name="Refusals">In order.</param>
/// <param name="Readings">By instant; the last is that of the end.</param>
/// <param name="Fault">What stopped the run before its end: an expression without a value, a circle, a limit; null when nothing did.</param>
public sealed record SimulationRun(
    Instant End,
    IReadOnlyList<CommandEnvelope> Commands,
    IReadOnlyList<GeneratedEvent> Events,
    IReadOnlyList<RefusedOrder> Refusals,
    IReadOnlyList<FigureReading> Readings,
    InputProblem? Fault)
{
    /// <summary>History and what was generated as one book: every question that can be asked of a journal can be asked of it.</summary>
    public Book BookAfter(History history)
    {
        var book = new Book(history.Recorded);
        var offset = book.LastOffset.Value;
        foreach (var generated in Events)
        {
            book.Add(new(new(++offset), generated.Envelope));
        }

        return book;
    }
}
