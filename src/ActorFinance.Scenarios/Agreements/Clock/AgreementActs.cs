using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>The agreements that led to an event at this instant, the last first.</summary>
internal sealed record Chain(int Agreement, Chain? Before);

/// <summary>An event that agreements may answer.</summary>
internal sealed record Happening(EventEnvelope Envelope, Chain? Causes);

/// <summary>Agreements that act: their orders go to the companies, and what comes of them waits for whom it triggers.</summary>
internal sealed class AgreementActs(SimulationPlan plan, Evaluation evaluation, OrderDesk desk, RunTimetable timetable)
{
    private readonly int[] _acted = new int[plan.Agreements.Count];
    private readonly List<Delayed> _delayed = [];
    private readonly Queue<Happening> _happenings = new();

    private sealed record Delayed(int Agreement, int Order, int Ordinal, EventEnvelope? Event, string Trigger);

    /// <summary>The first that waits, if one does.</summary>
    public bool TryDequeue([NotNullWhen(true)] out Happening? happening) => _happenings.TryDequeue(out happening);

    /// <summary>The agreement acts, unless its guard says no: its orders are given, or put off.</summary>
    public void Act(int index, int ordinal, EventEnvelope? envelope, string text, Chain? causes)
    {
        var agreement = plan.Agreements[index];
        RefuseCircle(index, causes);
        ordinal = ordinal > 0 ? ordinal : ++_acted[index];
        (evaluation.Ordinal, evaluation.Event) = (ordinal, envelope);
        if (agreement.Guard is { } guard && !guard.Of(evaluation).IsTrue)
        {
            return;
        }

        for (var i = 0; i < agreement.Orders.Count; i++)
        {
            (evaluation.Ordinal, evaluation.Event) = (ordinal, envelope);
            if (agreement.Orders[i].Delay is { } delay)
            {
                PutOff(delay, new(index, i, ordinal, envelope, text));
            }
            else
            {
                Give(index, i, ordinal, envelope, text, new(index, causes));
            }
        }
    }

    private void PutOff(Term delay, Delayed order)
    {
        var span = delay.Of(evaluation);
        if (CalendarUnit.Add(evaluation.Now, span.Months, span.Number) is not { } at || at <= evaluation.Now)
        {
            throw delay.Fault(new(0, span.ToString(), "a duration above 0 that ends before the year 10000"));
        }

        _delayed.Add(order);
        timetable.Plan(at, new(TimedKind.Delayed, _delayed.Count - 1, 0, 0));
    }

    private void Give(int index, int order, int ordinal, EventEnvelope? envelope, string text, Chain? causes)
    {
        var agreement = plan.Agreements[index];
        (evaluation.Ordinal, evaluation.Event) = (ordinal, envelope);
        if (agreement.Orders[order].Make(evaluation) is not { } command)
        {
            return;
        }

        if (desk.Events.Count >= OrderDesk.EventLimit)
        {
            throw new RunFaultException(new(plan.File, agreement.Orders[order].Place.Line, agreement.Orders[order].Place.Column, agreement.Name, $"{desk.Events.Count:#,0} events", $"a run of at most {OrderDesk.EventLimit:#,0} events"));
        }

        var (events, refusal) = Submit(command, agreement, order, text, envelope?.Header.Id);
        if (refusal is not null && agreement.StopsWhenRefused)
        {
            var place = agreement.Orders[order].Place;
            throw new RunFaultException(new(plan.File, place.Line, place.Column, agreement.Name, $"{refusal.Code}: {refusal.Message}", $"accepted, as 'refused: stop' asks; '{command.Company}' refused it at {evaluation.Now}"));
        }

        Happen(events, causes);
    }

    private (ImmutableArray<EventEnvelope> Events, Refusal? Refusal) Submit(CommandEnvelope command, Agreement agreement, int order, string text, EventId? cause)
    {
        try
        {
            return desk.Give(command, agreement.Name, text, cause, plan.Book.Name);
        }
        catch (OverflowException beyond)
        {
            var place = agreement.Orders[order].Place;
            throw new RunFaultException(new(plan.File, place.Line, place.Column, agreement.Name, command.Command.GetType().Name, $"within what totals hold ({beyond.Message}); it was given at {evaluation.Now}"));
        }
    }

    /// <summary>An order that was put off is due.</summary>
    public void GiveDelayed(int number)
    {
        var delayed = _delayed[number];
        Give(delayed.Agreement, delayed.Order, delayed.Ordinal, delayed.Event, delayed.Trigger, causes: null);
    }

    /// <summary>What has happened waits for whom it triggers.</summary>
    public void Happen(ImmutableArray<EventEnvelope> events, Chain? causes)
    {
        foreach (var envelope in events)
        {
            if (envelope.Event is not (StepPosted or ReceiptAcknowledged))
            {
                _happenings.Enqueue(new(envelope, causes));
            }
        }
    }

    /// <summary>An agreement that would act on what it has itself brought about at this instant never ends: it is refused with the circle named.</summary>
    private void RefuseCircle(int index, Chain? causes)
    {
        for (var cause = causes; cause is not null; cause = cause.Before)
        {
            if (cause.Agreement != index)
            {
                continue;
            }

            var names = new List<string> { plan.Agreements[index].Name };
            for (var link = causes; link != cause; link = link!.Before)
            {
                names.Insert(0, plan.Agreements[link!.Agreement].Name);
            }

            names.Insert(0, plan.Agreements[index].Name);
            var place = plan.Agreements[index].Orders[0].Place;
            throw new RunFaultException(new(plan.File, place.Line, place.Column, "agreements", string.Join(" -> ", names), $"no circle at one instant ({evaluation.Now}): put one of them off with 'after', or guard it with 'if'"));
        }
    }
}
