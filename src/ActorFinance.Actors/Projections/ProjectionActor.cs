using ActorFinance.Actors.Feed;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>A question to a projection; with <paramref name="AtLeast"/> it waits until the projection has come so far.</summary>
public abstract record Question<TIndex>(Offset AtLeast)
{
    /// <summary>The answer, immutable: it leaves the projection's thread.</summary>
    public abstract object Answer(TIndex index);
}

/// <summary>An index of the analysis and the feed that fills it: takes batches, answers questions in turn. After a damaged journal it answers nothing.</summary>
public abstract class ProjectionActor<TIndex>(TIndex index) : UntypedActor
{
    private readonly List<(Question<TIndex> Question, IActorRef Sender)> _waiting = [];
    private Offset _reached;
    private bool _caughtUp;
    private Exception? _damage;

    protected abstract void Apply(TIndex index, RecordedEvent recorded);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FeedBatch batch:
                Take(batch);
                Sender.Tell(new FeedTaken(batch.UpTo));
                AnswerWaiting();
                break;
            case FeedCaughtUp:
                _caughtUp = true;
                AnswerWaiting();
                break;
            case FeedBroken broken:
                _damage = broken.Cause;
                AnswerWaiting();
                break;
            case Question<TIndex> question when IsDue(question):
                Answer(question, Sender);
                break;
            case Question<TIndex> question:
                _waiting.Add((question, Sender));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private bool IsDue(Question<TIndex> question) => _damage is not null || (_caughtUp && question.AtLeast <= _reached);

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
                Apply(index, recorded);
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

    private void Answer(Question<TIndex> question, IActorRef sender)
    {
        if (_damage is { } damage)
        {
            sender.Tell(new Status.Failure(damage));
            return;
        }

        try
        {
            sender.Tell(question.Answer(index));
        }
        catch (Exception failure)
        {
            // A question that has no answer (a total past 1e18) is told to the one who asked; the projection goes on.
            sender.Tell(new Status.Failure(failure));
        }
    }
}
