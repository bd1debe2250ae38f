using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Feed;

/// <summary>The next events of the journal, in offset order, without gaps or repeats. Answer with <see cref="FeedTaken"/>: the feed waits for it.</summary>
public sealed record FeedBatch(IReadOnlyList<RecordedEvent> Events, Offset UpTo);

public sealed record FeedTaken(Offset UpTo);

/// <summary>The feed reached the end of the journal, at least once: what is asked from now on is answered from all of it.</summary>
public sealed record FeedCaughtUp(Offset At);

/// <summary>The journal is damaged behind the last batch: nothing comes after this.</summary>
public sealed record FeedBroken(Exception Cause);

/// <summary>Read once more; answered by <see cref="FeedFlushed"/> behind the events that were on disk when it arrived.</summary>
public sealed record FlushFeed(IActorRef Asker);

public sealed record FeedFlushed(IActorRef Asker);

/// <summary>Something was written; read on.</summary>
public sealed record FeedNudge
{
    public static FeedNudge Instance { get; } = new();
}
