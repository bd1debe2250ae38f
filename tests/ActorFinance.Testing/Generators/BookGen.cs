using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using CsCheck;

namespace ActorFinance.Testing.Generators;

/// <summary>
/// Random recorded events as several companies may have journalled them: late and future-dated, many at one instant, some known long before
/// they were recorded, some voided, and steps that are posted, refused or left pending. They hold the rules of the form (a step's events share
/// time, rank and known time; a void is known no earlier than what it names; payer and payee differ) but not those of the figures: cash and
/// commitments may run below zero; and a payer may void its payment without the register, which a decision would refuse and the definition covers.
/// </summary>
public static class BookGen
{
    private static readonly string[] Companies = ["ant", "bee", "cat", "dog"];
    private static readonly string[] Holders = ["ant", "bee", "cat", "dog", "fund", "outside"];
    private static readonly Currency[] Currencies = [Value.Parse<Currency>("USD"), Value.Parse<Currency>("EUR")];
    private static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");

    // Before what is made of it: static properties are set in the order of the text.
    private static Gen<Plan> Plan { get; } =
        Gen.Select(
            Gen.Int[0, 30],
            Gen.Int[0, 3],
            Gen.Int[1, 3],
            Gen.Frequency((6, Gen.Int[1, 9].Select(i => (decimal)i)), (2, Gen.Int[1, 99999].Select(i => i / 1000m)), (1, Gen.Const(0.0000000001m))),
            Gen.Int[0, 59],
            Gen.Select(Gen.Int[0, 2], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 250])), Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[1, 2]))),
            Gen.Select(Gen.Int[0, 1000], Gen.Bool, Gen.Frequency((4, Gen.Const(0)), (1, Gen.Const(1)))),
            (kind, who, shift, amount, day, times, picks) =>
                new Plan(kind, who, (who + shift) % 4, amount, day, times.Item1 == 2 ? 1 : 0, times.Item2, times.Item3, picks.Item1, picks.Item2, picks.Item3));

    public static Gen<IReadOnlyList<RecordedEvent>> Events { get; } = OfUpTo(60);

    /// <summary>A cut on either axis that falls before, among and after the events that <see cref="Events"/> makes.</summary>
    public static Gen<Cut> Cuts { get; } =
        Gen.Select(
            Gen.Frequency((1, Gen.Const(Instant.Maximum)), (4, Gen.Int[-1, 60].Select(EffectiveAt))),
            Gen.Frequency(
                (1, Gen.Const(AsKnown.All)),
                (4, Gen.Long[0, 160].Select(AsKnown (o) => new AsKnown.AtOffset(new(o)))),
                (4, Gen.Int[-200, 100].Select(AsKnown (minutes) => new AsKnown.AtTime(Minutes(minutes))))),
            (asOf, asKnown) => new Cut(asOf, asKnown));

    public static Gen<IReadOnlyList<RecordedEvent>> OfUpTo(int plans) =>
        Plan.Array[0, plans].Select(Write);

    /// <summary>Ten days with six instants each, so that many events share one; the last days lie in the future of every recorded time.</summary>
    private static Instant EffectiveAt(int slot) =>
        new(Instant.Of(2025, 12, 28).UtcTicks + (slot / 6 * TimeSpan.TicksPerDay) + (slot % 6 / 2 * TimeSpan.TicksPerHour));

    private static Instant Minutes(int minutes) => new(BookBuilder.FirstRecordedAt.UtcTicks + (minutes * TimeSpan.TicksPerMinute));

    private static IReadOnlyList<RecordedEvent> Write(Plan[] plans)
    {
        var writer = new Writer();
        foreach (var plan in plans)
        {
            writer.Write(plan);
        }

        return writer.Events;
    }

    private sealed class Writer
    {
        private readonly BookBuilder _book = new();
        private readonly List<(string Emitter, CommitmentId Id)> _commitments = [];
        private readonly List<OpenStep> _open = [];
        private readonly List<OpenStep> _posted = [];
        private readonly HashSet<int> _voided = [];
        private int _steps;

        public IReadOnlyList<RecordedEvent> Events => _book.Events;

        public void Write(Plan plan)
        {
            var (who, other) = (Companies[plan.Who], Companies[plan.Other]);
            var payee = BookBuilder.Company(other);
            var money = ActorFinance.Model.Money.Of(plan.Amount, Currencies[plan.Currency]);
            switch (plan.Kind)
            {
                case 0: Add(plan, who, new CompanyRegistered(who, Currencies[0], CompanyKind.Company, CashPolicy.AllowShortfall)); break;
                case 1: Add(plan, who, new ExternalCashReceived(money, plan.Flag ? ExternalCategory.Opening : ExternalCategory.Revenue)); break;
                case 2: Add(plan, who, new ExternalCashPaid(money, ExternalCategory.Opex)); break;
                case 3 or 4: Add(plan, who, new InvestmentMade(payee, money, Instrument.NotStated, null, null, null, null, Drawn(plan, who), plan.Kind == 4 && plan.Flag)); break;
                case 5 or 6: Add(plan, who, new PurchasePaid(payee, money, Drawn(plan, who), null, null, null, plan.Kind == 6 && plan.Flag)); break;
                case 7: Add(plan, who, new PurchaseRefunded(payee, money, null, null, null, false)); break;
                case 8: Add(plan, who, new TransferPaid(payee, money, TransferPurpose.Fee)); break;
                case 9: Add(plan, who, new LoanDrawn(Loan(plan), payee, money, Drawn(plan, who), null, null, null)); break;
                case 10: Add(plan, who, new LoanRepaid(Loan(plan), payee, money)); break;
                case 11: Add(plan, who, new InterestPaid(Loan(plan), payee, money)); break;
                case 12: Add(plan, who, new DividendDeclared(Common, [new(HolderFor(plan.Pick, who), money), new(HolderFor(plan.Pick / 6, who), money)])); break;
                case 13: Add(plan, who, new SharesRepurchased(HolderFor(plan.Pick, who), Common, ShareQuantity.Of(1), plan.Flag ? money : null)); break;
                case 14: Add(plan, who, new GuaranteeCalled(Value.Parse<GuaranteeId>("g"), plan.Flag ? payee : null, money)); break;
                case 15 or 16: Commit(plan, who, payee, money); break;
                case 17 when _commitments.Count > 0: Release(plan, money); break;
                case 18: Add(plan, who, new DealAnnounced(Terms(plan, who, payee, money))); break;
                case 19: Add(plan, who, plan.Flag ? new DealContracted(Terms(plan, who, payee, money)) : new DealCompleted()); break;
                case 20: Add(plan, who, plan.Flag ? new DealSuperseded(Deal(plan.Pick + 1)) : new DealCancelled("off")); break;
                case 21 or 22: Open(plan, who, other, payee, money); break;
                case 23 or 24 when _open.Count > 0: Close(plan); break;
                case 25 or 26 or 27: VoidOne(plan); break;
                case 28 when _posted.Count > 0: VoidStep(plan); break;
                case 29: Acknowledge(plan, who, other, payee, money); break;
                default: Add(plan, who, new MilestoneReached("1 GW deployed")); break;
            }
        }

        private void Add(Plan plan, string emitter, CompanyEvent fact) =>
            _book.Add(BookBuilder.Company(emitter), EffectiveAt(plan.Day), fact, plan.Rank, KnownAt(plan), Deal(plan.Pick), offsetsSkipped: plan.Gap);

        /// <summary>Never later than the recorded time.</summary>
        private Instant? KnownAt(Plan plan) => plan.Known == 0 ? null : Minutes(Events.Count - plan.Known);

        private CommitmentId? Drawn(Plan plan, string payer)
        {
            var own = _commitments.Where(c => c.Emitter == payer).ToList();
            return plan.Flag && own.Count > 0 ? own[plan.Pick % own.Count].Id : null;
        }

        private void Commit(Plan plan, string who, CompanyId payee, Money money)
        {
            var id = Value.Parse<CommitmentId>($"c{_commitments.Count}");
            _commitments.Add((who, id));
            var half = ActorFinance.Model.Money.Of(Math.Round(money.Amount / 2, 10), money.Currency);
            ValueList<DueAmount> due = plan.Flag ? [new(EffectiveAt(plan.Pick % 60), half), new(EffectiveAt(plan.Day), money - half)] : [];
            var terms = new CommitmentTerms(id, BookBuilder.Company(who), payee, money, due, null, null, null, null);
            Add(plan, who, (plan.Pick % 3) switch { 0 => new InvestmentCommitted(terms), 1 => new PurchaseCommitted(terms), _ => new LoanCommitted(terms) });
        }

        private void Release(Plan plan, Money money)
        {
            var (emitter, id) = _commitments[plan.Pick % _commitments.Count];
            Add(plan, emitter, new CommitmentReleased(id, money, null));
        }

        /// <summary>The register writes its pending event.</summary>
        private void Open(Plan plan, string register, string payer, CompanyId payerId, Money money)
        {
            var holder = HolderId.Of(payerId);
            CompanyEvent pending = plan.Flag
                ? new SharesIssued(holder, Common, ShareQuantity.Of(1), null, Consideration.Cash, payerId, money, money, null, null)
                : new SharesTransferred(holder, BookBuilder.Holder("fund"), Common, ShareQuantity.Of(1), money, money, SellerIsCompany: true, BuyerIsCompany: false);
            var step = new OpenStep(++_steps, register, payer, EffectiveAt(plan.Day), plan.Rank, KnownAt(plan) ?? Minutes(Events.Count), Events.Count + 1, 0, money, null);
            Step(plan, step, register, pending, StepRole.Pending);
            _open.Add(step);
        }

        /// <summary>The payer posts the step, or refuses it and the register voids its pending event.</summary>
        private void Close(Plan plan)
        {
            var step = _open[plan.Pick % _open.Count];
            _open.Remove(step);
            if (plan.Flag && plan.Pick % 3 == 0)
            {
                Step(plan, step, step.Payer, new StepRefused(BookBuilder.Company(step.Register), "shortfall", "not enough cash"), StepRole.Refusing);
                _book.Add(BookBuilder.Company(step.Register), step.EffectiveAt, new EventVoided(BookBuilder.Id(step.Pending), "refused", null, null), step.Rank, step.KnownAt);
                return;
            }

            var posting = Events.Count + 1;
            if (step.Voids is { } voided)
            {
                Step(plan, step, step.Payer, new EventVoided(BookBuilder.Id(voided.Posting), "a mistake", null, null), StepRole.Posting);
                _voided.Add(voided.Posting);
                _voided.Add(voided.Pending);
                return;
            }

            CompanyEvent payment = plan.Flag
                ? new InvestmentMade(BookBuilder.Company(step.Register), step.Money, Instrument.Equity, Common, null, null, null, null, false)
                : new StepPaid(BookBuilder.Company(step.Register), plan.Pick % 2 == 0 ? BookBuilder.Company(step.Register) : null, step.Money);
            Step(plan, step, step.Payer, payment, StepRole.Posting);
            _posted.Add(step with { Posting = posting });
        }

        private void VoidOne(Plan plan)
        {
            var candidates = Enumerable.Range(1, Events.Count)
                .Where(n => Events[n - 1].Event is not EventVoided && !_voided.Contains(n))
                .Where(n => Events[n - 1].Header.Step is null || (plan.Flag && Events[n - 1].Header.Role == StepRole.Posting))
                .ToList();
            if (candidates.Count == 0)
            {
                return;
            }

            var number = candidates[plan.Pick % candidates.Count];
            var named = Events[number - 1];
            _voided.Add(number);
            var known = KnownAt(plan) ?? Minutes(Events.Count);
            _book.Add(
                named.Header.Emitter,
                EffectiveAt(plan.Day),
                new EventVoided(named.Header.Id, "a mistake", null, null),
                plan.Rank,
                Instant.Later(known, named.Header.KnownAt),
                offsetsSkipped: plan.Gap);
        }

        /// <summary>A payment and its receipt; both are voided only as a step, as the events of a posted step are.</summary>
        private void Acknowledge(Plan plan, string payer, string receiver, CompanyId receiverId, Money money)
        {
            var payment = Events.Count + 1;
            Add(plan, payer, new TransferPaid(receiverId, money, TransferPurpose.Fee));
            var paid = Events[^1].Header;
            var receipt = new ReceiptAcknowledged(paid.Emitter, paid.Id, money);
            _book.Add(receiverId, paid.EffectiveAt, receipt, paid.Rank, paid.KnownAt);
            _voided.Add(payment);
            _voided.Add(payment + 1);
            _posted.Add(new(0, receiver, payer, paid.EffectiveAt, paid.Rank, paid.KnownAt, payment + 1, payment, money, null));
        }

        /// <summary>The register writes a pending void of its event; the payer's void of the payment will post it, or not.</summary>
        private void VoidStep(Plan plan)
        {
            var voided = _posted[plan.Pick % _posted.Count];
            _posted.Remove(voided);
            var known = Instant.Later(KnownAt(plan) ?? Minutes(Events.Count), voided.KnownAt);
            var step = new OpenStep(++_steps, voided.Register, voided.Payer, EffectiveAt(plan.Day), plan.Rank, known, Events.Count + 1, 0, voided.Money, voided);
            Step(plan, step, step.Register, new EventVoided(BookBuilder.Id(voided.Pending), "a mistake", BookBuilder.Company(step.Payer), BookBuilder.Id(voided.Posting)), StepRole.Pending);
            _open.Add(step);
        }

        private void Step(Plan plan, OpenStep step, string emitter, CompanyEvent fact, StepRole role) =>
            _book.Add(BookBuilder.Company(emitter), step.EffectiveAt, fact, step.Rank, step.KnownAt, null, step.Number, role, plan.Gap);

        private static DealTerms Terms(Plan plan, string who, CompanyId payee, Money money) =>
            new(
                plan.Pick % 2 == 0 ? DealKind.Investment : DealKind.Purchase,
                BookBuilder.Company(who),
                payee,
                plan.Flag ? money : null,
                plan.Pick % 5 == 0 ? money : null,
                null,
                null,
                null,
                plan.Pick % 7 == 0 ? [Deal(plan.Pick + 1)] : [],
                false);

        private static DealId Deal(int pick) => Value.Parse<DealId>($"deal-{pick % 5}");

        private static LoanId Loan(Plan plan) => Value.Parse<LoanId>($"loan-{plan.Pick % 3}");

        /// <summary>Anyone but the payer itself.</summary>
        private static HolderId HolderFor(int pick, string payer)
        {
            var others = Holders.Where(h => h != payer).ToList();
            return BookBuilder.Holder(others[pick % others.Count]);
        }
    }

    private sealed record OpenStep(
        int Number, string Register, string Payer, Instant EffectiveAt, int Rank, Instant KnownAt, int Pending, int Posting, Money Money, OpenStep? Voids);
}

/// <summary>The dice for one event.</summary>
internal sealed record Plan(int Kind, int Who, int Other, decimal Amount, int Day, int Currency, int Known, int Gap, int Pick, bool Flag, int Rank);
