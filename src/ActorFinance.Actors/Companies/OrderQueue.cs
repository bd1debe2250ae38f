using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorFinance.Actors.Deals;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Companies;

/// <summary>
/// The orders of one company, one after the other. Plain decisions that follow each other are written together; a step is taken to its end before
/// the order after it is decided. An order that waits for another company to open a void is put aside meanwhile, so that voids that others open here
/// go on: two companies that void against each other would else wait for ever. Part of <see cref="CompanyActor"/>: runs on its thread only.
/// </summary>
internal sealed class OrderQueue(CompanyActor actor)
{
    private readonly Queue<Work> _submits = new();
    private readonly Queue<Work> _openings = new();
    private Work? _current;
    private Work? _aside;
    private OpenStep? _step;
    private bool _writing;

    public bool IsEmpty => _current is null && _aside is null && _submits.Count == 0 && _openings.Count == 0;

    public void Add(Submit submit, IActorRef sender)
    {
        _submits.Enqueue(new(submit.Commands, Opens: null, sender, submit.Correlation) { Trace = submit.Trace });
        Advance();
    }

    public void Add(OpenVoid open, IActorRef sender)
    {
        _openings.Enqueue(new([open.Command], open.Opens, sender, open.Correlation));
        Advance();
    }

    public void Rehearsed(StepRehearsed rehearsed)
    {
        if (_step is not { IsRehearsing: true } step || step.Step != rehearsed.Step)
        {
            return;
        }

        actor.Timers.Cancel(step.Step);
        if (rehearsed.Refusal is { } refusal)
        {
            EndStep(new CommandReply.Refused(step.Command.Id, new PayerRefused(rehearsed.By, refusal.Code, refusal.Message)));
            return;
        }

        WritePending(step);
    }

    public void Overdue(StepId stepId)
    {
        if (_step is { IsRehearsing: true } step && step.Step == stepId)
        {
            EndStep(new CommandReply.Refused(step.Command.Id, new CounterpartUnreachable(step.Opens.Poster)));
        }
    }

    /// <summary>The poster broke. A pending step goes on by its courier; whoever ordered it need not wait for that.</summary>
    public void Unanswered(StepUnanswered unanswered)
    {
        if (_step is { } step && step.Step == unanswered.Step)
        {
            actor.Timers.Cancel(step.Step);
            CompanyTracing.End(step.Span);
            _step = null;
            var work = _current!;
            _current = null;
            Fail(work, $"'{unanswered.By}': {unanswered.Reason}");
            Advance();
        }
    }

    /// <summary>The register's last word is on disk.</summary>
    public void Closed(StepAnswered answered)
    {
        if (_step is { IsRehearsing: false } step && step.Step == answered.Step)
        {
            EndStep(ReplyOfStep(step.Command.Id, answered, step.Events));
        }
    }

    public void VoidAnswered(VoidAnswered answered)
    {
        if (_aside is { } work && work.AwaitedVoid == answered.Correlation)
        {
            work.AwaitedVoid = null;
            work.Answer(answered.Reply is CommandReply.Accepted { Events: var events, Repeated: var repeated } && actor.State.Commands.TryGetValue(answered.Reply.Command, out var own)
                ? Accepted(answered.Reply.Command, own, events, repeated)
                : answered.Reply);
            Advance();
        }
    }

    public void Unanswered(VoidUnanswered unanswered)
    {
        if (_aside is { } work && work.AwaitedVoid == unanswered.Correlation)
        {
            _aside = null;
            Fail(work, $"'{unanswered.Company}': {unanswered.Reason}");
            Advance();
        }
    }

    /// <summary>Goes on until something must be waited for. A loop: thousands of orders that write nothing must not stand on the stack.</summary>
    private void Advance()
    {
        while (!_writing && _step is null && (_current ??= Take()) is { } work)
        {
            if (!Run(work))
            {
                return;
            }
        }
    }

    private Work? Take()
    {
        if (_openings.TryDequeue(out var opening))
        {
            return opening;
        }

        if (_aside is not { } aside)
        {
            return _submits.TryDequeue(out var submit) ? submit : null;
        }

        if (aside.AwaitedVoid is not null)
        {
            return null;
        }

        _aside = null;
        return aside;
    }

    /// <summary>Decides as many commands as can be written together and writes them. False: a message will bring it on.</summary>
    private bool Run(Work work)
    {
        var deciding = CompanyTracing.Start("decide", actor.Company, work.Commands, work.Trace);
        try
        {
            return DecideAndWrite(work);
        }
        finally
        {
            CompanyTracing.End(deciding);
        }
    }

    private bool DecideAndWrite(Work work)
    {
        var events = ImmutableArray.CreateBuilder<SealedEvent>();
        var state = actor.State;
        while (work.Next < work.Commands.Length)
        {
            var command = work.Commands[work.Next];
            var decision = Decide(work, state, command);
            if (decision is Decision.OpensStep or Decision.OpensAt or Decision.Repeated { Outcome.Step: not null })
            {
                // What stands before it is written first; the step is decided again on what is then on disk.
                if (events.Count > 0)
                {
                    break;
                }

                return Start(work, command, decision);
            }

            var first = events.Count;
            (state, var refusal) = decision switch
            {
                Decision.Accepted accepted => actor.Seal(state, accepted.Events, StepFor(accepted), events),
                Decision.Refused refused => (state, refused.Refusal),
                _ => (state, null),
            };
            work.Answer(refusal is not null
                ? new CommandReply.Refused(command.Id, refusal)
                : Accepted(command.Id, state.Commands[command.Id], EnvelopesFrom(events, first), decision is Decision.Repeated));
        }

        if (events.Count > 0)
        {
            Write(work, state, events.DrainToImmutable(), Advance);
            return false;
        }

        Finish(work);
        return true;
    }

    /// <summary>An id only where a draft names its step.</summary>
    private StepId StepFor(Decision.Accepted accepted)
    {
        foreach (var draft in accepted.Events)
        {
            if (draft.Role != StepRole.None)
            {
                return NewStep();
            }
        }

        return default;
    }

    private StepId NewStep() => new(TimedIds.Next(actor.Services.Clock.GetUtcNow()));

    private Decision Decide(Work work, CompanyState state, DigestedCommand command) => work.Opens is { } opens
        ? Model.Company.DecideVoidOf(state, command.Command, command.Digest, opens, actor.Services.Directory.PolicyOf)
        : Model.Company.Decide(state, command.Command, command.Digest, actor.Services.Directory.PolicyOf);

    /// <summary>True: there is more to do at once.</summary>
    private bool Start(Work work, DigestedCommand command, Decision decision)
    {
        switch (decision)
        {
            case Decision.OpensStep opens:
                _step = new(NewStep(), command, opens) { IsRehearsing = true, Span = SpanOf(work, opens.Poster) };
                actor.Timers.StartSingleTimer(_step.Step, new RehearsalOverdue(_step.Step), actor.Services.Limits.RehearsalTimeout);
                actor.Tell(new RehearseStep(new(_step.Step, actor.Company, opens.Poster, opens.Payment, opens.Pending.Particulars)));
                return false;
            case Decision.OpensAt opens:
                var open = new OpenVoid(opens.Register, command, opens);
                work.AwaitedVoid = open.Correlation;
                _aside = work;
                _current = null;
                actor.Tell(open);
                return true;
            case Decision.Repeated { Outcome.Step: { } step } when actor.State.OpenSteps.Contains(step):
                // Sent again while its step is under way: the same answer, when there is one.
                _step = new(step, command, Opens: null!) { Span = SpanOf(work, poster: null) };
                return false;
            case Decision.Repeated repeated:
                work.Answer(Accepted(command.Id, repeated.Outcome, [], repeated: true));
                return true;
            default:
                throw new InvalidOperationException($"{decision.GetType().Name} starts nothing");
        }
    }

    private void WritePending(OpenStep step)
    {
        // Decided again: the company may have served others while it waited.
        if (Decide(_current!, actor.State, step.Command) is not Decision.OpensStep opens || opens.Poster != step.Opens.Poster)
        {
            CompanyTracing.End(step.Span);
            _step = null;
            Advance();
            return;
        }

        var events = ImmutableArray.CreateBuilder<SealedEvent>(1);
        var (after, refusal) = actor.Seal(actor.State, [opens.Pending], step.Step, events);
        if (refusal is not null)
        {
            EndStep(new CommandReply.Refused(step.Command.Id, refusal));
            return;
        }

        step.IsRehearsing = false;
        step.Events = [events[0].Envelope];
        Write(_current!, after, events.ToImmutable(), () => actor.Dispatch(step.Events[0]));
    }

    private void Write(Work work, CompanyState after, ImmutableArray<SealedEvent> events, Action then)
    {
        _writing = true;
        var persisting = CompanyTracing.Start("persist", actor.Company, work.Commands, work.Trace);
        actor.Write(after, events, () =>
        {
            CompanyTracing.End(persisting);
            _writing = false;
            then();
        });
    }

    private CommandReply ReplyOfStep(CommandId command, StepAnswered answered, ImmutableArray<EventEnvelope> pending)
    {
        var standing = actor.State.Steps[answered.Step];
        if (standing.State == StepState.Posted)
        {
            return Accepted(command, actor.State.Commands[command], pending.IsEmpty ? [] : pending.Add(answered.Posting!), repeated: pending.IsEmpty);
        }

        // The same words as from a dry decision.
        var colon = answered.Refusal.IndexOf(": ", StringComparison.Ordinal);
        return new CommandReply.Refused(command, colon < 0
            ? new PayerRefused(standing.Poster ?? actor.Company, "", answered.Refusal)
            : new PayerRefused(standing.Poster ?? actor.Company, answered.Refusal[..colon], answered.Refusal[(colon + 2)..]));
    }

    private CommandReply.Accepted Accepted(CommandId command, CommandOutcome outcome, ImmutableArray<EventEnvelope> events, bool repeated) =>
        new(command, actor.Company, outcome.FirstSequenceNumber, outcome.LastSequenceNumber, events, repeated);

    private static ImmutableArray<EventEnvelope> EnvelopesFrom(ImmutableArray<SealedEvent>.Builder events, int first)
    {
        var envelopes = new EventEnvelope[events.Count - first];
        for (var i = 0; i < envelopes.Length; i++)
        {
            envelopes[i] = events[first + i].Envelope;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(envelopes);
    }

    private Activity? SpanOf(Work work, CompanyId? poster) =>
        CompanyTracing.Start("step", actor.Company, [work.Commands[work.Next]], work.Trace)?.SetTag("actorfinance.counterpart", poster?.Value);

    private void EndStep(CommandReply reply)
    {
        CompanyTracing.End(_step?.Span);
        _step = null;
        _current!.Answer(reply);
        Advance();
    }

    private void Finish(Work work)
    {
        _current = null;
        if (work.Opens is not null)
        {
            actor.Tell(new VoidAnswered(work.Commands[0].Command.Company, work.Correlation, work.Replies[0]));
        }
        else
        {
            work.Sender.Tell(new Submitted(actor.Company, [.. work.Replies]));
        }

        actor.Done(work.Correlation);
    }

    private void Fail(Work work, string reason)
    {
        work.Sender.Tell(work.Opens is null ? new SubmitFailed(actor.Company, reason) : new VoidUnanswered(work.Correlation, actor.Company, reason));
        actor.Done(work.Correlation);
    }

    internal sealed record RehearsalOverdue(StepId Step);

    private sealed record Work(ImmutableArray<DigestedCommand> Commands, Decision.OpensAt? Opens, IActorRef Sender, long Correlation)
    {
        public int Next { get; private set; }

        /// <summary>The span that sent it.</summary>
        public ActivityContext Trace { get; init; }

        /// <summary>The <see cref="OpenVoid"/> that the next command waits for.</summary>
        public long? AwaitedVoid { get; set; }

        public List<CommandReply> Replies { get; } = new(Commands.Length);

        public void Answer(CommandReply reply)
        {
            Replies.Add(reply);
            Next++;
        }
    }

    private sealed record OpenStep(StepId Step, DigestedCommand Command, Decision.OpensStep Opens)
    {
        public bool IsRehearsing { get; set; }

        /// <summary>From the first question to the other company to its last answer.</summary>
        public Activity? Span { get; init; }

        public ImmutableArray<EventEnvelope> Events { get; set; } = [];
    }
}
