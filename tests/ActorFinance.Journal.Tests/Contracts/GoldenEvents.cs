using ActorFinance.Model;

namespace ActorFinance.Journal.Tests.Contracts;

/// <summary>What the golden bytes say, by manifest: once with every optional field, once with none.</summary>
internal static class GoldenEvents
{
    private static readonly Money TenBillion = Value.Parse<Money>("10bn USD");
    private static readonly Money Price = Value.Parse<Money>("52.75 USD");
    private static readonly Money NegativeYen = Value.Parse<Money>("-0.0000000001 JPY");
    private static readonly CompanyId Nvidia = Value.Parse<CompanyId>("nvidia");
    private static readonly CompanyId OpenAi = Value.Parse<CompanyId>("openai");
    private static readonly HolderId Holder = Value.Parse<HolderId>("nvidia");
    private static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");
    private static readonly CommitmentId Commitment = Value.Parse<CommitmentId>("openai-2025/tranche-1");
    private static readonly ValuationId Valuation = Value.Parse<ValuationId>("round-f");
    private static readonly ConvertibleId Convertible = Value.Parse<ConvertibleId>("note-1");
    private static readonly LoanId Loan = Value.Parse<LoanId>("loan-1");
    private static readonly WarrantId Warrant = Value.Parse<WarrantId>("amd-warrant");
    private static readonly GuaranteeId Guarantee = Value.Parse<GuaranteeId>("lease:1");
    private static readonly DealId Deal = Value.Parse<DealId>("nvidia-openai-2025");
    private static readonly DealId OtherDeal = Value.Parse<DealId>("nvidia-openai-2026");
    private static readonly EventId OtherEvent = Value.Parse<EventId>("0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b");
    private static readonly Instant Signed = Instant.Of(2025, 9, 22);
    private static readonly Instant Deadline = Value.Parse<Instant>("2030-12-31T23:59:59.9999999Z");
    private static readonly Quantity Ten = Quantity.Of(10m);
    private static readonly ShareQuantity Shares = ShareQuantity.Of(1_234_567.0000000001m);

    private static readonly ConditionSet Conditions = new(
        AnySuffices: true,
        [
            new(ConditionKind.Milestone, OpenAi, "1 GW deployed", null, null, null),
            new(ConditionKind.Date, null, null, Signed, null, null),
            new(ConditionKind.Price, Nvidia, null, null, Common, Price),
        ],
        Deadline);

    private static readonly CommitmentTerms FullCommitment = new(
        Commitment, Nvidia, OpenAi, TenBillion, [new(Signed, TenBillion), new(Deadline, NegativeYen)], Conditions, "Systeme für 10 GW", Ten, "GW");

    private static readonly CommitmentTerms BareCommitment = new(Commitment, null, null, TenBillion, [], null, null, null, null);

    private static readonly DealTerms FullDeal = new(
        DealKind.Investment, Nvidia, OpenAi, TenBillion, Value.Parse<Money>("100bn USD"), "Letter of intent", "as each GW is deployed", Deal, [Deal, OtherDeal], InKind: true);

    private static readonly DealTerms BareDeal = new(DealKind.Other, null, null, null, null, null, null, null, [], InKind: false);

    private static readonly EventHeader FullHeader = new(
        Id: Value.Parse<EventId>("01997000-0001-7aaa-8bbb-0123456789ab"),
        Emitter: Nvidia,
        SequenceNumber: 1_000_000_007,
        EffectiveAt: Signed,
        Rank: -3,
        RecordedAt: Deadline,
        KnownAt: Signed,
        Deal: Deal,
        Leg: "equity",
        Tranche: "1",
        Step: Value.Parse<StepId>("01997000-0002-7aaa-8bbb-0123456789ab"),
        Role: StepRole.Posting,
        Command: Value.Parse<CommandId>("import-2025:17"),
        CommandDigest: new([.. Enumerable.Range(0, Digest.Length).Select(i => (byte)i)]),
        Causation: Value.Parse<EventId>("01997000-0003-7aaa-8bbb-0123456789ab"),
        Source: "https://example.com/8-k#§4",
        Confidence: Confidence.Medium,
        IssuedBy: "Zoë",
        PreviousHash: new([.. Enumerable.Range(0, Digest.Length).Select(i => (byte)(255 - i))]));

    private static readonly EventHeader BareHeader = FullHeader with
    {
        SequenceNumber = 1,
        Rank = 0,
        Deal = null,
        Leg = null,
        Tranche = null,
        Step = null,
        Role = StepRole.None,
        Causation = null,
        Source = null,
        Confidence = null,
        IssuedBy = null,
        PreviousHash = default,
    };

    private static readonly Dictionary<string, (CompanyEvent Full, CompanyEvent Bare)> Bodies = new()
    {
        ["company-registered:1"] = Same(new CompanyRegistered("OpenAI OpCo, LLC", Value.Parse<Currency>("USD"), CompanyKind.Group, CashPolicy.AllowShortfall)),
        ["company-registered:2"] = Same(new CompanyRegistered("OpenAI OpCo, LLC", Value.Parse<Currency>("USD"), CompanyKind.Group, CashPolicy.RejectShortfall)),
        ["company-renamed:1"] = Same(new CompanyRenamed("数据中心 GmbH")),
        ["milestone-reached:1"] = Same(new MilestoneReached("1 GW deployed")),
        ["fx-rate-recorded:1"] = Same(new FxRateRecorded(Value.Parse<Currency>("EUR"), Value.Parse<Currency>("USD"), Quantity.Of(1.0842m))),
        ["event-voided:1"] = (new EventVoided(OtherEvent, "twice", OpenAi, OtherEvent), new EventVoided(OtherEvent, "", null, null)),

        ["external-cash-received:1"] = Same(new ExternalCashReceived(TenBillion, ExternalCategory.Opening)),
        ["external-cash-paid:1"] = Same(new ExternalCashPaid(NegativeYen, ExternalCategory.Other)),
        ["investment-made:1"] = (
            new InvestmentMade(OpenAi, TenBillion, Instrument.Equity, Common, Price, Valuation, Convertible, Commitment, InKind: true),
            new InvestmentMade(OpenAi, TenBillion, Instrument.NotStated, null, null, null, null, null, InKind: false)),
        ["purchase-paid:1"] = (
            new PurchasePaid(Nvidia, TenBillion, Commitment, "GB300", Ten, "GPU", InKind: true),
            new PurchasePaid(Nvidia, TenBillion, null, null, null, null, InKind: false)),
        ["purchase-refunded:1"] = (
            new PurchaseRefunded(OpenAi, TenBillion, "GB300", Ten, "GPU", InKind: true),
            new PurchaseRefunded(OpenAi, TenBillion, null, null, null, InKind: false)),
        ["transfer-paid:1"] = Same(new TransferPaid(Nvidia, TenBillion, TransferPurpose.RevenueShare)),
        ["purchase-delivered:1"] = (new PurchaseDelivered(OpenAi, "GB300", Ten, "GPU"), new PurchaseDelivered(OpenAi, null, Ten, null)),
        ["receipt-acknowledged:1"] = Same(new ReceiptAcknowledged(Nvidia, OtherEvent, TenBillion)),

        ["deal-announced:1"] = (new DealAnnounced(FullDeal), new DealAnnounced(BareDeal)),
        ["deal-contracted:1"] = (new DealContracted(FullDeal), new DealContracted(BareDeal)),
        ["deal-superseded:1"] = Same(new DealSuperseded(OtherDeal)),
        ["deal-cancelled:1"] = Same(new DealCancelled("not signed")),
        ["deal-completed:1"] = Same(new DealCompleted()),

        ["investment-committed:1"] = (new InvestmentCommitted(FullCommitment), new InvestmentCommitted(BareCommitment)),
        ["purchase-committed:1"] = (new PurchaseCommitted(FullCommitment), new PurchaseCommitted(BareCommitment)),
        ["loan-committed:1"] = (new LoanCommitted(FullCommitment), new LoanCommitted(BareCommitment)),
        ["commitment-released:1"] = (new CommitmentReleased(Commitment, TenBillion, "lapsed"), new CommitmentReleased(Commitment, TenBillion, null)),

        ["share-class-created:1"] = (
            new ShareClassCreated(Common, Ten, Shares, 10, Quantity.Of(1.5m), Notional: false),
            new ShareClassCreated(Common, default, null, 0, Ten, Notional: true)),
        ["shares-issued:1"] = (
            new SharesIssued(Holder, Common, Shares, Fraction.Of(0.123456789012m), Consideration.Cash, Nvidia, TenBillion, Price, Valuation, Commitment),
            new SharesIssued(HolderId.Outside, Common, null, null, Consideration.None, null, null, null, null, null)),
        ["pool-reserved:1"] = Same(new PoolReserved(Common, Shares)),
        ["shares-transferred:1"] = (
            new SharesTransferred(Holder, HolderId.Outside, Common, Shares, Price, TenBillion, SellerIsCompany: true, BuyerIsCompany: false),
            new SharesTransferred(HolderId.Outside, Holder, Common, Shares, null, null, SellerIsCompany: false, BuyerIsCompany: true)),
        ["shares-repurchased:1"] = (new SharesRepurchased(Holder, Common, Shares, TenBillion), new SharesRepurchased(Holder, Common, Shares, null)),
        ["shares-split:1"] = Same(new SharesSplit(Common, 10, 1)),
        ["valuation-recorded:1"] = (
            new ValuationRecorded(Valuation, Common, Price, TenBillion, Value.Parse<Money>("500bn USD")),
            new ValuationRecorded(Valuation, null, null, null, null)),
        ["dividend-declared:1"] = (
            new DividendDeclared(Common, [new(Holder, TenBillion), new(HolderId.Outside, Price)]),
            new DividendDeclared(null, [])),

        ["warrant-granted:1"] = (
            new WarrantGranted(Warrant, Holder, Common, Price, Deadline, [new("first", Shares, Conditions), new("second", ShareQuantity.Zero, null)]),
            new WarrantGranted(Warrant, Holder, Common, Price, null, [])),
        ["warrant-vested:1"] = Same(new WarrantVested(Warrant, "first")),
        ["warrant-exercised:1"] = (new WarrantExercised(Warrant, Shares, OpenAi, TenBillion), new WarrantExercised(Warrant, Shares, null, null)),
        ["warrant-lapsed:1"] = Same(new WarrantLapsed(Warrant)),
        ["convertible-registered:1"] = (
            new ConvertibleRegistered(Convertible, Holder, Nvidia, TenBillion, Common, Price, Commitment),
            new ConvertibleRegistered(Convertible, Holder, null, TenBillion, null, null, null)),
        ["convertible-converted:1"] = Same(new ConvertibleConverted(Convertible, Common, Shares)),

        ["loan-drawn:1"] = (
            new LoanDrawn(Loan, OpenAi, TenBillion, Commitment, Quantity.Of(0.0625m), DayCount.Actual360, Deadline),
            new LoanDrawn(Loan, OpenAi, TenBillion, null, null, null, null)),
        ["loan-repaid:1"] = Same(new LoanRepaid(Loan, Nvidia, TenBillion)),
        ["interest-paid:1"] = Same(new InterestPaid(Loan, Nvidia, Price)),
        ["guarantee-given:1"] = (new GuaranteeGiven(Guarantee, OpenAi, Nvidia, TenBillion), new GuaranteeGiven(Guarantee, null, null, TenBillion)),
        ["guarantee-called:1"] = (new GuaranteeCalled(Guarantee, Nvidia, TenBillion), new GuaranteeCalled(Guarantee, null, TenBillion)),

        ["step-paid:1"] = (new StepPaid(OpenAi, Nvidia, TenBillion), new StepPaid(OpenAi, null, TenBillion)),
        ["step-refused:1"] = Same(new StepRefused(OpenAi, "cash-shortfall", "asked 10bn USD, free 1bn USD")),
        ["step-posted:1"] = Same(new StepPosted(OtherEvent)),
    };

    public static IEnumerable<string> Manifests => Bodies.Keys;

    public static (EventEnvelope Full, EventEnvelope Bare) Of(string manifest) =>
        Bodies.TryGetValue(manifest, out var bodies)
            ? (new(FullHeader, bodies.Full), new(BareHeader, bodies.Bare))
            : throw new KeyNotFoundException($"{nameof(GoldenEvents)} has no event for {manifest}: add one with every optional field and one with none");

    private static (CompanyEvent Full, CompanyEvent Bare) Same(CompanyEvent value) => (value, value);
}
