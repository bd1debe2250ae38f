namespace ActorFinance.Journal.Writing;

/// <summary>The connection that appends; not for concurrent use.</summary>
internal interface IJournalAppender : IDisposable
{
    /// <summary>All of them in one transaction, or none.</summary>
    /// <exception cref="JournalWriteException">Nothing was written, or the store was lost before it could say.</exception>
    void Append(IReadOnlyList<JournalWrite> writes);
}
