namespace ActorFinance.Model.Tests.Deals;

/// <summary>
/// Random commands of every type over few names, few amounts and few days, so that they meet: late, same-instant and future-dated facts, draws of
/// what is drawn, voids of what is voided. One seed, one command.
/// </summary>
internal static class RandomCommands
{
    public static readonly CompanyId[] Companies = [Acme, Nvidia, Prudent, Thrifty];

    private static readonly HolderId[] Holders = [Founder, HolderOf(Nvidia), HolderOf(Prudent), HolderOf(Thrifty), HolderOf(Acme), HolderId.Outside, Holder("fund")];
    private static readonly CompanyId[] Issuers = [Acme, Acme, Prudent, Prudent, Nvidia];
    private static readonly ShareClassId Units = Value.Parse<ShareClassId>("units");

    /// <summary>What a book starts with, so that not everything is refused.</summary>
    public static IEnumerable<CommandEnvelope> Opening()
    {
        var number = 0;
        CommandEnvelope Next(CompanyId company, CompanyCommand command, Instant? at = null) =>
            new(Value.Parse<CommandId>($"opening-{++number}"), company, at ?? Day1, command);

        foreach (var company in Companies)
        {
            var policy = Given.Others(company)!.Value;
            yield return Next(company, new RegisterCompany(company.Value, Dollar, CashPolicy: policy));
            yield return Next(company, new ReceiveExternalCash(Usd(policy == CashPolicy.RejectShortfall ? "60" : "500"), ExternalCategory.Opening));
        }

        foreach (var issuer in new[] { Acme, Prudent })
        {
            yield return Next(issuer, new CreateShareClass(Common, Quantity.Of(1), Shares(60)));
            yield return Next(issuer, new CreateShareClass(Preferred, Quantity.Of(0), Decimals: 2, ConversionRatio: Quantity.Of(2)));
            yield return Next(issuer, new CreateShareClass(Units, Quantity.Of(1), Notional: true));
            yield return Next(issuer, new IssueShares(Founder, Common, Shares(21)));
            yield return Next(issuer, new IssueShares(HolderOf(Nvidia), Common, Shares(9)));
            yield return Next(issuer, new IssueShares(HolderOf(Thrifty), Common, Shares(5)));
            yield return Next(issuer, new GrantWarrant(Warrant, HolderOf(Nvidia), Common, Usd("2"), [new("first", Shares(10), null), new("second", Shares(5), null)]));
            yield return Next(issuer, new VestWarrant(Warrant, "first"));
        }

        foreach (var payer in Companies)
        {
            yield return Next(payer, new CommitInvestment(new(Promise, payer, payer == Acme ? Nvidia : Acme, Usd("50"), [], null, null, null, null)));
        }
    }

    public static CommandEnvelope Next(Random random, int number, IReadOnlyList<RecordedEvent> journal, Instant now)
    {
        if (random.Next(5) == 0 && journal.Count > 0)
        {
            // Mostly the newer facts: the opening ones carry the rest.
            var first = random.Next(3) == 0 ? 0 : Math.Max(0, journal.Count - 15);
            var target = journal[random.Next(first, journal.Count)].Header;
            for (var tries = 0; tries < 2 && target.Role is StepRole.Closing or StepRole.Refusing; tries++)
            {
                target = journal[random.Next(first, journal.Count)].Header;
            }

            // What may have paid several that count it.
            if (random.Next(3) == 0 && journal.LastOrDefault(e => e.Event is DividendDeclared { Shares.Count: > 1 } or StepPaid { Payee: not null }) is { } shared)
            {
                target = shared.Header;
            }

            return Envelope(random, number, random.Next(20) == 0 ? Any(random, Companies) : target.Emitter, new VoidEvent(target.Id, "a mistake"), now);
        }

        var company = Any(random, Companies);
        var command = Command(random, ref company);
        return Envelope(random, number, random.Next(60) == 0 ? Nobody : company, command, now);
    }

    /// <summary>The same order, or another content under the same id.</summary>
    public static CommandEnvelope Again(Random random, CommandEnvelope earlier) =>
        random.Next(2) == 0 ? earlier with { Rank = random.Next(5), IssuedBy = "somebody else" } : earlier with { Source = $"source {random.Next(3)}", Leg = "b" };

    private static CommandEnvelope Envelope(Random random, int number, CompanyId company, CompanyCommand command, Instant now) => new(
        Value.Parse<CommandId>($"order-{(random.Next(25) == 0 ? random.Next(number + 1) : number)}"), company, Time(random), command)
    {
        Rank = random.Next(4) == 0 ? random.Next(-2, 3) : 0,
        Deal = command is AnnounceDeal or ContractDeal or SupersedeDeal or CancelDeal or CompleteDeal || random.Next(2) == 0
            ? random.Next(30) == 0 ? null : Any(random, [Deal, OtherDeal])
            : null,
        KnownAt = random.Next(8) switch
        {
            0 => Day2,
            1 when random.Next(4) == 0 => new(now.UtcTicks + TimeSpan.TicksPerDay),
            _ => null,
        },
        Causation = random.Next(10) == 0 ? Id(7) : null,
    };

    private static Instant Time(Random random) => random.Next(12) switch
    {
        0 => Instant.Of(2026, 12, 1),
        1 => Instant.Of(2027, 3, random.Next(1, 4)),
        _ => Instant.Of(2026, 1, 1 + random.Next(6)),
    };

    private static CompanyCommand Command(Random random, ref CompanyId company)
    {
        var kind = random.Next(25) == 0 ? 45 : random.Next(3) == 0 ? random.Next(26, 38) : random.Next(56);
        if (kind >= 22)
        {
            company = Any(random, Issuers);
        }

        var issuer = company;
        return kind switch
        {
            0 => new RegisterCompany("again", Dollar),
            1 => new RenameCompany(random.Next(4) == 0 ? "" : "new name"),
            2 => new ReachMilestone("1 GW"),
            3 => new RecordFxRate(Dollar, Euro, Quantity.Of(0.9m)),
            4 => new ReceiveExternalCash(Amount(random), ExternalCategory.Revenue),
            5 or 6 => new PayExternalCash(Amount(random), ExternalCategory.Opex),
            7 => new Invest(Other(random), Amount(random), Draw(random), random.Next(6) == 0),
            8 or 9 => new PayPurchase(Other(random), Amount(random), Draw(random), InKind: random.Next(6) == 0),
            10 => new RefundPurchase(Other(random), Amount(random)),
            11 or 12 => new PayTransfer(Other(random), Amount(random), TransferPurpose.Fee),
            13 => new DeliverPurchase(Other(random), Quantity.Of(1)),
            14 => Any<CompanyCommand>(random, [new AnnounceDeal(Terms(company, Other(random), "10")), new ContractDeal(Terms(company, null, "10"))]),
            15 => Any<CompanyCommand>(random, [new SupersedeDeal(Any(random, [Deal, OtherDeal])), new CancelDeal("no"), new CompleteDeal()]),
            16 => new CommitPurchase(Commit(random, company)),
            17 => new CommitLoan(Commit(random, company)),
            18 => new ReleaseCommitment(Draw(random) ?? Promise, Amount(random)),
            19 => new DrawLoan(Loan, Other(random), Amount(random), Draw(random)),
            20 => Any<CompanyCommand>(random, [new RepayLoan(Loan, Other(random), Amount(random)), new PayInterest(Loan, Other(random), Amount(random))]),
            21 => Any<CompanyCommand>(random, [new GiveGuarantee(Guarantee, Amount(random), Beneficiary: random.Next(2) == 0 ? Other(random) : null), new CallGuarantee(Guarantee, Amount(random))]),
            22 => new CreateShareClass(AnyClass(random), Quantity.Of(1), Shares(40)),
            23 or 24 => new IssueShares(AnyHolder(random), AnyClass(random), Count(random)),
            25 => new IssueShares(AnyHolder(random), Units, FractionHeld: Fraction.Of(random.Next(6) * 0.1m)),
            26 or 27 or 28 or 29 or 30 => random.Next(5) == 0
                ? new SellShares(AnyHolder(random), AnyClass(random), Amount(random), Valuation: Round, Draws: Draw(random))
                : new SellShares(AnyHolder(random), AnyClass(random), Amount(random), Usd("2"), Draws: random.Next(3) == 0 ? Draw(random) : null),
            31 => new ReservePool(AnyClass(random), Count(random)),
            32 or 33 or 34 or 35 or 36 or 37 => new TransferShares(AnyHolder(random), AnyHolder(random), AnyClass(random), Count(random), random.Next(3) == 0 ? null : Usd("1.5")),
            38 or 39 => new RepurchaseShares(AnyHolder(random), AnyClass(random), Count(random), random.Next(3) == 0 ? null : Usd("1")),
            40 or 41 => new SplitShares(AnyClass(random), random.Next(1, 4), random.Next(1, 4)),
            42 => new RecordValuation(Round, PreMoney: Usd("100")),
            43 => new RecordValuation(Round, Preferred, Usd("3")),
            44 => new DeclareDividend(AnyClass(random), Amount(random)),
            45 => random.Next(4) == 0
                ? new DeclareDividend(Shares: [new(AnyHolder(random), Amount(random)), new(Holder("fund"), Usd("1"))])
                : new DeclareDividend(Shares: [new(HolderOf(Thrifty), Usd("2")), new(HolderOf(company == Prudent ? Nvidia : Prudent), Usd("1"))]),
            46 => new GrantWarrant(Warrant, AnyHolder(random), Common, Usd(random.Next(3) == 0 ? "0" : "1"), [new("first", Shares(3), null), new("third", Shares(4), null)]),
            47 => new VestWarrant(Warrant, Any(random, ["first", "second", "third"])),
            48 or 49 or 50 => new ExerciseWarrant(Warrant, Count(random)),
            51 => new LapseWarrant(Warrant),
            52 or 53 => new SellConvertible(Note, AnyHolder(random), Amount(random), Common, random.Next(3) == 0 ? null : Usd("2"), Draw(random)),
            54 => new ConvertConvertible(Note, Common, random.Next(2) == 0 ? Count(random) : null),
            _ => new CommitInvestment(new(Value.Parse<CommitmentId>("outside-1"), null, issuer, Usd("30"), [], null, null, null, null)),
        };
    }

    private static CommitmentTerms Commit(Random random, CompanyId company) => new(
        Value.Parse<CommitmentId>("promise-2"), company, random.Next(3) == 0 ? null : Other(random), Amount(random), [], null, null, null, null);

    private static CommitmentId? Draw(Random random) => random.Next(6) switch
    {
        0 or 1 => Promise,
        2 => Value.Parse<CommitmentId>("promise-2"),
        3 when random.Next(2) == 0 => Value.Parse<CommitmentId>("outside-1"),
        _ => null,
    };

    private static Money Amount(Random random) => random.Next(14) switch
    {
        0 => Usd("0"),
        1 => Usd("-5"),
        2 => Eur("3"),
        3 => Usd("400"),
        4 => Usd("0.0000000001"),
        5 or 6 => Usd("20"),
        7 => Usd("60"),
        8 => Usd("9.99"),
        _ => Usd(random.Next(1, 12).ToString()),
    };

    private static ShareQuantity Count(Random random) => Shares(random.Next(12) switch
    {
        0 => 0,
        1 => 2.5m,
        2 => 70,
        _ => random.Next(1, 8),
    });

    private static CompanyId Other(Random random) => random.Next(25) == 0 ? Nobody : Any(random, Companies);

    private static HolderId AnyHolder(Random random) => Any(random, Holders);

    private static ShareClassId AnyClass(Random random) => Any(random, [Common, Common, Common, Preferred, Units]);

    private static T Any<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
