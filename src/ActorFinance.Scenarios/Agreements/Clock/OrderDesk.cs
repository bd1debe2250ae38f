using System.Collections.Immutable;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>
/// Gives orders to the companies of one run. The model clock stamps them: an event is recorded when it happens, and ranks behind everything before it at
/// the same instant, so that the fold reads events in the order in which they were generated.
/// </summary>
internal sealed class OrderDesk
{
    /// <summary>More than a run of any scenario needs; it ends one that would fill the memory.</summary>
    public const int EventLimit = 5_000_000;

    private readonly History _history;
    private readonly Rehearsal _companies;
    private readonly List<CommandEnvelope> _commands = [];
    private readonly List<GeneratedEvent> _events = [];
    private readonly List<RefusedOrder> _refusals = [];
    private Instant _now;
    private Instant _recorded;
    private int _rank;
    private ulong _ids;

    public OrderDesk(History history, Func<CompanyId, CompanyState> companies, Func<Func<CompanyId, CompanyState>, ModelState> state)
    {
        _history = history;
        _companies = new(companies, () => _recorded, NewId);
        State = state(_companies.StateOf);
    }

    public ModelState State { get; }

    public IReadOnlyList<CommandEnvelope> Commands => _commands;

    public IReadOnlyList<GeneratedEvent> Events => _events;

    public IReadOnlyList<RefusedOrder> Refusals => _refusals;

    /// <summary>The companies as they are now.</summary>
    public CompanyState StateOf(CompanyId company) => _companies.StateOf(company);

    public void MoveTo(Instant now)
    {
        if (now != _now)
        {
            (_now, _rank) = (now, 0);
        }

        _recorded = Instant.Later(_history.LastRecordedAt, now);
    }

    /// <summary>A command of the file, at its own time; one that the history knows is a fact already.</summary>
    public ImmutableArray<EventEnvelope> Give(CommandEnvelope command)
    {
        if (_history.Commands.Contains(command.Id))
        {
            return [];
        }

        _rank = Math.Max(_rank, command.Rank);
        _recorded = Instant.Later(_recorded, command.KnownAt ?? Instant.Minimum);
        return Submit(command, agreement: null, trigger: null).Events;
    }

    /// <summary>An order of an agreement, now.</summary>
    /// <returns>The events, and the refusal when there was one.</returns>
    public (ImmutableArray<EventEnvelope> Events, Refusal? Refusal) Give(CommandEnvelope order, string agreement, string trigger, EventId? cause, string scenario)
    {
        var command = order with
        {
            Id = Value.Parse<CommandId>($"{scenario}:{agreement}:{_commands.Count + _refusals.Count + 1}"),
            EffectiveAt = _now,
            Rank = _rank + 1,
            IssuedBy = $"agreement {agreement} ({trigger})",
            Source = order.Source ?? scenario,
            Causation = cause,
        };
        var (events, refusal) = Submit(command, agreement, trigger);
        _rank += refusal is null ? 1 : 0;
        return (events, refusal);
    }

    private (ImmutableArray<EventEnvelope> Events, Refusal? Refusal) Submit(CommandEnvelope command, string? agreement, string? trigger)
    {
        var outcome = _companies.Submit(command, digest: default);
        if (outcome.Refusal is { } refusal)
        {
            _refusals.Add(new(_now, agreement, trigger, command, refusal));
            return ([], refusal);
        }

        _commands.Add(command);
        foreach (var envelope in outcome.Events)
        {
            _events.Add(new(envelope, agreement, trigger));
            State.Take(envelope);
            State.TakePrice(envelope, _companies.StateOf(envelope.Header.Emitter));
        }

        return (outcome.Events, null);
    }

    /// <summary>UUIDs of version 7 of the model's time and a count: the same run gives the same ids.</summary>
    private Guid NewId()
    {
        var count = ++_ids;
        var milliseconds = (ulong)Math.Max(0, (_now.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
        return new(
            (uint)(milliseconds >> 16),
            (ushort)(milliseconds & 0xFFFF),
            (ushort)(0x7000 | ((count >> 48) & 0xFFF)),
            0x80,
            (byte)(0x5A),
            (byte)((count >> 40) & 0xFF),
            (byte)((count >> 32) & 0xFF),
            (byte)((count >> 24) & 0xFF),
            (byte)((count >> 16) & 0xFF),
            (byte)((count >> 8) & 0xFF),
            (byte)(count & 0xFF));
    }
}
