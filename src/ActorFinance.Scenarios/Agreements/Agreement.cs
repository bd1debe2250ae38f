using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Orders;
using ActorFinance.Scenarios.Agreements.Triggers;

namespace ActorFinance.Scenarios.Agreements;

/// <summary>Terms that generate events when they are run on the model clock.</summary>
/// <param name="Name">Unique in its scenario; <c>name/row</c> for one of <c>each</c>.</param>
/// <param name="When">When it acts.</param>
/// <param name="Numbers">How many numbers its trigger's parts have.</param>
/// <param name="Guard">It acts only when this is true.</param>
/// <param name="Orders">Given in this order.</param>
/// <param name="StopsWhenRefused">Whether a refusal ends the run instead of being reported.</param>
internal sealed record Agreement(string Name, Trigger When, int Numbers, Term? Guard, IReadOnlyList<OrderTemplate> Orders, bool StopsWhenRefused);

/// <summary>Values that are computed together, each time that their schedule comes.</summary>
/// <param name="Schedule">When.</param>
/// <param name="Steps">In the order in which they need each other.</param>
internal sealed record ValueGroup(Trigger.Every Schedule, IReadOnlyList<ValueStep> Steps);

/// <summary>One value, or a circle of values that need each other and are solved together.</summary>
/// <param name="Values">Numbers and definitions, in the order of the file.</param>
/// <param name="Tolerance">For a circle: it is solved when no value changes by more.</param>
internal sealed record ValueStep(IReadOnlyList<(int Number, string Name, Term Definition)> Values, decimal? Tolerance);

/// <summary>A named figure that is read while the clock runs.</summary>
internal sealed record FigureTerm(string Name, Term Term);

/// <summary>What a parameter is, as the file states it: one value, or a path of values that hold from their dates on, or that it moves between.</summary>
/// <param name="Name">Its name in expressions.</param>
/// <param name="Type">Another value must be of this type.</param>
/// <param name="Path">Dates and values, by date; a single value stands at the first instant there is.</param>
/// <param name="IsLinear">Between two dates it moves evenly from the one value to the other; else it takes a step at each.</param>
/// <param name="Source">Where its value is from.</param>
public sealed record ModelParameter(string Name, ExpressionType Type, IReadOnlyList<(Instant From, ExpressionValue Value)> Path, bool IsLinear, string? Source)
{
    public bool IsPath => Path.Count > 1 || Path[0].From != Instant.Minimum;
}
