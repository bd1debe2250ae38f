using ActorFinance.Model;
using CsCheck;
using static ActorFinance.Testing.Generators.ValueGen;

namespace ActorFinance.Testing.Generators;

/// <summary>
/// Random events of every type. Each value is within its rule, but nothing ties one event to another: for codecs and formats, not for
/// deciders, which need a history that makes sense.
/// </summary>
public static class EventGen
{
    private static readonly Gen<Condition> Condition = Gen.Select(
        Enumeration<ConditionKind>(), Companies.Maybe(), Texts.MaybeNone(), Instants.Maybe(), Classes.Maybe(), Amounts.Maybe(),
        (kind, company, milestone, date, @class, price) => new Condition(kind, company, milestone, date, @class, price));

    private static readonly Gen<ConditionSet> Conditions = Gen.Select(
        Gen.Bool, Condition.List(), Instants.Maybe(), (any, conditions, deadline) => new ConditionSet(any, conditions, deadline));

    private static readonly Gen<DueAmount> Due = Gen.Select(Instants, Amounts, (at, amount) => new DueAmount(at, amount));

    private static readonly Gen<CommitmentTerms> CommitmentTerms = Gen.Select(
        Gen.Select(Key<CommitmentId>(), Companies.Maybe(), Companies.Maybe(), Amounts),
        Gen.Select(Due.List(), Conditions.MaybeNone(), Texts.MaybeNone(), Quantities.Maybe(), Texts.MaybeNone()),
        (who, what) => new CommitmentTerms(who.Item1, who.Item2, who.Item3, who.Item4, what.Item1, what.Item2, what.Item3, what.Item4, what.Item5));

    private static readonly Gen<DealTerms> DealTerms = Gen.Select(
        Gen.Select(Enumeration<DealKind>(), Companies.Maybe(), Companies.Maybe(), Amounts.Maybe(), Amounts.Maybe()),
        Gen.Select(Texts.MaybeNone(), Texts.MaybeNone(), Key<DealId>().Maybe(), Key<DealId>().List(), Gen.Bool),
        (who, what) => new DealTerms(who.Item1, who.Item2, who.Item3, who.Item4, who.Item5, what.Item1, what.Item2, what.Item3, what.Item4, what.Item5));

    private static readonly Gen<WarrantTranche> Tranche = Gen.Select(
        Texts, Shares, Conditions.MaybeNone(), (name, quantity, conditions) => new WarrantTranche(name, quantity, conditions));

    private static readonly Gen<DividendShare> DividendShare = Gen.Select(Holders, Amounts, (holder, amount) => new DividendShare(holder, amount));

    public static readonly Gen<EventHeader> Header = Gen.Select(
        Gen.Select(EventIds, Companies, Gen.OneOf<long>(Gen.Long[1, 1000], Gen.Long[1, long.MaxValue]), Instants, Gen.Int, Instants, Instants),
        Gen.Select(Key<DealId>().Maybe(), Texts.MaybeNone(), Texts.MaybeNone(), StepIds.Maybe(), Enumeration<StepRole>(), Commands, Digests),
        Gen.Select(EventIds.Maybe(), Texts.MaybeNone(), Enumeration<Confidence>().Maybe(), Texts.MaybeNone(), Digests),
        (a, b, c) => new EventHeader(
            a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, a.Item6, a.Item7,
            b.Item1, b.Item2, b.Item3, b.Item4, b.Item5, b.Item6, b.Item7,
            c.Item1, c.Item2, c.Item3, c.Item4, c.Item5));

    /// <summary>One generator a type; a test says that none is missing.</summary>
    public static readonly IReadOnlyDictionary<Type, Gen<CompanyEvent>> ByType = new Dictionary<Type, Gen<CompanyEvent>>
    {
        [typeof(CompanyRegistered)] = Gen.Select(Texts, Currencies, Enumeration<CompanyKind>(), Enumeration<CashPolicy>(), (n, c, k, p) => (CompanyEvent)new CompanyRegistered(n, c, k, p)),
        [typeof(CompanyRenamed)] = Texts.Select(n => (CompanyEvent)new CompanyRenamed(n)),
        [typeof(MilestoneReached)] = Texts.Select(m => (CompanyEvent)new MilestoneReached(m)),
        [typeof(FxRateRecorded)] = Gen.Select(Currencies, Currencies, Quantities, (b, q, r) => (CompanyEvent)new FxRateRecorded(b, q, r)),
        [typeof(EventVoided)] = Gen.Select(EventIds, Texts, Companies.Maybe(), EventIds.Maybe(), (v, r, c, e) => (CompanyEvent)new EventVoided(v, r, c, e)),

        [typeof(ExternalCashReceived)] = Gen.Select(Amounts, Enumeration<ExternalCategory>(), (a, c) => (CompanyEvent)new ExternalCashReceived(a, c)),
        [typeof(ExternalCashPaid)] = Gen.Select(Amounts, Enumeration<ExternalCategory>(), (a, c) => (CompanyEvent)new ExternalCashPaid(a, c)),
        [typeof(InvestmentMade)] = Gen.Select(
            Gen.Select(Companies, Amounts, Enumeration<Instrument>(), Classes.Maybe(), Amounts.Maybe()),
            Gen.Select(Key<ValuationId>().Maybe(), Key<ConvertibleId>().Maybe(), Key<CommitmentId>().Maybe(), Gen.Bool),
            (a, b) => (CompanyEvent)new InvestmentMade(a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, b.Item1, b.Item2, b.Item3, b.Item4)),
        [typeof(PurchasePaid)] = Gen.Select(
            Companies, Amounts, Key<CommitmentId>().Maybe(), Texts.MaybeNone(), Quantities.Maybe(), Texts.MaybeNone(), Gen.Bool,
            (s, a, d, i, q, u, k) => (CompanyEvent)new PurchasePaid(s, a, d, i, q, u, k)),
        [typeof(PurchaseRefunded)] = Gen.Select(
            Companies, Amounts, Texts.MaybeNone(), Quantities.Maybe(), Texts.MaybeNone(), Gen.Bool,
            (b, a, i, q, u, k) => (CompanyEvent)new PurchaseRefunded(b, a, i, q, u, k)),
        [typeof(TransferPaid)] = Gen.Select(Companies, Amounts, Enumeration<TransferPurpose>(), (p, a, t) => (CompanyEvent)new TransferPaid(p, a, t)),
        [typeof(PurchaseDelivered)] = Gen.Select(
            Companies, Texts.MaybeNone(), Quantities, Texts.MaybeNone(), (b, i, q, u) => (CompanyEvent)new PurchaseDelivered(b, i, q, u)),
        [typeof(ReceiptAcknowledged)] = Gen.Select(Companies, EventIds, Amounts, (p, e, a) => (CompanyEvent)new ReceiptAcknowledged(p, e, a)),

        [typeof(DealAnnounced)] = DealTerms.Select(t => (CompanyEvent)new DealAnnounced(t)),
        [typeof(DealContracted)] = DealTerms.Select(t => (CompanyEvent)new DealContracted(t)),
        [typeof(DealSuperseded)] = Key<DealId>().Select(d => (CompanyEvent)new DealSuperseded(d)),
        [typeof(DealCancelled)] = Texts.Select(r => (CompanyEvent)new DealCancelled(r)),
        [typeof(DealCompleted)] = Gen.Const((CompanyEvent)new DealCompleted()),

        [typeof(InvestmentCommitted)] = CommitmentTerms.Select(t => (CompanyEvent)new InvestmentCommitted(t)),
        [typeof(PurchaseCommitted)] = CommitmentTerms.Select(t => (CompanyEvent)new PurchaseCommitted(t)),
        [typeof(LoanCommitted)] = CommitmentTerms.Select(t => (CompanyEvent)new LoanCommitted(t)),
        [typeof(CommitmentReleased)] = Gen.Select(Key<CommitmentId>(), Amounts, Texts.MaybeNone(), (c, a, r) => (CompanyEvent)new CommitmentReleased(c, a, r)),

        [typeof(ShareClassCreated)] = Gen.Select(
            Classes, Quantities, Shares.Maybe(), Gen.Int[0, 10], Quantities, Gen.Bool,
            (c, v, a, d, r, n) => (CompanyEvent)new ShareClassCreated(c, v, a, d, r, n)),
        [typeof(SharesIssued)] = Gen.Select(
            Gen.Select(Holders, Classes, Shares.Maybe(), Fractions.Maybe(), Enumeration<Consideration>()),
            Gen.Select(Companies.Maybe(), Amounts.Maybe(), Amounts.Maybe(), Key<ValuationId>().Maybe(), Key<CommitmentId>().Maybe()),
            (a, b) => (CompanyEvent)new SharesIssued(a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, b.Item1, b.Item2, b.Item3, b.Item4, b.Item5)),
        [typeof(PoolReserved)] = Gen.Select(Classes, Shares, (c, q) => (CompanyEvent)new PoolReserved(c, q)),
        [typeof(SharesTransferred)] = Gen.Select(
            Gen.Select(Holders, Holders, Classes, Shares, Amounts.Maybe(), Amounts.Maybe()), Gen.Bool, Gen.Bool,
            (a, seller, buyer) => (CompanyEvent)new SharesTransferred(a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, a.Item6, seller, buyer)),
        [typeof(SharesRepurchased)] = Gen.Select(Holders, Classes, Shares, Amounts.Maybe(), (h, c, q, a) => (CompanyEvent)new SharesRepurchased(h, c, q, a)),
        [typeof(SharesSplit)] = Gen.Select(Classes, Gen.Int, Gen.Int, (c, n, d) => (CompanyEvent)new SharesSplit(c, n, d)),
        [typeof(ValuationRecorded)] = Gen.Select(
            Key<ValuationId>(), Classes.Maybe(), Amounts.Maybe(), Amounts.Maybe(), Amounts.Maybe(),
            (v, c, p, pre, post) => (CompanyEvent)new ValuationRecorded(v, c, p, pre, post)),
        [typeof(DividendDeclared)] = Gen.Select(Classes.Maybe(), DividendShare.List(20), (c, s) => (CompanyEvent)new DividendDeclared(c, s)),

        [typeof(WarrantGranted)] = Gen.Select(
            Key<WarrantId>(), Holders, Classes, Amounts, Instants.Maybe(), Tranche.List(),
            (w, h, c, s, e, t) => (CompanyEvent)new WarrantGranted(w, h, c, s, e, t)),
        [typeof(WarrantVested)] = Gen.Select(Key<WarrantId>(), Texts, (w, t) => (CompanyEvent)new WarrantVested(w, t)),
        [typeof(WarrantExercised)] = Gen.Select(
            Key<WarrantId>(), Shares, Companies.Maybe(), Amounts.Maybe(), (w, q, p, a) => (CompanyEvent)new WarrantExercised(w, q, p, a)),
        [typeof(WarrantLapsed)] = Key<WarrantId>().Select(w => (CompanyEvent)new WarrantLapsed(w)),
        [typeof(ConvertibleRegistered)] = Gen.Select(
            Key<ConvertibleId>(), Holders, Companies.Maybe(), Amounts, Classes.Maybe(), Amounts.Maybe(), Key<CommitmentId>().Maybe(),
            (c, h, p, a, k, v, d) => (CompanyEvent)new ConvertibleRegistered(c, h, p, a, k, v, d)),
        [typeof(ConvertibleConverted)] = Gen.Select(Key<ConvertibleId>(), Classes, Shares, (c, k, q) => (CompanyEvent)new ConvertibleConverted(c, k, q)),

        [typeof(LoanDrawn)] = Gen.Select(
            Key<LoanId>(), Companies, Amounts, Key<CommitmentId>().Maybe(), Quantities.Maybe(), Enumeration<DayCount>().Maybe(), Instants.Maybe(),
            (l, b, a, d, r, c, m) => (CompanyEvent)new LoanDrawn(l, b, a, d, r, c, m)),
        [typeof(LoanRepaid)] = Gen.Select(Key<LoanId>(), Companies, Amounts, (l, c, a) => (CompanyEvent)new LoanRepaid(l, c, a)),
        [typeof(InterestPaid)] = Gen.Select(Key<LoanId>(), Companies, Amounts, (l, c, a) => (CompanyEvent)new InterestPaid(l, c, a)),
        [typeof(GuaranteeGiven)] = Gen.Select(
            Key<GuaranteeId>(), Companies.Maybe(), Companies.Maybe(), Amounts, (g, o, b, c) => (CompanyEvent)new GuaranteeGiven(g, o, b, c)),
        [typeof(GuaranteeCalled)] = Gen.Select(Key<GuaranteeId>(), Companies.Maybe(), Amounts, (g, b, a) => (CompanyEvent)new GuaranteeCalled(g, b, a)),

        [typeof(StepPaid)] = Gen.Select(Companies, Companies.Maybe(), Amounts, (r, p, a) => (CompanyEvent)new StepPaid(r, p, a)),
        [typeof(StepRefused)] = Gen.Select(Companies, Texts, Texts, (r, c, m) => (CompanyEvent)new StepRefused(r, c, m)),
        [typeof(StepPosted)] = EventIds.Select(e => (CompanyEvent)new StepPosted(e)),
    };

    /// <summary>An event of any type.</summary>
    public static readonly Gen<CompanyEvent> Any = Gen.OneOf<CompanyEvent>([.. ByType.Values]);

    public static readonly Gen<EventEnvelope> Envelope = Gen.Select(Header, Any, (header, value) => new EventEnvelope(header, value));
}
