namespace ActorFinance.Journal.Contracts;

/// <summary>Ends the reading of a contract at the first rule broken. Never leaves this folder: callers see a <see cref="DecodeFault"/>.</summary>
internal sealed class BrokenRuleException(string rule) : Exception(rule);
