using CsCheck;
using Xunit.Abstractions;

namespace ActorFinance.Model.Tests.Deals;

public sealed class RehearsalTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_orders_never_break_an_invariant_at_any_cut()
    {
        var coverage = new Coverage("refused", "voided", "late", "future-dated", "pending", "same-instant");
        Gen.Int.Array[1, 120].Sample(
            seeds =>
            {
                var book = new RehearsedBook();
                foreach (var order in RandomCommands.Opening())
                {
                    book.Submit(order).Refusal.ShouldBeNull();
                }

                foreach (var seed in seeds)
                {
                    book.Happen(seed);
                }

                book.Settled();
                coverage.Count(book.Counts, seeds.Length);
            },
            iter: Effort.Samples(100));
        output.WriteLine(coverage.ToString());
        coverage.ShouldReachFivePercent();
    }

    [Fact]
    public void A_step_whose_poster_knows_the_event_later_than_the_register_writes_is_refused_and_closed()
    {
        var clock = Day1;
        var ids = 0;
        var book = new Rehearsal(CompanyState.Empty, () => clock, () => Id(++ids).Value);
        book.Submit(Given.Order(new RegisterCompany("nvidia", Dollar), id: "a", company: Nvidia)).Refusal.ShouldBeNull();
        book.Submit(Given.Order(new RegisterCompany("prudent", Dollar, CashPolicy: CashPolicy.RejectShortfall), id: "b", company: Prudent)).Refusal.ShouldBeNull();

        // The receiver is on a machine whose clock is a day behind; it has not heard of the payment yet.
        var payer = book.StateOf(Nvidia);
        var draft = new EventDraft(new TransferPaid(Prudent, Usd("5"), TransferPurpose.Fee), EventParticulars.Of(Given.Order(new RenameCompany("x"), id: "c"), default));
        payer = Company.Evolve(payer, Enveloping.Envelop(Nvidia, draft, 2, Id(500), null, Day3, default));
        var late = new Rehearsal(company => company == Nvidia ? payer : book.StateOf(company), () => Day2, () => Id(++ids).Value);

        var outcome = late.Submit(Given.Order(new VoidEvent(Id(500), "a mistake"), id: "d", company: Nvidia));

        outcome.Refusal.ShouldBe(new PayerRefused(Nvidia, "invalid-field", $"known '{Day2}' must be not before the known time {Day3} of the event it voids"));
        outcome.Events.Select(e => e.Header.Role).ShouldBe([StepRole.Pending, StepRole.Refusing, StepRole.Closing]);
        late.StateOf(Prudent).OpenVoid.ShouldBeNull();
    }

    private sealed class RehearsedBook
    {
        private readonly Rehearsal _rehearsal;
        private readonly List<RecordedEvent> _journal = [];
        private readonly List<CommandEnvelope> _sent = [];
        private readonly Dictionary<string, long> _counts = [];
        private long _clock = Instant.Of(2026, 1, 4).UtcTicks;
        private int _ids;

        public RehearsedBook() => _rehearsal = new(CompanyState.Empty, Now, () => Id(10_000 + ++_ids).Value);

        public IReadOnlyDictionary<string, long> Counts => _counts;

        public void Happen(int seed)
        {
            var random = new Random(seed);
            var order = _sent.Count > 0 && random.Next(8) == 0
                ? RandomCommands.Again(random, _sent[random.Next(_sent.Count)])
                : RandomCommands.Next(random, _sent.Count, _journal, Now());
            _sent.Add(order);
            CountTimes(order);
            var states = RandomCommands.Companies.Append(Nobody).ToDictionary(company => company, _rehearsal.StateOf);
            var known = states.TryGetValue(order.Company, out var state) && state.Commands.TryGetValue(order.Id, out var taken) ? taken : (CommandOutcome?)null;
            var outcome = Submit(order);
            outcome.Repeated.ShouldBe(known?.Digest == CommandJson.DigestOf(order));
            if (outcome.Events.IsEmpty)
            {
                foreach (var (company, before) in states)
                {
                    _rehearsal.StateOf(company).ShouldBeSameAs(before);
                }
            }
            else
            {
                (outcome.Refusal is null || outcome.Events[^1].Header.Role == StepRole.Closing).ShouldBeTrue("a refused order wrote something");
                var again = _rehearsal.Submit(order);
                again.Repeated.ShouldBe(outcome.Refusal is null);
                again.Events.ShouldBeEmpty();
            }

            Count(outcome.Refusal is not null ? "refused"
                : outcome.Repeated ? "repeated"
                : order.Command is VoidEvent ? "voided"
                : "accepted");
            if (outcome.Events.Any(e => e.Header.Role == StepRole.Pending))
            {
                Count("pending");
            }
        }

        public RehearsalOutcome Submit(CommandEnvelope order)
        {
            _clock += TimeSpan.TicksPerMinute;
            var outcome = _rehearsal.Submit(order);
            foreach (var written in outcome.Events)
            {
                _journal.Add(new(new(_journal.Count + 1), written));
                NaiveBook.Check(_journal, Offset.Maximum);
            }

            return outcome;
        }

        /// <summary>Every step ended on both sides, every payment to who asks for it was acknowledged, and the journal gives the same companies back.</summary>
        public void Settled()
        {
            foreach (var own in _journal.GroupBy(e => e.Header.Emitter))
            {
                var state = _rehearsal.StateOf(own.Key);
                var again = own.Select(e => e.Envelope).Aggregate(CompanyState.Empty(own.Key), Company.Evolve);
                state.OpenSteps.ShouldBeEmpty();
                again.Steps.OrderBy(s => s.Value.Event).ShouldBe(state.Steps.OrderBy(s => s.Value.Event));
                again.Commands.OrderBy(s => s.Key.Value).ShouldBe(state.Commands.OrderBy(s => s.Key.Value));
                again.Ledger.Count.ShouldBe(state.Ledger.Count);
            }

            foreach (var payment in NaiveBook.At(_journal, Offset.Maximum))
            {
                foreach (var payee in RandomCommands.Companies)
                {
                    Company.AcknowledgeReceipt(_rehearsal.StateOf(payee), payment.Envelope).ShouldBeEmpty();
                }
            }
        }

        private Instant Now() => new(_clock);

        private void CountTimes(CommandEnvelope order)
        {
            var own = _journal.Where(e => e.Header.Emitter == order.Company).ToList();
            if (own.Exists(e => e.Header.EffectiveAt == order.EffectiveAt && e.Header.Rank == order.Rank))
            {
                Count("same-instant");
            }

            if (own.Exists(e => e.Header.EffectiveAt > order.EffectiveAt))
            {
                Count("late");
            }

            if (order.EffectiveAt > Now())
            {
                Count("future-dated");
            }
        }

        private void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;
    }
}
