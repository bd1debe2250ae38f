using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Postgres.Tests.Running;

namespace ActorFinance.Postgres.Tests.Stores;

public sealed class PostgreSqlSubscriptionStoreTests() : SubscriptionStoreSpec(new PostgreSqlTestStore());
