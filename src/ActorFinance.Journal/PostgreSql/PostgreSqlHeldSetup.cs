using Akka.Actor;
using Akka.Actor.Setup;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>Gives the held journal to the plugins that Akka makes: without the lock nothing is there to write with.</summary>
internal sealed class PostgreSqlHeldSetup(PostgreSqlHeldJournal held) : Setup
{
    public static PostgreSqlHeldJournal Of(ActorSystem system) => system.Settings.Setup.Get<PostgreSqlHeldSetup>() is { HasValue: true, Value: var setup }
        ? setup.Held
        : throw new InvalidOperationException($"{nameof(PostgreSqlWriteJournal)} runs only in an actor system that was set up by a held journal");

    private PostgreSqlHeldJournal Held => held;
}
