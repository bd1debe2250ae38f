using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Tests.Scenarios;

/// <summary>Puts a file's commands before the companies' own decisions, one after the other and without an actor, and keeps what they emit.</summary>
internal sealed class Deciding
{
    private readonly Dictionary<CompanyId, CompanyState> _states = [];
    private readonly List<EventEnvelope> _events = [];
    private int _steps;

    private Deciding()
    {
    }

    /// <summary>The events that count, in fold order: pending ones whose step was posted are posted here.</summary>
    public IReadOnlyList<EventEnvelope> Events => [.. _events.OrderBy(e => e.Header.EffectiveAt).ThenBy(e => e.Header.Rank)];

    public static Deciding All(CommandBook book)
    {
        var deciding = new Deciding();
        foreach (var sourced in book.Commands)
        {
            deciding.Decide(sourced);
        }

        return deciding;
    }

    public static CommandBook Bundled(string name) =>
        CommandFile.Read(Path.Combine(AppContext.BaseDirectory, "scenarios", name)) switch
        {
            ReadResult.Accepted accepted => accepted.Book,
            ReadResult.Rejected rejected => throw new InvalidDataException(string.Join(Environment.NewLine, rejected.Problems)),
            var other => throw new InvalidDataException(other.ToString()),
        };

    private void Decide(SourcedCommand sourced)
    {
        var command = sourced.Envelope;
        var place = $"{sourced.File}:{sourced.Line}: {command.Company} {command.Command.GetType().Name}";
        var decision = Company.Decide(State(command.Company), command, CommandJson.DigestOf(command), Counterpart);
        switch (decision)
        {
            case Decision.Accepted accepted:
                foreach (var draft in accepted.Events)
                {
                    Write(command.Company, draft);
                }

                break;
            case Decision.OpensStep opens:
                var step = new StepId(new Guid(++_steps, 0, 0, new byte[8]));
                Write(command.Company, opens.Pending with { Step = step });
                var order = new StepOrder(step, command.Company, opens.Poster, opens.Payment, opens.Pending.Particulars);
                var payment = Company.DecidePayment(State(opens.Poster), order).ShouldBeOfType<Decision.Accepted>(place);
                Write(opens.Poster, payment.Events.Single());
                Write(command.Company, Company.CloseStep(State(command.Company), step, _events[^1].Header.Id, "")!);
                break;
            default:
                decision.ShouldBeOfType<Decision.Accepted>($"{place}: {decision}");
                break;
        }
    }

    private void Write(CompanyId company, EventDraft draft)
    {
        var state = State(company);
        var particulars = draft.Particulars;
        var recorded = Instant.Of(2040, 1, 1);
        var header = new EventHeader(
            new(new Guid(_events.Count + 1, 1, 0, new byte[8])), company, state.LastSequenceNumber + 1, particulars.EffectiveAt, particulars.Rank,
            recorded, particulars.KnownAt ?? recorded, particulars.Deal, particulars.Leg, particulars.Tranche, draft.Step, draft.Role, particulars.Command,
            particulars.CommandDigest, particulars.Causation, particulars.Source, particulars.Confidence, particulars.IssuedBy, default);
        var envelope = new EventEnvelope(header, draft.Event);
        _states[company] = Company.Evolve(state, envelope);
        _events.Add(envelope);
    }

    private CompanyState State(CompanyId company) => _states.GetValueOrDefault(company) ?? CompanyState.Empty(company);

    private CashPolicy? Counterpart(CompanyId company) => _states.GetValueOrDefault(company)?.Profile?.CashPolicy;
}
