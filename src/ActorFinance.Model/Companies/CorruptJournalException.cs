namespace ActorFinance.Model;

/// <summary>A recorded fact that cannot have been decided: the journal was changed by another hand, or holds a bug.</summary>
public sealed class CorruptJournalException(string message) : Exception(message);
