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
    private readonly TriggerStates[] _states;
    private readonly RunTimetable _timetable;
    private readonly AgreementActs _acts;
    private readonly List<FigureReading> _readings = [];

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
        _timetable = new(plan, parameters, _evaluation, _states, from, end);
        _acts = new(plan, _evaluation, _desk, _timetable);
        for (var i = 0; i < readAt.Count; i++)
        {
            _timetable.Plan(readAt[i], new(TimedKind.Figures, i, 0, 0));
        }
    }

    public SimulationRun Run()
    {
        var now = _start;
        InputProblem? fault = null;
        try
        {
            MoveTo(_start);
            _timetable.PlanAll(_desk.State);
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

    private void Live(Instant now)
    {
        var reads = false;
        while (_timetable.TryTake(now, out var timed))
        {
            switch (timed.Kind)
            {
                case TimedKind.Command:
                    _acts.Happen(_desk.Give(_plan.Book.Commands[timed.Index].Envelope), causes: null);
                    break;
                case TimedKind.Values:
                    _timetable.PlanNext(_plan.Groups[timed.Index].Schedule, timed);
                    _values.Compute(timed.Index, _evaluation);
                    break;
                case TimedKind.Agreement:
                    ComeDue(timed);
                    break;
                case TimedKind.Delayed:
                    _acts.GiveDelayed(timed.Index);
                    break;
                case TimedKind.Figures:
                    reads = true;
                    if (timed.Index < 0)
                    {
                        _timetable.PlanNext(_plan.FiguresEvery!, timed);
                    }

                    break;
                default:
                    _timetable.PlanMidnight(now);
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

    private void ComeDue(Timed timed)
    {
        var leaf = Array.Find(_plan.Triggers.Leaves[timed.Index], leaf => leaf.Number == timed.Part)!;
        var (ordinal, text) = (0, "");
        switch (leaf)
        {
            case Trigger.Every every:
                _timetable.PlanNext(every, timed);
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
        while (_acts.TryDequeue(out var happening))
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
                    _acts.Act(i, ordinal: 0, envelope: null, leaf.Label, causes: null);
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
            _acts.Act(agreement, ordinal, envelope, text, causes);
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
