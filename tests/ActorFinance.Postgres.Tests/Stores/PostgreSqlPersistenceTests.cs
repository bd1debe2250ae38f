using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Postgres.Tests.Running;

namespace ActorFinance.Postgres.Tests.Stores;

public sealed class PostgreSqlPersistenceTests() : PersistenceSpec(new PostgreSqlTestStore())
{
    protected override (string Sql, string Row) RowForm => (
        """
        SELECT DISTINCT persistence_id || ' ' || manifest || ' ' || identifier || ' ' || deleted || ' [' || tags || '] ' || length(writer_uuid) || ' ' || length(created::text) FROM journal
        """,
        "company-nvidia milestone-reached:1 7301 false [] 32 18");

    protected override string Hex => "encode(message, 'hex')";

    protected override string IsolationLevel => "read-committed";
}
