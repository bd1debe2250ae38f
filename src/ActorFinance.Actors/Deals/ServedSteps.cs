using System.Collections.Immutable;
using ActorFinance.Actors.Companies;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Deals;

/// <summary>
/// A company's part in the steps that others opened: it posts or refuses as their payer, or joins a void as one who counts what it takes back.
/// Most steps have one register that orders them here. A void of what several companies count has one of each: the payer posts when all have
/// written their side, and asks those that have not ordered yet (decision 0026). Who has ordered is not kept: after a restart they order again.
/// Part of <see cref="CompanyActor"/>: runs on its thread only.
/// </summary>
internal sealed class ServedSteps(CompanyActor actor)
{
    private readonly Dictionary<StepId, Dictionary<CompanyId, (PostStep Post, IActorRef Register)>> _ordered = [];

    public void Receive(object message, IActorRef sender)
    {
        switch (message)
        {
            case RehearseStep rehearse:
                Rehearse(rehearse, sender);
                break;
            case RehearseJoin rehearse:
                Rehearse(rehearse, sender);
                break;
            case PostStep post:
                Post(post, sender);
                break;
            case JoinVoid join:
                Join(join);
                break;
            case JoinRefused refused when !actor.State.Steps.ContainsKey(refused.Step) && _ordered.TryGetValue(refused.Step, out var ordered):
                var order = ordered.Values.First().Post.Order;
                Write(order, [Company.RefuseStep(order, new PayerRefused(refused.By, refused.Refusal.Code, refused.Refusal.Message))]);
                break;
        }
    }

    /// <summary>A receiver that was to join broke. The step goes on by its couriers; whoever ordered it need not wait for that.</summary>
    public bool Unanswered(StepUnanswered unanswered)
    {
        if (!_ordered.TryGetValue(unanswered.Step, out var ordered))
        {
            return false;
        }

        foreach (var (_, register) in ordered.Values)
        {
            register.Tell(unanswered);
        }

        return true;
    }

    private void Rehearse(RehearseStep rehearse, IActorRef register)
    {
        var order = rehearse.Order;
        if (Company.DecidePayment(actor.State, order) is Decision.Refused refused)
        {
            Rehearsed(order, refused.Refusal);
        }
        else
        {
            RehearseNext(order, [.. Joining(order)], register);
        }

        actor.Done(rehearse.Correlation);
    }

    private void Rehearse(RehearseJoin rehearse, IActorRef register)
    {
        var order = rehearse.Order;
        if (Company.DecideJoin(actor.State, order.ToJoin(actor.Company)) is Decision.Refused refused)
        {
            Rehearsed(order, refused.Refusal);
        }
        else
        {
            RehearseNext(order, rehearse.Others, register);
        }

        actor.Done(rehearse.Correlation);
    }

    /// <summary>One receiver after the other; the last tells the register.</summary>
    private void RehearseNext(StepOrder order, ImmutableArray<CompanyId> receivers, IActorRef register)
    {
        if (receivers.IsEmpty)
        {
            Rehearsed(order, refusal: null);
        }
        else
        {
            actor.Tell(new RehearseJoin(receivers[0], order, receivers[1..]), register);
        }
    }

    private void Rehearsed(StepOrder order, Refusal? refusal) => actor.Tell(new StepRehearsed(order.Register, order.Step, actor.Company, refusal));

    private void Post(PostStep post, IActorRef register)
    {
        var order = post.Order;
        if (actor.State.Steps.ContainsKey(order.Step))
        {
            Answer(post);
            return;
        }

        if (!_ordered.TryGetValue(order.Step, out var ordered))
        {
            _ordered.Add(order.Step, ordered = []);
        }

        ordered[order.Register] = (post, register);
        switch (Company.DecidePayment(actor.State, order))
        {
            case Decision.Accepted accepted when AllHaveOrdered(order, ordered):
                Write(order, accepted.Events);
                break;
            case Decision.Refused refused:
                Write(order, [Company.RefuseStep(order, refused.Refusal)]);
                break;
        }
    }

    /// <summary>If not, those that must join are asked; again with each order that comes, so that no message need arrive.</summary>
    private bool AllHaveOrdered(StepOrder order, Dictionary<CompanyId, (PostStep Post, IActorRef Register)> ordered)
    {
        var all = true;
        foreach (var receiver in Joining(order))
        {
            if (!ordered.ContainsKey(receiver))
            {
                all = false;
                actor.Tell(new JoinVoid(order.ToJoin(receiver)));
            }
        }

        return all;
    }

    private IEnumerable<CompanyId> Joining(StepOrder order) => Company.Joining(actor.State, order, actor.Services.Directory.PolicyOf);

    /// <summary>Posts or refuses the step, and answers each company that ordered it.</summary>
    private void Write(StepOrder order, ImmutableArray<EventDraft> drafts)
    {
        var events = ImmutableArray.CreateBuilder<SealedEvent>(drafts.Length);
        var (after, _) = actor.Seal(actor.State, drafts, order.Step, events);
        actor.Write(after, events.ToImmutable(), () =>
        {
            _ordered.Remove(order.Step, out var ordered);
            foreach (var (post, _) in ordered!.Values)
            {
                Answer(post);
            }
        });
    }

    private void Answer(PostStep post)
    {
        var order = post.Order;
        var standing = actor.State.Steps[order.Step];
        actor.Tell(new StepAnswered(
            order.Register,
            order.Step,
            standing.PostingEvent is { } posting ? actor.Remembered(posting) : null,
            standing.Refused is { } refused ? $"{refused.Code}: {refused.Message}" : ""));
        actor.Done(post.Correlation);
    }

    /// <summary>Writes this company's side, pending, and orders the payer; or refuses, having written nothing.</summary>
    private void Join(JoinVoid join)
    {
        var order = join.Order;
        switch (Company.DecideJoin(actor.State, order))
        {
            case Decision.OpensStep opens:
                var events = ImmutableArray.CreateBuilder<SealedEvent>(1);
                var (after, _) = actor.Seal(actor.State, [opens.Pending], order.Step, events);
                var pending = events[0].Envelope;
                actor.Write(after, events.ToImmutable(), () =>
                {
                    actor.Dispatch(pending);
                    actor.Done(join.Correlation);
                });
                break;
            case Decision.Refused refused:
                actor.Tell(new JoinRefused(order.Poster, order.Step, actor.Company, refused.Refusal));
                actor.Done(join.Correlation);
                break;
            default:
                actor.Done(join.Correlation);
                break;
        }
    }
}
