using ActorFinance.Journal;
using ActorFinance.Journal.PostgreSql;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Journal.Writing;
using ActorFinance.Postgres.Tests.Running;

namespace ActorFinance.Postgres.Tests.Stores;

public sealed class PostgreSqlJournalWriterTests : JournalWriterSpec
{
    private readonly PostgreSqlTestStore _store;
    private IHeldJournal? _held;

    public PostgreSqlJournalWriterTests()
        : this(new PostgreSqlTestStore())
    {
    }

    private PostgreSqlJournalWriterTests(PostgreSqlTestStore store)
        : base(store) => _store = store;

    private protected override IJournalAppender Open() =>
        new PostgreSqlAppender((PostgreSqlHeldJournal)(_held = JournalStore.Of(_store.Journal).Hold().ShouldOpen()));

    protected override void Close() => _held?.Dispose();
}
