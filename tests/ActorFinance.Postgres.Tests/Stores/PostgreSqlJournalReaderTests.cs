using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Postgres.Tests.Running;

namespace ActorFinance.Postgres.Tests.Stores;

public sealed class PostgreSqlJournalReaderTests() : JournalReaderSpec(new PostgreSqlTestStore())
{
    protected override void MakeNewer(ITestStore store) => store.Execute("UPDATE actorfinance_schema SET version = 2");
}
