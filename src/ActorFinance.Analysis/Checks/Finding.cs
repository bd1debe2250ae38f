using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>Something that does not add up: a code that never changes, the figures, and the event at which it shows, if it is one.</summary>
public sealed record Finding(string Code, string Message, EventId? Event);
