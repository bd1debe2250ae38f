namespace ActorFinance.Journal.Writing;

/// <summary>
/// The one row by which is seen that a journal takes writes: no event, no offset. It stands among the snapshots, which are a cache and which no answer is made from, under an
/// id that no company can have (decision 0181).
/// </summary>
internal static class ProbeRow
{
    public const string Id = "$probe";

    /// <summary>So long is waited for whoever holds the store.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
}
