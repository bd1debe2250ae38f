using System.Collections.Immutable;

namespace ActorFinance.Model.Tests;

/// <summary>A fact with the particulars that matter to a rule.</summary>
internal sealed record GivenFact(CompanyEvent Event, Instant At, int Rank = 0, DealId? Deal = null, StepId? Step = null, StepRole Role = StepRole.None)
{
    public static implicit operator GivenFact(CompanyEvent fact) => new(fact, Vocabulary.Day1);
}

/// <summary>Given facts, when a command, then facts or a refusal. The n-th fact after the registration has the id <see cref="Vocabulary.Id"/>(n).</summary>
internal sealed class Given
{
    private Given(CompanyState state) => State = state;

    public CompanyState State { get; }

    /// <summary>A registered company under <c>allow-shortfall</c>.</summary>
    public static Given Company(params GivenFact[] facts) => Company(Vocabulary.Acme, facts);

    /// <summary>A registered company under <c>reject-shortfall</c>.</summary>
    public static Given GuardedCompany(params GivenFact[] facts) => Company(Vocabulary.Prudent, facts);

    public static Given Unregistered(CompanyId? company = null) => new(CompanyState.Empty(company ?? Vocabulary.Acme));

    public static CashPolicy? Others(CompanyId company) =>
        company == Vocabulary.Prudent || company == Vocabulary.Thrifty ? CashPolicy.RejectShortfall
        : company == Vocabulary.Acme || company == Vocabulary.Nvidia || company == Vocabulary.Openai ? CashPolicy.AllowShortfall
        : null;

    public static GivenFact At(Instant at, CompanyEvent fact, int rank = 0, DealId? deal = null) => new(fact, at, rank, deal);

    public static GivenFact Under(DealId deal, CompanyEvent fact, Instant? at = null) => new(fact, at ?? Vocabulary.Day1, Deal: deal);

    public static GivenFact InStep(int step, StepRole role, CompanyEvent fact, Instant? at = null) => new(fact, at ?? Vocabulary.Day1, Step: Vocabulary.Step(step), Role: role);

    public static CommandEnvelope Order(CompanyCommand command, Instant? at = null, int rank = 0, DealId? deal = null, string id = "order", CompanyId? company = null) =>
        new(Value.Parse<CommandId>(id), company ?? Vocabulary.Acme, at ?? Vocabulary.Day2, command) { Rank = rank, Deal = deal };

    public When When(CompanyCommand command, Instant? at = null, int rank = 0, DealId? deal = null) =>
        When(Order(command, at, rank, deal, company: State.Id));

    public When When(CommandEnvelope order) =>
        new(State, Model.Company.Decide(State, order, CommandJson.DigestOf(order), Others));

    public When WhenAskedToPost(StepOrder order) => new(State, Model.Company.DecidePayment(State, order));

    private static Given Company(CompanyId company, GivenFact[] facts)
    {
        var registered = new CompanyRegistered(company.Value, Vocabulary.Dollar, CompanyKind.Company, Others(company) ?? CashPolicy.AllowShortfall);
        var state = Evolve(CompanyState.Empty(company), new(registered, Vocabulary.Day1), 0);
        for (var i = 0; i < facts.Length; i++)
        {
            state = Evolve(state, facts[i], i + 1);
        }

        return new(state);
    }

    private static CompanyState Evolve(CompanyState state, GivenFact fact, int number)
    {
        var header = new EventHeader(
            Vocabulary.Id(number),
            state.Id,
            state.LastSequenceNumber + 1,
            fact.At,
            fact.Rank,
            Vocabulary.Now,
            Vocabulary.Now,
            fact.Deal,
            Leg: null,
            Tranche: null,
            fact.Step,
            fact.Role,
            Value.Parse<CommandId>($"given-{number}"),
            CommandDigest: default,
            Causation: null,
            Source: null,
            Confidence: null,
            IssuedBy: null,
            PreviousHash: default);
        return Model.Company.Evolve(state, new(header, fact.Event));
    }
}

internal sealed class When(CompanyState state, Decision decision)
{
    public Decision Decision => decision;

    public CompanyState State => state;

    public void ThenAccepted(params CompanyEvent[] facts) =>
        decision.ShouldBeOfType<Decision.Accepted>(decision.ToString()).Events.Select(draft => draft.Event).ShouldBe(facts);

    public void ThenOpensStep(CompanyEvent pending, CompanyId poster, CompanyEvent payment)
    {
        var step = decision.ShouldBeOfType<Decision.OpensStep>(decision.ToString());
        step.Pending.Event.ShouldBe(pending);
        step.Pending.Role.ShouldBe(StepRole.Pending);
        step.Poster.ShouldBe(poster);
        step.Payment.ShouldBe(payment);
    }

    /// <summary>A step whose payer is outside: both events in one write.</summary>
    public void ThenPostsItself(CompanyEvent pending, CompanyEvent posting)
    {
        var drafts = decision.ShouldBeOfType<Decision.Accepted>(decision.ToString()).Events;
        drafts.Select(draft => draft.Role).ShouldBe([StepRole.Pending, StepRole.Posting]);
        drafts.Select(draft => draft.Event).ShouldBe([pending, posting]);
    }

    public void ThenOpensAt(CompanyId register, EventId payment, StepId? step) =>
        decision.ShouldBe(new Decision.OpensAt(register, payment, step));

    public void ThenRefused(Refusal refusal) =>
        decision.ShouldBe(new Decision.Refused(refusal));

    public Refusal Refusal() => decision.ShouldBeOfType<Decision.Refused>(decision.ToString()).Refusal;

    public ImmutableArray<EventDraft> Drafts() => decision.ShouldBeOfType<Decision.Accepted>(decision.ToString()).Events;
}
