using ActorFinance.Journal;
using Akka.Actor;
using Akka.Persistence;

namespace ActorFinance.Benchmarks.Peer;

/// <summary>The peer: a persistent actor that writes bytes which are ready, answers when they are on disk, and does nothing else.</summary>
internal sealed class BareActor(string persistenceId) : UntypedPersistentActor
{
    public override string PersistenceId => persistenceId;

    public static Props Props(string persistenceId) => Akka.Actor.Props.Create(() => new BareActor(persistenceId));

    protected override void OnRecover(object message)
    {
    }

    protected override void OnCommand(object message)
    {
        if (message is StoredEvent[] batch)
        {
            var unwritten = batch.Length;
            PersistAll(batch, _ =>
            {
                if (--unwritten == 0)
                {
                    Sender.Tell(batch);
                }
            });
        }
    }
}
