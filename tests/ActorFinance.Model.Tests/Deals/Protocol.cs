using System.Collections.Immutable;

namespace ActorFinance.Model.Tests.Deals;

/// <summary>
/// Companies without actors: their deciders, a journal, and messages that arrive late, twice, in any order, or get lost in a crash and are found
/// again at the start, as the design's section 5 says. Each machine has a clock of its own.
/// </summary>
internal sealed class Protocol
{
    private readonly Dictionary<CompanyId, CompanyState> _states = [];
    private readonly Dictionary<CompanyId, List<EventEnvelope>> _journals = [];
    private readonly List<RecordedEvent> _journal = [];
    private readonly List<Message> _inFlight = [];
    private readonly List<CommandEnvelope> _sent = [];

    /// <summary>Who has ordered a step at its poster: known in memory only.</summary>
    private readonly Dictionary<StepId, HashSet<CompanyId>> _ordered = [];
    private readonly Dictionary<string, long> _counts = [];
    private int _ids;
    private long _clock = Instant.Of(2026, 1, 4).UtcTicks;

    private abstract record Message
    {
        /// <summary>The register asked for a dry decision and got it; now it decides again and writes.</summary>
        public sealed record Open(CommandEnvelope Command, Decision.OpensAt? At) : Message;

        public sealed record Post(StepOrder Order) : Message;

        /// <summary>The payer asks a receiver to write its side of a void.</summary>
        public sealed record Join(StepOrder Order) : Message;

        public sealed record Unwilling(StepOrder Order, CompanyId By, Refusal Refusal) : Message;

        public sealed record Answered(CompanyId Register, StepId Step, EventId? Posting, string Refusal) : Message;

        public sealed record Receipt(CompanyId Payee, EventEnvelope Payment) : Message;
    }

    public IReadOnlyList<RecordedEvent> Journal => _journal;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public long Orders { get; private set; }

    public void Start()
    {
        foreach (var order in RandomCommands.Opening())
        {
            Submit(order);
            Deliver(new Random(1), everything: true);
        }

        _counts.Clear();
        Orders = 0;
    }

    /// <summary>One seed, one thing that happens.</summary>
    public void Happen(int seed)
    {
        var random = new Random(seed);
        _clock += TimeSpan.TicksPerMinute;
        switch (random.Next(20))
        {
            case 0 when _inFlight.OfType<Message.Post>().FirstOrDefault(post => StateOf(post.Order.Poster).RejectsShortfall) is { } post:
                // The poster spends what its dry decision counted on.
                var poster = StateOf(post.Order.Poster);
                Submit(new(
                    Value.Parse<CommandId>($"drain-{_ids}"),
                    poster.Id,
                    post.Order.Particulars.EffectiveAt,
                    new PayExternalCash(Money.Of(poster.Ledger.End.Cash.GetValueOrDefault(Dollar), Dollar), ExternalCategory.Opex)));
                break;
            case < 14:
                var earlier = _sent.Count > 0 && random.Next(8) == 0 ? RandomCommands.Again(random, _sent[random.Next(_sent.Count)]) : null;
                Submit(earlier ?? RandomCommands.Next(random, _sent.Count, _journal, Now(Acme)));
                break;
            case < 19:
                Deliver(random, everything: false);
                break;
            default:
                if (random.Next(4) == 0)
                {
                    Crash();
                }

                break;
        }
    }

    /// <summary>Everything arrives; whatever was lost is found at the start.</summary>
    public void Settle()
    {
        for (var round = 0; round < 3; round++)
        {
            Deliver(new Random(round), everything: true);
            Crash();
        }

        _inFlight.ShouldBeEmpty("something never ends");
        foreach (var state in _states.Values)
        {
            state.OpenSteps.ShouldBeEmpty();
            state.OpenVoid.ShouldBeNull();
        }

        NoStepIsHalf();
        Replays();
    }

    public void Submit(CommandEnvelope order)
    {
        Orders++;
        _sent.Add(order);
        var digest = CommandJson.DigestOf(order);
        var state = StateOf(order.Company);
        if (_journal.Any(e => e.Header.EffectiveAt == order.EffectiveAt && e.Header.Emitter == order.Company && e.Header.Rank == order.Rank))
        {
            Count("same-instant");
        }

        if (_journal.Any(e => e.Header.EffectiveAt > order.EffectiveAt && e.Header.Emitter == order.Company))
        {
            Count("late");
        }

        if (order.EffectiveAt > Now(order.Company))
        {
            Count("future-dated");
        }

        if (state.OpenSteps.Count > 0)
        {
            Count("pending");
        }

        var known = state.Commands.TryGetValue(order.Id, out var taken) ? taken : (CommandOutcome?)null;
        var decision = Company.Decide(state, order, digest, Others);
        if (known is { } own)
        {
            decision.ShouldBe(own.Digest == digest ? new Decision.Repeated(own) : new Decision.Refused(new CommandIdReused(order.Id)));
        }

        if (decision is Decision.OpensAt at)
        {
            Opened(order, digest, Company.DecideVoidOf(StateOf(at.Register), order, digest, at, Others), at.Register, at);
        }
        else
        {
            Opened(order, digest, decision, order.Company, null);
        }
    }

    private static CashPolicy? OthersOf(CompanyState state) => state.Profile?.CashPolicy;

    private CashPolicy? Others(CompanyId company) => OthersOf(StateOf(company));

    private CompanyState StateOf(CompanyId company) => _states.TryGetValue(company, out var state) ? state : _states[company] = CompanyState.Empty(company);

    /// <summary>Machines disagree by up to an hour.</summary>
    private Instant Now(CompanyId company) => new(_clock + (((company.Value.Length % 3) - 1) * TimeSpan.TicksPerHour));

    private void Opened(CommandEnvelope order, Digest digest, Decision decision, CompanyId company, Decision.OpensAt? at)
    {
        switch (decision)
        {
            case Decision.Accepted accepted:
                var refusal = Write(company, accepted.Events, NewStep());
                Count(refusal is not null ? "refused" : order.Command is VoidEvent ? "voided" : "accepted");
                break;
            case Decision.OpensStep opens:
                var dry = Company.DecidePayment(StateOf(opens.Poster), new(NewStep(), company, opens.Poster, opens.Payment, opens.Pending.Particulars));
                Count(dry is Decision.Refused ? "refused" : order.Command is VoidEvent ? "voided" : "step");
                if (dry is not Decision.Refused)
                {
                    _inFlight.Add(new Message.Open(order, at));
                }

                break;
            case Decision.Refused:
                Count("refused");
                break;
            case Decision.Repeated:
                Count("repeated");
                break;
            default:
                throw new InvalidOperationException($"{decision} from {order} {digest}");
        }
    }

    private void Deliver(Random random, bool everything)
    {
        do
        {
            if (_inFlight.Count == 0)
            {
                return;
            }

            var index = random.Next(_inFlight.Count);
            var message = _inFlight[index];
            if (everything || random.Next(3) != 0)
            {
                _inFlight.RemoveAt(index);
            }

            Receive(message);
        }
        while (everything);
    }

    private void Crash()
    {
        _inFlight.Clear();
        _ordered.Clear();
        foreach (var pending in _states.Values.SelectMany(state => state.PendingSteps()).ToList())
        {
            if (StepPayments.OrderFor(pending) is { } order)
            {
                _inFlight.Add(new Message.Post(order));
            }
        }

        foreach (var payment in NaiveBook.At(_journal, Offset.Maximum))
        {
            Notify(payment.Envelope, unlessCounted: true);
        }
    }

    private void Notify(EventEnvelope payment, bool unlessCounted)
    {
        foreach (var payee in Payments.Of(payment.Event).Select(paid => paid.Payee?.AsCompany()).OfType<CompanyId>().Distinct())
        {
            var state = StateOf(payee);
            if (state.RejectsShortfall && !(unlessCounted && Company.AcknowledgeReceipt(state, payment).IsEmpty))
            {
                _inFlight.Add(new Message.Receipt(payee, payment));
            }
        }
    }

    private void Receive(Message message)
    {
        switch (message)
        {
            case Message.Open open:
                var digest = CommandJson.DigestOf(open.Command);
                var company = open.At?.Register ?? open.Command.Company;
                var decision = open.At is { } at
                    ? Company.DecideVoidOf(StateOf(company), open.Command, digest, at, Others)
                    : Company.Decide(StateOf(company), open.Command, digest, Others);
                if (decision is Decision.OpensStep opens)
                {
                    Write(company, [opens.Pending], NewStep());
                }

                break;
            case Message.Post post:
                Answer(post.Order);
                break;
            case Message.Join join:
                switch (Company.DecideJoin(StateOf(join.Order.Register), join.Order))
                {
                    case Decision.OpensStep joins:
                        Count("joined");
                        Write(join.Order.Register, [joins.Pending], join.Order.Step).ShouldBeNull();
                        break;
                    case Decision.Refused refused:
                        _inFlight.Add(new Message.Unwilling(join.Order, join.Order.Register, refused.Refusal));
                        break;
                }

                break;
            case Message.Unwilling unwilling when _ordered.TryGetValue(unwilling.Order.Step, out var ordered) && !StateOf(unwilling.Order.Poster).Steps.ContainsKey(unwilling.Order.Step):
                Count("step refused late");
                Write(unwilling.Order.Poster, [Company.RefuseStep(unwilling.Order, unwilling.Refusal)], unwilling.Order.Step).ShouldBeNull();
                Answer(unwilling.Order.ToJoin(ordered.First()));
                break;
            case Message.Answered answered:
                if (Company.CloseStep(StateOf(answered.Register), answered.Step, answered.Posting, answered.Refusal) is { } closing)
                {
                    Write(answered.Register, [closing], answered.Step).ShouldBeNull();
                }

                break;
            case Message.Receipt receipt:
                Write(receipt.Payee, Company.AcknowledgeReceipt(StateOf(receipt.Payee), receipt.Payment), default).ShouldBeNull();
                break;
        }
    }

    private void Answer(StepOrder order)
    {
        if (!StateOf(order.Poster).Steps.ContainsKey(order.Step))
        {
            var ordered = _ordered.TryGetValue(order.Step, out var before) ? before : _ordered[order.Step] = [];
            ordered.Add(order.Register);
            var missing = Company.DecidePayment(StateOf(order.Poster), order) is Decision.Accepted
                ? Company.Joining(StateOf(order.Poster), order, Others).Where(receiver => !ordered.Contains(receiver)).ToList()
                : [];
            if (missing.Count > 0)
            {
                _inFlight.AddRange(missing.Select(receiver => new Message.Join(order.ToJoin(receiver))));
                return;
            }

            ImmutableArray<EventDraft> drafts = Company.DecidePayment(StateOf(order.Poster), order) switch
            {
                Decision.Accepted accepted => accepted.Events,
                Decision.Refused refused => [Company.RefuseStep(order, refused.Refusal)],
                var other => throw new InvalidOperationException(other.ToString()),
            };
            if (drafts[0].Role == StepRole.Refusing)
            {
                Count("step refused late");
            }

            Write(order.Poster, drafts, order.Step).ShouldBeNull();
        }

        Company.DecidePayment(StateOf(order.Poster), order).ShouldBeOfType<Decision.Accepted>().Events.ShouldBeEmpty();
        var standing = StateOf(order.Poster).Steps[order.Step];
        foreach (var register in _ordered.Remove(order.Step, out var waiting) ? waiting.Append(order.Register).Distinct() : [order.Register])
        {
            _inFlight.Add(new Message.Answered(register, order.Step, standing.PostingEvent, standing.Refused?.Code ?? ""));
        }
    }

    private Refusal? Write(CompanyId company, ImmutableArray<EventDraft> drafts, StepId step)
    {
        var state = StateOf(company);
        List<EventEnvelope> written = [];
        foreach (var draft in drafts)
        {
            var recorded = Enveloping.RecordedAt(state, Now(company), draft.Particulars);
            if (Enveloping.Check(draft.Particulars, recorded) is { } refusal)
            {
                written.ShouldBeEmpty();
                return refusal;
            }

            var envelope = Enveloping.Envelop(company, draft, state.LastSequenceNumber + 1, new(NewId()), step, recorded, default);
            state = Company.Evolve(state, envelope);
            written.Add(envelope);
        }

        if (written.Count == 0)
        {
            return null;
        }

        AnswersStay(_states[company].Commands, state.Commands, written);
        _states[company] = state;
        foreach (var envelope in written)
        {
            _journal.Add(new(new(_journal.Count + 1), envelope));
            (_journals.TryGetValue(company, out var own) ? own : _journals[company] = []).Add(envelope);
            NaiveBook.Check(_journal, Offset.Maximum);
            Notify(envelope, unlessCounted: false);
            if (envelope.Header.Role == StepRole.Pending && StepPayments.OrderFor(envelope) is { } order)
            {
                _inFlight.Add(new Message.Post(order));
            }
        }

        EveryOutcomeOfWhatIsPendingFits(state);
        return null;
    }

    /// <summary>What a command came to never changes, whoever else uses its id; only that of a refused step is forgotten.</summary>
    private static void AnswersStay(
        GrowingMap<CommandId, CommandOutcome> before, GrowingMap<CommandId, CommandOutcome> after, List<EventEnvelope> written)
    {
        foreach (var (id, outcome) in before)
        {
            if (after.TryGetValue(id, out var now))
            {
                now.ShouldBe(outcome);
            }
            else
            {
                written.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                    e => e.Header.Role.ShouldBe(StepRole.Closing),
                    e => e.Event.ShouldBeOfType<EventVoided>(),
                    e => e.Header.Command.ShouldBe(id));
            }
        }
    }

    /// <summary>A register cannot refuse what the poster says: both answers, to all that waits, must fit its timeline.</summary>
    private void EveryOutcomeOfWhatIsPendingFits(CompanyState state)
    {
        var steps = state.PendingSteps().Where(pending => StepPayments.OrderFor(pending) is not null).Select(pending => pending.Header.Step!.Value).Take(4).ToList();
        for (var outcome = 0; steps.Count > 0 && outcome < 1 << steps.Count; outcome++)
        {
            var after = state;
            for (var i = 0; i < steps.Count; i++)
            {
                var closing = Company.CloseStep(after, steps[i], (outcome & (1 << i)) == 0 ? null : Id(i), "no")!;
                after = Company.Evolve(after, Enveloping.Envelop(state.Id, closing, after.LastSequenceNumber + 1, Id(1_000_000 + i), steps[i], Now(state.Id), default));
            }
        }
    }

    private void NoStepIsHalf()
    {
        var voided = _journal.Where(e => e.Event is EventVoided && e.Header.Role != StepRole.Pending).Select(e => ((EventVoided)e.Event).Voided).ToHashSet();
        foreach (var pending in _journal.Where(e => e.Header.Role == StepRole.Pending))
        {
            var own = _states[pending.Header.Emitter].Steps[pending.Header.Step!.Value];

            // A void that receivers joined has a pending event and a closing one of each.
            var others = _journal
                .Where(e => e.Header.Step == pending.Header.Step && e.Header.Role != StepRole.Pending)
                .Where(e => e.Header.Role != StepRole.Closing || e.Header.Emitter == pending.Header.Emitter)
                .ToList();
            var posted = others.Where(e => e.Header.Role == StepRole.Posting).ToList();
            if (posted.Count == 1)
            {
                own.State.ShouldBeOneOf(StepState.Posted, StepState.Voided);
                others.ShouldAllBe(e => e.Header.Role != StepRole.Refusing);
                (pending.Header.EffectiveAt, pending.Header.Rank, pending.Header.KnownAt).ShouldBe((posted[0].Header.EffectiveAt, posted[0].Header.Rank, posted[0].Header.KnownAt));
                if (pending.Event is not EventVoided)
                {
                    (own.State == StepState.Voided).ShouldBe(voided.Contains(posted[0].Header.Id), $"{pending} is half voided");
                }
            }
            else
            {
                posted.ShouldBeEmpty();
                own.State.ShouldBe(StepState.Voided);
                others.Select(e => e.Header.Role).ShouldBe([StepRole.Refusing, StepRole.Closing]);
            }
        }
    }

    /// <summary>The journal alone gives the same company back.</summary>
    private void Replays()
    {
        foreach (var (company, journal) in _journals)
        {
            var again = journal.Aggregate(CompanyState.Empty(company), Company.Evolve);
            var state = _states[company];
            again.Ledger.Count.ShouldBe(state.Ledger.Count);
            again.Commands.OrderBy(c => c.Key.Value).ShouldBe(state.Commands.OrderBy(c => c.Key.Value));
            again.Steps.OrderBy(c => c.Value.Event).ShouldBe(state.Steps.OrderBy(c => c.Value.Event));
            again.Receipts.OrderBy(c => c.Key).ShouldBe(state.Receipts.OrderBy(c => c.Key));
            again.Ledger.End.Cash.OrderBy(c => c.Key).ShouldBe(state.Ledger.End.Cash.OrderBy(c => c.Key));
        }

        // And the plain fold holds the same shares.
        foreach (var ((issuer, id), share) in NaiveBook.Check(_journal, Offset.Maximum).Classes)
        {
            var held = _states[issuer].Ledger.End.Classes[id];
            share.Holdings.Where(h => h.Value != 0).OrderBy(h => h.Key).ShouldBe(held.Holdings.OrderBy(h => h.Key));
        }
    }

    private StepId NewStep() => new(NewId());

    private Guid NewId() => Id(10_000 + ++_ids).Value;

    private void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;
}
