using ActorFinance.Actors.Feed;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>A question to a projection; with <paramref name="AtLeast"/> it waits until the projection has come so far.</summary>
public abstract record Question<TView>(Offset AtLeast)
{
    /// <summary>The answer, immutable: it leaves the projection's thread.</summary>
    public abstract object Answer(TView view);
}

/// <summary>
/// An index of the analysis and the feed that fills it. A question is answered from a view that never changes, on a thread of its own, while batches go
/// on being taken. After a damaged journal it answers nothing.
/// </summary>
public abstract class ProjectionActor<TView> : UntypedActor, IWithUnboundedStash
    where TView : class
{
    private readonly List<(Question<TView> Question, IActorRef Sender)> _waiting = [];
    private Offset _reached;
    private bool _caughtUp;
    private bool _isBusy;
    private TView? _shown;
    private Exception? _damage;

    public IStash Stash { get; set; } = null!;

    protected abstract void Apply(RecordedEvent recorded);

    /// <summary>What questions are answered from: all that was taken by now, and never changing.</summary>
    protected abstract TView Publish();

    /// <summary>Whether so much came since the last checkpoint that a new one is to be written.</summary>
    protected virtual bool IsSaveDue => false;

    /// <summary>Writes a checkpoint while no batch is taken.</summary>
    protected virtual Task SaveAsync() => Task.CompletedTask;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            // What is saved must not change meanwhile; questions go on.
            case FeedBatch or FeedCaughtUp or FeedBroken when _isBusy:
                Stash.Stash();
                break;
            case WorkDone:
                _isBusy = false;
                Stash.UnstashAll();
                break;
            case FeedBatch batch:
                Take(batch);
                Sender.Tell(new FeedTaken(batch.UpTo));
                AnswerWaiting();
                break;
            case FeedCaughtUp caughtUp:
                (_caughtUp, _reached) = (true, caughtUp.At);
                AnswerWaiting();
                if (_damage is null && IsSaveDue)
                {
                    // The index is read by another thread then: questions are answered from what stood before.
                    _shown = Publish();
                    Begin(SaveAsync());
                }

                break;
            case FeedBroken broken:
                _damage = broken.Cause;
                AnswerWaiting();
                break;
            case Question<TView> question when IsDue(question):
                Answer(question, Sender);
                break;
            case Question<TView> question:
                _waiting.Add((question, Sender));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin(Task work)
    {
        _isBusy = true;
        _ = work.PipeTo(Self, success: () => WorkDone.Instance, failure: _ => WorkDone.Instance);
    }

    private bool IsDue(Question<TView> question) => _damage is not null || (_caughtUp && question.AtLeast <= _reached);

    private void Take(FeedBatch batch)
    {
        if (_damage is not null)
        {
            return;
        }

        try
        {
            foreach (var recorded in batch.Events)
            {
                Apply(recorded);
            }

            _reached = batch.UpTo;
        }
        catch (Exception failure)
        {
            // Restarted it would be empty, and the feed has passed: better no answer than one without its beginning.
            _damage = failure;
        }
    }

    private void AnswerWaiting()
    {
        foreach (var (question, sender) in _waiting.Where(waiting => IsDue(waiting.Question)).ToList())
        {
            Answer(question, sender);
        }

        _waiting.RemoveAll(waiting => IsDue(waiting.Question));
    }

    private void Answer(Question<TView> question, IActorRef sender)
    {
        if (_damage is { } damage)
        {
            sender.Tell(new Status.Failure(damage));
            return;
        }

        var view = _isBusy ? _shown! : Publish();
        _ = Task.Run(() => Tell(question, view, sender));
    }

    private static void Tell(Question<TView> question, TView view, IActorRef sender)
    {
        try
        {
            sender.Tell(question.Answer(view));
        }
        catch (Exception failure)
        {
            // A question that has no answer (a total past 1e18) is told to the one who asked; the projection goes on.
            sender.Tell(new Status.Failure(failure));
        }
    }

    private sealed record WorkDone
    {
        public static WorkDone Instance { get; } = new();
    }
}
