namespace ActorFinance.Answers;

/// <summary>What was asked cannot be answered as it stands: an edit that cannot be applied, a name that nobody has. The message is for whoever asked.</summary>
public sealed class QuestionRefusedException(string message) : Exception(message);
