using System.Collections.Immutable;
using System.Globalization;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Triggers;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>
/// One run of the model clock. At each instant, in this order: the file's own commands, the values that are due, the agreements that are due (each
/// followed by those that its events trigger), and, once all is quiet, the conditions; then the figures are read. Within each of these the file's order holds.
/// </summary>
internal sealed class ClockRun
{
    private readonly SimulationPlan _plan;
    private readonly Instant _start;
    private readonly Instant _end;
    private readonly IProgress<Instant>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly ParameterValues _parameters;
    private readonly ExpressionValue?[] _parameterNow;
    private readonly OrderDesk _desk;
    private readonly Evaluation _evaluation;
    private readonly ValueComputation _values;
    private readonly Timetable _timetable = new();
    private readonly TriggerStates[] _states;
    private readonly int[] _acted;
    private readonly List<Delayed> _delayed = [];
    private readonly List<FigureReading> _readings = [];
    private readonly Queue<Happening> _happenings = new();
    private bool _looksDaily;
    private Instant _nextLook = Instant.Minimum;

    public ClockRun(
        SimulationPlan plan,
        History history,
        ModelState start,
        ParameterValues parameters,
        Instant from,
        Instant end,
        IReadOnlyList<Instant> readAt,
        IProgress<Instant>? progress,
        CancellationToken cancellation)
    {
        (_plan, _start, _end, _progress, _cancellation, _parameters) = (plan, from, end, progress, cancellation, parameters);
        _parameterNow = new ExpressionValue?[plan.Parameters.Count];
        _desk = new(history, company => Fresh(history.StateOf(company)), start.Fork);
        _evaluation = new(_desk.State, _parameterNow, new(plan.Starts, plan.Questions));
        _values = new(plan.Groups);
        _states = [.. plan.Agreements.Select(agreement => new TriggerStates(agreement.When, agreement.Numbers))];
        _acted = new int[plan.Agreements.Count];
        for (var i = 0; i < readAt.Count; i++)
        {
            Plan(readAt[i], new(TimedKind.Figures, i, 0, 0));
        }
    }

    /// <summary>An event, and the agreements that led to it at this instant, the last first.</summary>
    private sealed record Happening(EventEnvelope Envelope, Chain? Causes);

    private sealed record Chain(int Agreement, Chain? Before);

    private sealed record Delayed(int Agreement, int Order, int Ordinal, EventEnvelope? Event, string Trigger);

    public SimulationRun Run()
    {
        var now = _start;
        InputProblem? fault = null;
        try
        {
            MoveTo(_start);
            PlanAll();
            while (_timetable.Next() is { } next && next <= _end)
            {
                _cancellation.ThrowIfCancellationRequested();
                _progress?.Report(next);
                now = next;
                MoveTo(next);
                Live(next);
            }

            now = _end;
            MoveTo(_end);
            Read(_end);
        }
        catch (RunFaultException stopped)
        {
            fault = stopped.Problem;
        }

        return new(now, _desk.Commands, _desk.Events, _desk.Refusals, _readings, fault);
    }

    /// <summary>The ids that history took are no part of a run: it has its own, and shares nothing that it adds to.</summary>
    private static CompanyState Fresh(CompanyState state) =>
        state with { Commands = GrowingMap<CommandId, CommandOutcome>.Empty, Events = GrowingMap<EventId, EventSlot>.Empty };

    private void MoveTo(Instant now)
    {
        _evaluation.Now = now;
        _desk.MoveTo(now);
        for (var i = 0; i < _parameterNow.Length; i++)
        {
            _parameterNow[i] = _parameters.At(i, now);
        }
    }

    private void PlanAll()
    {
        for (var i = 0; i < _plan.Book.Commands.Count; i++)
        {
            // What is dated before the clock starts is given when it starts, before all else.
            _timetable.Add(Instant.Later(_plan.Book.Commands[i].Envelope.EffectiveAt, _start), new(TimedKind.Command, i, 0, 0));
        }

        for (var i = 0; i < _plan.Parameters.Count; i++)
        {
            foreach (var (at, _) in _parameters.Path(i))
            {
                Plan(at, new(TimedKind.Look, i, 0, 0));
            }
        }

        for (var i = 0; i < _plan.Groups.Count; i++)
        {
            PlanSchedule(_plan.Groups[i].Schedule, TimedKind.Values, i);
        }

        if (_plan.FiguresEvery is { } figures)
        {
            PlanSchedule(figures, TimedKind.Figures, -1);
        }

        for (var i = 0; i < _plan.Agreements.Count; i++)
        {
            foreach (var leaf in _plan.Triggers.Leaves[i])
            {
                PlanLeaf(i, leaf);
            }
        }
    }

    private void PlanLeaf(int agreement, Trigger.Leaf leaf)
    {
        switch (leaf)
        {
            case Trigger.At at:
                var date = at.Date.Of(_evaluation).AsInstant();
                if (date > _start)
                {
                    Plan(date, new(TimedKind.Agreement, agreement, leaf.Number, 1));
                }
                else
                {
                    _states[agreement].Past(leaf);
                }

                break;
            case Trigger.Every every:
                if (PlanSchedule(every, TimedKind.Agreement, agreement, leaf.Number) > 1)
                {
                    _states[agreement].Past(leaf);
                }

                break;
            case Trigger.Milestone milestone when _desk.State.HasReached(milestone.Company, milestone.Text):
                _states[agreement].Past(leaf);
                break;
            case Trigger.Holds:
                // Looked at whenever the clock lives an instant, and so at the first one; and each midnight while a parameter moves evenly.
                Plan(new(Math.Min(_start.UtcTicks + 1, Instant.Maximum.UtcTicks)), new(TimedKind.Look, 0, 0, 0));
                _looksDaily = true;
                break;
            default:
                break;
        }
    }

    /// <summary>Plans the first time after the start, and says which it is.</summary>
    private int PlanSchedule(Trigger.Every every, TimedKind kind, int index, int part = 0)
    {
        var found = DatesOf(every).After(_start);
        if (found is { } first)
        {
            Plan(first.At, new(kind, index, part, first.N));
        }

        return found?.N ?? int.MaxValue;
    }

    private ScheduleDates DatesOf(Trigger.Every every) =>
        new(every.From.Of(_evaluation).AsInstant(), every.Unit, every.To?.Of(_evaluation).AsInstant() ?? Instant.Maximum);

    private void PlanNext(Trigger.Every every, Timed timed)
    {
        if (DatesOf(every).Of(timed.Ordinal + 1) is { } next)
        {
            Plan(next, timed with { Ordinal = timed.Ordinal + 1 });
        }
    }

    private void Plan(Instant at, Timed timed)
    {
        if (at > _start && at <= _end)
        {
            _timetable.Add(at, timed);
        }
    }

    private void Live(Instant now)
    {
        var reads = false;
        while (_timetable.TryTake(now, out var timed))
        {
            switch (timed.Kind)
            {
                case TimedKind.Command:
                    Happen(_desk.Give(_plan.Book.Commands[timed.Index].Envelope), causes: null);
                    break;
                case TimedKind.Values:
                    PlanNext(_plan.Groups[timed.Index].Schedule, timed);
                    _values.Compute(timed.Index, _evaluation);
                    break;
                case TimedKind.Agreement:
                    ComeDue(timed);
                    break;
                case TimedKind.Delayed:
                    var delayed = _delayed[timed.Index];
                    Give(delayed.Agreement, delayed.Order, delayed.Ordinal, delayed.Event, delayed.Trigger, causes: null);
                    break;
                case TimedKind.Figures:
                    reads = true;
                    if (timed.Index < 0)
                    {
                        PlanNext(_plan.FiguresEvery!, timed);
                    }

                    break;
                default:
                    PlanMidnight(now);
                    break;
            }

            Settle();
        }

        while (FindConditions(now))
        {
            Settle();
        }

        if (reads && now < _end)
        {
            Read(now);
        }
    }

    /// <summary>The next look, when a condition could become true on the way from one value of a parameter to another.</summary>
    private void PlanMidnight(Instant now)
    {
        var midnight = new Instant((now.UtcTicks / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay);
        if (_looksDaily && midnight > _nextLook && Enumerable.Range(0, _parameterNow.Length).Any(parameter => _parameters.Moves(parameter, now)))
        {
            Plan(midnight, new(TimedKind.Look, 0, 0, 0));
            _nextLook = midnight;
        }
    }

    private void ComeDue(Timed timed)
    {
        var leaf = Array.Find(_plan.Triggers.Leaves[timed.Index], leaf => leaf.Number == timed.Part)!;
        var (ordinal, text) = (0, "");
        switch (leaf)
        {
            case Trigger.Every every:
                PlanNext(every, timed);
                ordinal = timed.Ordinal;
                text = string.Create(CultureInfo.InvariantCulture, $"every {every.Word}, no. {timed.Ordinal}");
                break;
            default:
                text = $"date {new ExpressionValue(ValueKind.Date, _evaluation.Now.UtcTicks)}";
                break;
        }

        Happen(timed.Index, leaf, ordinal, envelope: null, text, causes: null);
    }

    /// <summary>Events trigger agreements until none is left that any agreement answers.</summary>
    private void Settle()
    {
        while (_happenings.TryDequeue(out var happening))
        {
            foreach (var (agreement, leaf) in _plan.Triggers.Of(happening.Envelope))
            {
                Happen(agreement, leaf, ordinal: 0, happening.Envelope, leaf is Trigger.Milestone milestone ? milestone.Label : ((Trigger.Matching)leaf).Label, happening.Causes);
            }
        }
    }

    private bool FindConditions(Instant now)
    {
        var acted = false;
        for (var i = 0; i < _plan.Agreements.Count; i++)
        {
            foreach (var leaf in _plan.Triggers.Conditions[i])
            {
                if (_states[i].Finds(leaf, leaf.Condition.Of(_evaluation).IsTrue, now))
                {
                    Act(i, ordinal: 0, envelope: null, leaf.Label, causes: null);
                    acted = true;
                }
            }
        }

        return acted;
    }

    private void Happen(int agreement, Trigger.Leaf leaf, int ordinal, EventEnvelope? envelope, string text, Chain? causes)
    {
        foreach (var condition in _plan.Triggers.Conditions[agreement])
        {
            _states[agreement].Looks(condition, condition.Condition.Of(_evaluation).IsTrue);
        }

        if (_states[agreement].Happens(leaf))
        {
            Act(agreement, ordinal, envelope, text, causes);
        }
    }

    private void Act(int index, int ordinal, EventEnvelope? envelope, string text, Chain? causes)
    {
        var agreement = _plan.Agreements[index];
        RefuseCircle(index, causes);
        ordinal = ordinal > 0 ? ordinal : ++_acted[index];
        (_evaluation.Ordinal, _evaluation.Event) = (ordinal, envelope);
        if (agreement.Guard is { } guard && !guard.Of(_evaluation).IsTrue)
        {
            return;
        }

        for (var i = 0; i < agreement.Orders.Count; i++)
        {
            (_evaluation.Ordinal, _evaluation.Event) = (ordinal, envelope);
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
        var span = delay.Of(_evaluation);
        if (CalendarUnit.Add(_evaluation.Now, span.Months, span.Number) is not { } at || at <= _evaluation.Now)
        {
            throw delay.Fault(new(0, span.ToString(), "a duration above 0 that ends before the year 10000"));
        }

        _delayed.Add(order);
        Plan(at, new(TimedKind.Delayed, _delayed.Count - 1, 0, 0));
    }

    private void Give(int index, int order, int ordinal, EventEnvelope? envelope, string text, Chain? causes)
    {
        var agreement = _plan.Agreements[index];
        (_evaluation.Ordinal, _evaluation.Event) = (ordinal, envelope);
        if (agreement.Orders[order].Make(_evaluation) is not { } command)
        {
            return;
        }

        if (_desk.Events.Count >= OrderDesk.EventLimit)
        {
            throw new RunFaultException(new(_plan.File, agreement.Orders[order].Place.Line, agreement.Orders[order].Place.Column, agreement.Name, $"{_desk.Events.Count:#,0} events", $"a run of at most {OrderDesk.EventLimit:#,0} events"));
        }

        var (events, refusal) = Submit(command, agreement, order, text, envelope?.Header.Id);
        if (refusal is not null && agreement.StopsWhenRefused)
        {
            var place = agreement.Orders[order].Place;
            throw new RunFaultException(new(_plan.File, place.Line, place.Column, agreement.Name, $"{refusal.Code}: {refusal.Message}", $"accepted, as 'refused: stop' asks; '{command.Company}' refused it at {_evaluation.Now}"));
        }

        Happen(events, causes);
    }

    private (ImmutableArray<EventEnvelope> Events, Refusal? Refusal) Submit(CommandEnvelope command, Agreement agreement, int order, string text, EventId? cause)
    {
        try
        {
            return _desk.Give(command, agreement.Name, text, cause, _plan.Book.Name);
        }
        catch (OverflowException beyond)
        {
            var place = agreement.Orders[order].Place;
            throw new RunFaultException(new(_plan.File, place.Line, place.Column, agreement.Name, command.Command.GetType().Name, $"within what totals hold ({beyond.Message}); it was given at {_evaluation.Now}"));
        }
    }

    private void Happen(ImmutableArray<EventEnvelope> events, Chain? causes)
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

            var names = new List<string> { _plan.Agreements[index].Name };
            for (var link = causes; link != cause; link = link!.Before)
            {
                names.Insert(0, _plan.Agreements[link!.Agreement].Name);
            }

            names.Insert(0, _plan.Agreements[index].Name);
            var place = _plan.Agreements[index].Orders[0].Place;
            throw new RunFaultException(new(_plan.File, place.Line, place.Column, "agreements", string.Join(" -> ", names), $"no circle at one instant ({_evaluation.Now}): put one of them off with 'after', or guard it with 'if'"));
        }
    }

    private void Read(Instant at)
    {
        var values = new ExpressionValue?[_plan.Figures.Count];
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = _plan.Figures[i].Term.Of(_evaluation);
            }
            catch (RunFaultException)
            {
                // A figure without a value, such as a price before the first one, is an answer: none.
                values[i] = null;
            }
        }

        // The reading of the end stands for its day: one at that day's midnight would be the same again.
        if (at == _end && _readings is [.., var last] && last.At.EndOfDay() == at.EndOfDay())
        {
            _readings.RemoveAt(_readings.Count - 1);
        }

        _readings.Add(new(at, values));
    }
}
