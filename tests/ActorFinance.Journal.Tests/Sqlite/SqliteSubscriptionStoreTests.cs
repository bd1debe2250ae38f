using ActorFinance.Journal.Tests.Specs;

namespace ActorFinance.Journal.Tests.Sqlite;

public sealed class SqliteSubscriptionStoreTests() : SubscriptionStoreSpec(new SqliteTestStore(new TemporaryFolder()));
