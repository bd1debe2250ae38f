namespace ActorFinance.Model.Tests.Refusals;

/// <summary>The bad example of one rule.</summary>
public sealed record RefusalExample(Type Type, string Rule, Func<Refusal> Provoke)
{
    public override string ToString() => Type.Name;
}

/// <summary>Every refusal in order of precedence: the first that applies is the answer.</summary>
public static class RefusalExamples
{
    public static IReadOnlyList<RefusalExample> All { get; } =
    [
        // Before anything is decided.
        Of<CommandIdReused>(
            "A command id names one order for ever.",
            () => Given.Company(Given.At(Day1, new CompanyRenamed("Acme"))).When(Given.Order(new RenameCompany("Other"), id: "given-1"))),
        Of<NotForMarket>(
            "`$market` records exchange rates and nothing else does.",
            () => Given.Company().When(new RecordFxRate(Dollar, Euro, Quantity.Of(0.9m)))),
        Of<UnknownCompany>(
            "Whoever is named as a company is registered.",
            () => Given.Company().When(new Invest(Nobody, Usd("10bn")))),
        Of<CompanyAlreadyRegistered>(
            "A company is registered once.",
            () => Given.Company().When(new RegisterCompany("Acme", Dollar))),

        // What the command itself says.
        Of<DealRequired>(
            "A deal's own commands name the deal.",
            () => Given.Company().When(new CancelDeal("no financing"))),
        Of<AmountNotPositive>(
            "Amounts and quantities are above 0; the direction is in the kind of command.",
            () => Given.Company().When(new Invest(Openai, Usd("-5")))),
        Of<PaymentToItself>(
            "Nobody pays, or issues shares to, itself.",
            () => Given.Company().When(new PayTransfer(Acme, Usd("1"), TransferPurpose.Fee))),
        Of<NotAParty>(
            "The one who pays emits a deal and its commitments; the one who receives only when the payer is outside.",
            () => Given.Company().When(new CommitInvestment(Committed("10bn", Nvidia, Acme)))),
        Of<InvalidField>(
            "A field keeps its rule.",
            () => Given.Company().When(new RenameCompany(""))),
        Of<DueAmountsDiffer>(
            "The due amounts of a commitment add up to it.",
            () => Given.Company().When(new CommitInvestment(Committed("10bn", Acme, Openai, new DueAmount(Day3, Usd("4bn")), new DueAmount(Day4, Usd("5bn")))))),
        Of<CurrenciesDiffer>(
            "Nothing is converted on writing.",
            () => Given.Company(Given.At(Day1, new InvestmentCommitted(Committed("10bn", Acme, Openai)))).When(new Invest(Openai, Eur("1bn"), Promise))),

        // Voids.
        Of<UnknownEvent>(
            "A void names an event of the company it is sent to.",
            () => Given.Company().When(new VoidEvent(Id(99), "a mistake"))),
        Of<AlreadyVoided>(
            "An event is voided once.",
            () => Given.Company(new ExternalCashPaid(Usd("5"), ExternalCategory.Opex), new EventVoided(Id(1), "a mistake", null, null)).When(new VoidEvent(Id(1), "again"))),
        Of<NotVoidable>(
            "Registrations, voids and the answers of a step stay.",
            () => Given.Company().When(new VoidEvent(Id(0), "a mistake"))),
        Of<VoidInProgress>(
            "While a void waits for the other company, no fact is taken that it could upset.",
            () => Given.Company(
                    Class(),
                    Given.InStep(1, StepRole.Pending, Sold()),
                    Given.InStep(1, StepRole.Closing, new StepPosted(Id(50))),
                    Given.InStep(2, StepRole.Pending, new EventVoided(Id(2), "a mistake", Nvidia, Id(50))))
                .When(new IssueShares(Founder, Common, Shares(1)))),

        // Money.
        Of<Shortfall>(
            "A company under `reject-shortfall` pays what it has, at that time and at every later one.",
            () => Given.GuardedCompany(new ExternalCashReceived(Usd("5m"), ExternalCategory.Opening)).When(new PayExternalCash(Usd("6.5m"), ExternalCategory.Capex))),
        Of<TotalTooLarge>(
            "Totals stay within what is exact.",
            () => Given.Company(Class(), Issued(9_000_000_000_000_000m)).When(new IssueShares(Founder, Common, Shares(2_000_000_000_000_000m)))),

        // Deals, commitments, guarantees.
        Of<UnknownDeal>(
            "A deal is announced or contracted before it ends.",
            () => Given.Company().When(new CancelDeal("no financing"), deal: Deal)),
        Of<DealInState>(
            "A deal only goes forward.",
            () => Given.Company(Given.Under(Deal, new DealContracted(Terms(Acme, Openai))), Given.Under(Deal, new DealCompleted())).When(new CancelDeal("too late"), deal: Deal)),
        Of<CommitmentExists>(
            "A commitment's id is taken once in a company.",
            () => Given.Company(new InvestmentCommitted(Committed("10bn", Acme, Openai))).When(new CommitInvestment(Committed("5bn", Acme, Openai)))),
        Of<UnknownCommitment>(
            "What is drawn was committed by then.",
            () => Given.Company().When(new Invest(Openai, Usd("1bn"), Promise))),
        Of<DrawAboveCommitment>(
            "No more is drawn or released than is outstanding.",
            () => Given.Company(new InvestmentCommitted(Committed("10bn", Acme, Openai)), Paid(Openai, "7bn", Promise)).When(new Invest(Openai, Usd("4bn"), Promise))),
        Of<GuaranteeExists>(
            "A guarantee's id is taken once in a company.",
            () => Given.Company(new GuaranteeGiven(Guarantee, Openai, null, Usd("1bn"))).When(new GiveGuarantee(Guarantee, Usd("2bn")))),
        Of<UnknownGuarantee>(
            "What is called was given by then.",
            () => Given.Company().When(new CallGuarantee(Guarantee, Usd("1m")))),
        Of<AboveCeiling>(
            "A guarantee is called up to its ceiling.",
            () => Given.Company(new GuaranteeGiven(Guarantee, Openai, null, Usd("10m")), new GuaranteeCalled(Guarantee, null, Usd("7m"))).When(new CallGuarantee(Guarantee, Usd("4m")))),

        // Shares.
        Of<UnknownShareClass>(
            "A class is created before its shares.",
            () => Given.Company().When(new IssueShares(Founder, Common, Shares(1)))),
        Of<ShareClassExists>(
            "A class is created once.",
            () => Given.Company(Class()).When(new CreateShareClass(Common, Quantity.Of(1)))),
        Of<NotionalClassOnly>(
            "A fraction is for a class whose share count is not published.",
            () => Given.Company(Class()).When(new IssueShares(Founder, Common, FractionHeld: Fraction.Of(0.1m)))),
        Of<NoNewUnitsOfNotionalClass>(
            "A class without a published count has no shares to count.",
            () => Given.Company(Class(notional: true)).When(new IssueShares(Founder, Common, Shares(5)))),
        Of<TooManyDecimals>(
            "A quantity has at most the decimals of its class.",
            () => Given.Company(Class(decimals: 2)).When(new IssueShares(Founder, Common, Shares(1.234m)))),
        Of<AboveAuthorised>(
            "No more is outstanding or pending than is authorised.",
            () => Given.Company(Class(authorised: 1_000), Issued(900)).When(new IssueShares(HolderOf(Nvidia), Common, Shares(200)))),
        Of<SplitAboveAuthorised>(
            "Rounding in a split makes no more shares than are authorised after it.",
            () => Given.Company(Class(authorised: 3), Issued(1), Issued(1, HolderOf(Nvidia)), Issued(1, HolderOf(Openai))).When(new SplitShares(Common, 3, 2))),
        Of<NotEnoughShares>(
            "Nobody gives what it does not hold.",
            () => Given.Company(Class(), Issued(10)).When(new TransferShares(Founder, HolderOf(Nvidia), Common, Shares(11)))),
        Of<UnknownValuation>(
            "A round's valuation is recorded before its shares are sold.",
            () => Given.Company(Class()).When(new SellShares(HolderOf(Nvidia), Common, Usd("10m"), Valuation: Round))),
        Of<ValuationExists>(
            "A valuation's id is taken once in a company.",
            () => Given.Company(new ValuationRecorded(Round, null, null, null, Usd("100bn"))).When(new RecordValuation(Round, PostMoney: Usd("110bn")))),
        Of<NothingOutstanding>(
            "A pre-money valuation needs shares to be the price of, and a dividend holders.",
            () => Given.Company(Class(), new ValuationRecorded(Round, null, null, Usd("100bn"), null)).When(new SellShares(HolderOf(Nvidia), Common, Usd("10m"), Valuation: Round))),
        Of<NoPriceFromPostMoney>(
            "A post-money valuation fixes no price.",
            () => Given.Company(Class(), new ValuationRecorded(Round, null, null, null, Usd("100bn"))).When(new SellShares(HolderOf(Nvidia), Common, Usd("10m"), Valuation: Round))),
        Of<BuysNoShare>(
            "Money that buys no unit of the class buys nothing.",
            () => Given.Company(Class()).When(new SellShares(HolderOf(Nvidia), Common, Usd("1"), Usd("10")))),

        // Warrants and convertibles.
        Of<WarrantExists>(
            "A warrant's id is taken once in a company.",
            () => Given.Company(Class(), Granted()).When(new GrantWarrant(Warrant, Founder, Common, Usd("1"), [new("only", Shares(1), null)]))),
        Of<UnknownWarrant>(
            "What vests or is exercised was granted by then.",
            () => Given.Company(Class()).When(new VestWarrant(Warrant, "first"))),
        Of<WarrantEnded>(
            "Nothing vests or is exercised after the expiry or the lapse.",
            () => Given.Company(Class(), Granted(expiry: Day2)).When(new VestWarrant(Warrant, "first"), Day3)),
        Of<UnknownTranche>(
            "A tranche vests once.",
            () => Given.Company(Class(), Granted(), new WarrantVested(Warrant, "first")).When(new VestWarrant(Warrant, "first"))),
        Of<AboveVested>(
            "No more is exercised than has vested.",
            () => Given.Company(Class(), Granted(), new WarrantVested(Warrant, "first")).When(new ExerciseWarrant(Warrant, Shares(101)))),
        Of<ConvertibleExists>(
            "A convertible's id is taken once in a company.",
            () => Given.Company(Given.InStep(1, StepRole.Pending, Registered())).When(new SellConvertible(Note, HolderOf(Nvidia), Usd("1m")))),
        Of<ConvertibleNotOpen>(
            "A convertible is paid before it is converted, once.",
            () => Given.Company(Class(), Given.InStep(1, StepRole.Pending, Registered())).When(new ConvertConvertible(Note, Common, Shares(5)))),
        Of<ConversionTermsMissing>(
            "A convertible without a published price is converted at a stated quantity.",
            () => Given.Company(Class(), Given.InStep(1, StepRole.Pending, Registered()), Given.InStep(1, StepRole.Closing, new StepPosted(Id(50))))
                .When(new ConvertConvertible(Note, Common))),

        // What is recorded already, and the other company.
        Of<LaterStateInvalid>(
            "A backdated fact, or a void, leaves every later one standing.",
            () => Given.Company(Class(), Issued(100), Given.At(Day3, new SharesTransferred(Founder, HolderOf(Nvidia), Common, Shares(80), null, null, false, true)))
                .When(new TransferShares(Founder, HolderOf(Openai), Common, Shares(30)))),
        new(typeof(PayerRefused), "A step is not opened when the other company would refuse its side.", RefusedByPayer),
        new(
            typeof(CounterpartUnreachable),
            "A step is not opened when the other company does not answer.",
            () => new CounterpartUnreachable(Nvidia)),
        new(
            typeof(KnownAfterRecorded),
            "A fact is known at the latest when it is recorded.",
            () => Enveloping.Check(EventParticulars.Of(Given.Order(new RenameCompany("x")) with { KnownAt = Day3 }, default), Day2)!),
    ];

    private static RefusalExample Of<T>(string rule, Func<object> when)
        where T : Refusal =>
        new(typeof(T), rule, () => ((When)when()).Refusal());

    private static SharesIssued Sold() => new(
        HolderOf(Nvidia), Common, Shares(5), null, Consideration.Cash, Nvidia, Usd("10"), Usd("2"), null, null);

    private static ConvertibleRegistered Registered() => new(Note, HolderOf(Nvidia), Nvidia, Usd("1m"), null, null, null);

    private static Refusal RefusedByPayer()
    {
        var ids = 0;
        var book = new Rehearsal(CompanyState.Empty, () => Now, () => Id(++ids).Value);
        book.Submit(Given.Order(new RegisterCompany("Acme", Dollar), id: "1")).Refusal.ShouldBeNull();
        book.Submit(Given.Order(new RegisterCompany("Prudent", Dollar, CashPolicy: CashPolicy.RejectShortfall), id: "2", company: Prudent)).Refusal.ShouldBeNull();
        book.Submit(Given.Order(new CreateShareClass(Common, Quantity.Of(1)), id: "3")).Refusal.ShouldBeNull();
        return book.Submit(Given.Order(new SellShares(HolderOf(Prudent), Common, Usd("10m"), Usd("2")), id: "4")).Refusal!;
    }
}
