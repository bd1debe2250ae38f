using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Triggers;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>What is to happen in one run, and when: the file's commands, schedules, dates, steps of parameters, figures, and what is put off on the way.</summary>
internal sealed class RunTimetable(SimulationPlan plan, ParameterValues parameters, Evaluation evaluation, TriggerStates[] states, Instant start, Instant end)
{
    private readonly Timetable _due = new();
    private bool _looksDaily;
    private Instant _nextLook = Instant.Minimum;

    /// <inheritdoc cref="Timetable.Next" />
    public Instant? Next() => _due.Next();

    /// <inheritdoc cref="Timetable.TryTake" />
    public bool TryTake(Instant at, out Timed timed) => _due.TryTake(at, out timed);

    /// <summary>All that is known before the clock runs.</summary>
    /// <param name="state">The companies as they are at the start.</param>
    public void PlanAll(ModelState state)
    {
        for (var i = 0; i < plan.Book.Commands.Count; i++)
        {
            // What is dated before the clock starts is given when it starts, before all else.
            _due.Add(Instant.Later(plan.Book.Commands[i].Envelope.EffectiveAt, start), new(TimedKind.Command, i, 0, 0));
        }

        for (var i = 0; i < plan.Parameters.Count; i++)
        {
            foreach (var (at, _) in parameters.Path(i))
            {
                Plan(at, new(TimedKind.Look, i, 0, 0));
            }
        }

        for (var i = 0; i < plan.Groups.Count; i++)
        {
            PlanSchedule(plan.Groups[i].Schedule, TimedKind.Values, i);
        }

        if (plan.FiguresEvery is { } figures)
        {
            PlanSchedule(figures, TimedKind.Figures, -1);
        }

        for (var i = 0; i < plan.Agreements.Count; i++)
        {
            foreach (var leaf in plan.Triggers.Leaves[i])
            {
                PlanLeaf(i, leaf, state);
            }
        }
    }

    private void PlanLeaf(int agreement, Trigger.Leaf leaf, ModelState state)
    {
        switch (leaf)
        {
            case Trigger.At at:
                var date = at.Date.Of(evaluation).AsInstant();
                if (date > start)
                {
                    Plan(date, new(TimedKind.Agreement, agreement, leaf.Number, 1));
                }
                else
                {
                    states[agreement].Past(leaf);
                }

                break;
            case Trigger.Every every:
                if (PlanSchedule(every, TimedKind.Agreement, agreement, leaf.Number) > 1)
                {
                    states[agreement].Past(leaf);
                }

                break;
            case Trigger.Milestone milestone when state.HasReached(milestone.Company, milestone.Text):
                states[agreement].Past(leaf);
                break;
            case Trigger.Holds:
                // Looked at whenever the clock lives an instant, and so at the first one; and each midnight while a parameter moves evenly.
                Plan(new(Math.Min(start.UtcTicks + 1, Instant.Maximum.UtcTicks)), new(TimedKind.Look, 0, 0, 0));
                _looksDaily = true;
                break;
            default:
                break;
        }
    }

    /// <summary>Plans the first time after the start, and says which it is.</summary>
    private int PlanSchedule(Trigger.Every every, TimedKind kind, int index, int part = 0)
    {
        var found = DatesOf(every).After(start);
        if (found is { } first)
        {
            Plan(first.At, new(kind, index, part, first.N));
        }

        return found?.N ?? int.MaxValue;
    }

    private ScheduleDates DatesOf(Trigger.Every every) =>
        new(every.From.Of(evaluation).AsInstant(), every.Unit, every.To?.Of(evaluation).AsInstant() ?? Instant.Maximum);

    /// <summary>The time of a schedule that follows on one that is due.</summary>
    public void PlanNext(Trigger.Every every, Timed timed)
    {
        if (DatesOf(every).Of(timed.Ordinal + 1) is { } next)
        {
            Plan(next, timed with { Ordinal = timed.Ordinal + 1 });
        }
    }

    /// <summary>Nothing where it is before the start or after the end.</summary>
    public void Plan(Instant at, Timed timed)
    {
        if (at > start && at <= end)
        {
            _due.Add(at, timed);
        }
    }

    /// <summary>The next look, when a condition could become true on the way from one value of a parameter to another.</summary>
    public void PlanMidnight(Instant now)
    {
        var midnight = new Instant((now.UtcTicks / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay);
        if (_looksDaily && midnight > _nextLook && Enumerable.Range(0, plan.Parameters.Count).Any(parameter => parameters.Moves(parameter, now)))
        {
            Plan(midnight, new(TimedKind.Look, 0, 0, 0));
            _nextLook = midnight;
        }
    }
}
