using Akka.Actor;

namespace ActorFinance.Actors.Feed;

/// <summary>Tells the feed that something was written: one message however many writes there were since the last look.</summary>
public sealed class NudgeSignal
{
    private IActorRef? _feed;
    private int _raised;

    public void Attach(IActorRef feed) => _feed = feed;

    public void Raise()
    {
        if (_feed is { } feed && Interlocked.Exchange(ref _raised, 1) == 0)
        {
            feed.Tell(FeedNudge.Instance);
        }
    }

    public void Clear() => Interlocked.Exchange(ref _raised, 0);
}
