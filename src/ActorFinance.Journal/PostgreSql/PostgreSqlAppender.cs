using ActorFinance.Journal.Writing;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>Appends through the session that holds the journal, which outlives it: whoever opened the journal closes it.</summary>
internal sealed class PostgreSqlAppender(PostgreSqlHeldJournal held) : IJournalAppender
{
    public void Append(IReadOnlyList<JournalWrite> writes) => held.Append(writes);

    public void Dispose()
    {
    }
}
