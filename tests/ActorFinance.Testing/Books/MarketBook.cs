using System.Buffers.Binary;
using System.Globalization;
using ActorFinance.Model;

namespace ActorFinance.Testing.Books;

/// <summary>
/// A book with the shapes of reality, decided by the companies themselves: payments among regular partners, commitments that are drawn, released or
/// left open, deals announced and superseded, share classes with cross-holdings, rounds, transfers and splits, loans, late facts, facts of the
/// future, voids, and at its end steps that a writer which died left pending. The same events, to the byte, for the same sizes and seed.
/// </summary>
public sealed class MarketBook
{
    private const long TicksPerYear = 365 * TimeSpan.TicksPerDay;
    private const int Years = 4;
    private const int VoidableMax = 4_096;
    private static readonly Instant FirstRecord = Instant.Of(2023, 1, 2);

    /// <summary>Before the latest of the facts that are told late.</summary>
    private static readonly Instant Foundation = Instant.Of(2020, 1, 1);
    private static readonly Currency Dollar = Value.Parse<Currency>("USD");
    private static readonly Currency Euro = Value.Parse<Currency>("EUR");
    private static readonly HolderId Founders = Value.Parse<HolderId>("founders");
    private static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");

    private readonly Random _random;
    private readonly MarketShape _shape;
    private readonly Rehearsal _rehearsal;
    private readonly int _companies;
    private readonly long _events;
    private readonly CompanyId[] _ids;
    private readonly bool[] _issues;
    private readonly List<(CompanyId Payer, CommitmentTerms Terms, bool IsInvestment, DealId Deal)> _promised = [];
    private readonly List<(LoanId Loan, CompanyId Lender, CompanyId Borrower, Money Amount)> _loans = [];
    private readonly List<(CompanyId Emitter, EventId Event, Instant KnownAt)> _voidable = [];
    private readonly List<(CompanyId Buyer, CompanyId Seller, Money Amount)> _bought = [];
    private readonly List<(CompanyId Payer, DealId Deal)> _announced = [];
    private long _written;
    private long _commands;
    private long _identities;
    private Instant _clock = FirstRecord;

    public MarketBook(int companies, long events, int seed)
    {
        (_companies, _events) = (companies, events);
        _random = new(seed);
        _shape = new(companies, _random);
        _rehearsal = new(CompanyState.Empty, () => _clock, NewId);
        _ids = [.. Enumerable.Range(0, companies).Select(i => Value.Parse<CompanyId>(string.Create(CultureInfo.InvariantCulture, $"company-{i:00000}")))];
        _issues = [.. Enumerable.Range(0, companies).Select(i => i == 0 || _random.Next(5) == 0)];
    }

    /// <summary>Commands that were decided, refused ones included.</summary>
    public long Commands => _commands;

    public IEnumerable<EventEnvelope> Events()
    {
        foreach (var envelope in Opening())
        {
            yield return envelope;
        }

        while (_written < _events)
        {
            _clock = new(FirstRecord.UtcTicks + (long)(Years * (double)TicksPerYear * _written / _events));
            foreach (var envelope in Submit(Next()))
            {
                yield return envelope;
            }
        }

        // The register's event of each is written; its payer, who would post it, never comes to it.
        foreach (var issuer in Enumerable.Range(0, _companies).Where(i => _issues[i]).Take(3))
        {
            var sale = Order(_ids[issuer], new SellShares(HolderId.Of(Partner(issuer)), Common, Amount(Dollar), Money.Of(10, Dollar)));
            if (_rehearsal.Submit(sale) is { Refusal: null, Events: [var pending, ..] })
            {
                yield return pending;
            }
        }
    }

    /// <summary>Companies, a first rate, opening cash, founders; all long before the rest.</summary>
    private IEnumerable<EventEnvelope> Opening()
    {
        var companies = _ids.Select((id, i) => Founding(id, new RegisterCompany($"Company {i}", Dollar)));
        var openings = _ids.Select(id => Founding(id, new ReceiveExternalCash(Money.Of(1_000_000m * (1 + _random.Next(100)), Dollar), ExternalCategory.Opening)));
        var shares = Enumerable.Range(0, _companies).Where(i => _issues[i]).SelectMany(i => new[]
        {
            Founding(_ids[i], new CreateShareClass(Common, Quantity.Of(1))),
            Founding(_ids[i], new IssueShares(Founders, Common, ShareQuantity.Of(600_000))),
            // A partner holds a part from the start: cross-holdings and their cycles follow.
            Founding(_ids[i], new IssueShares(HolderId.Of(Partner(i)), Common, ShareQuantity.Of(100_000 + _random.Next(200_000)))),
        });
        return companies
            .Append(Founding(CompanyId.Market, new RecordFxRate(Euro, Dollar, Quantity.Of(1.1m))))
            .Concat(openings)
            .Concat(shares)
            .SelectMany(Submit);
    }

    private CommandEnvelope Founding(CompanyId company, CompanyCommand command) => Order(company, command) with { EffectiveAt = Foundation, Rank = 0, KnownAt = null };

    private CommandEnvelope Next()
    {
        var who = _shape.Popular();
        var (company, partner) = (_ids[who], Partner(who));
        return _random.Next(1_000) switch
        {
            < 470 => Order(company, new PayPurchase(partner, Amount())),
            < 540 => Order(company, new Invest(partner, Amount())),
            < 600 => Order(company, new PayTransfer(partner, Amount(), TransferPurpose.RevenueShare)),
            < 680 => Order(company, new ReceiveExternalCash(Amount(), ExternalCategory.Revenue)),
            < 760 => Order(company, new PayExternalCash(Amount(), ExternalCategory.Opex)),
            < 800 => Promise(company, partner),
            < 880 => Draw(company, partner),
            < 890 => Release(company, partner),
            < 905 => Announce(company, partner),
            < 910 => Cancel(company, partner),
            < 930 => Lend(company, partner),
            < 945 => Repay(company, partner),
            < 950 => Refund(company, partner),
            < 965 => Sell(who),
            < 980 => Order(_ids[Issuer(who)], new TransferShares(Founders, HolderId.Of(partner), Common, ShareQuantity.Of(1 + _random.Next(50)))),
            < 981 => Order(_ids[Issuer(who)], new SplitShares(Common, 2 + _random.Next(2), 1 + _random.Next(2))),
            < 985 => Order(CompanyId.Market, new RecordFxRate(Euro, Dollar, Quantity.Of(1 + (_random.Next(3_000) / 10_000m)))),
            _ => Void(company, partner),
        };
    }

    private CommandEnvelope Promise(CompanyId company, CompanyId partner)
    {
        var amount = Amount(Dollar);
        var half = Money.Of(decimal.Round(amount.Amount / 2, 2), Dollar);
        ValueList<DueAmount> due = [new(Day(90 + _random.Next(300)), half), new(Day(400 + _random.Next(700)), Money.Of(amount.Amount - half.Amount, Dollar))];
        var terms = new CommitmentTerms(
            Value.Parse<CommitmentId>($"promise-{_commands}"), company, partner, amount, _random.Next(4) == 0 ? [] : due, Conditions: null, Item: null, Quantity: null, Unit: null);
        var invests = _random.Next(3) == 0;
        var deal = Value.Parse<DealId>($"deal-{_commands}");
        _promised.Add((company, terms, invests, deal));
        return Order(company, invests ? new CommitInvestment(terms) : new CommitPurchase(terms)) with { Deal = deal };
    }

    private CommandEnvelope Draw(CompanyId company, CompanyId partner)
    {
        if (_promised.Count == 0)
        {
            return Order(company, new PayPurchase(partner, Amount()));
        }

        var (payer, terms, invests, deal) = _promised[_random.Next(_promised.Count)];
        var part = Money.Of(decimal.Round(terms.Amount.Amount / (2 + _random.Next(4)), 2) + 0.01m, Dollar);
        CompanyCommand payment = invests ? new Invest(terms.To!.Value, part, terms.Commitment) : new PayPurchase(terms.To!.Value, part, terms.Commitment);
        return Order(payer, payment) with { Deal = deal };
    }

    private CommandEnvelope Release(CompanyId company, CompanyId partner)
    {
        if (_promised.Count == 0)
        {
            return Order(company, new PayPurchase(partner, Amount()));
        }

        var (payer, terms, _, deal) = _promised[_random.Next(_promised.Count)];
        return Order(payer, new ReleaseCommitment(terms.Commitment, Money.Of(0.01m, Dollar), "fewer needed")) with { Deal = deal };
    }

    private CommandEnvelope Refund(CompanyId company, CompanyId partner)
    {
        if (_bought.Count == 0)
        {
            return Order(company, new PayPurchase(partner, Amount()));
        }

        var (buyer, seller, amount) = _bought[_random.Next(_bought.Count)];
        _bought.Clear();
        return Order(seller, new RefundPurchase(buyer, amount));
    }

    private CommandEnvelope Announce(CompanyId company, CompanyId partner)
    {
        var deal = Value.Parse<DealId>($"deal-{_commands}");
        _announced.Add((company, deal));
        Money? headline = _random.Next(4) == 0 ? null : Amount(Dollar);
        return Order(company, new AnnounceDeal(new(DealKind.Purchase, company, partner, headline, null, null, null, null, [], InKind: false))) with { Deal = deal };
    }

    private CommandEnvelope Cancel(CompanyId company, CompanyId partner)
    {
        if (_announced.Count == 0)
        {
            return Announce(company, partner);
        }

        var (payer, deal) = _announced[_random.Next(_announced.Count)];
        return Order(payer, new CancelDeal("not closed")) with { Deal = deal };
    }

    private CommandEnvelope Lend(CompanyId company, CompanyId partner)
    {
        var (loan, amount) = (Value.Parse<LoanId>($"loan-{_commands}"), Amount(Dollar));
        _loans.Add((loan, company, partner, amount));
        return Order(company, new DrawLoan(loan, partner, amount, Rate: Quantity.Of(0.06m), Maturity: Day(1_000)));
    }

    private CommandEnvelope Repay(CompanyId company, CompanyId partner)
    {
        if (_loans.Count == 0)
        {
            return Lend(company, partner);
        }

        var (loan, lender, borrower, amount) = _loans[_random.Next(_loans.Count)];
        var part = Money.Of(decimal.Round(amount.Amount / 10, 2) + 0.01m, Dollar);
        return Order(borrower, _random.Next(2) == 0 ? new RepayLoan(loan, lender, part) : new PayInterest(loan, lender, part));
    }

    private CommandEnvelope Sell(int who)
    {
        var issuer = Issuer(who);
        return Order(_ids[issuer], new SellShares(HolderId.Of(Partner(issuer)), Common, Amount(Dollar), Money.Of(1 + _random.Next(500), Dollar)));
    }

    private CommandEnvelope Void(CompanyId company, CompanyId partner)
    {
        if (_voidable.Count == 0)
        {
            return Order(company, new PayPurchase(partner, Amount()));
        }

        var at = _random.Next(_voidable.Count);
        var (emitter, voided, known) = _voidable[at];
        _voidable.RemoveAt(at);
        return Order(emitter, new VoidEvent(voided, "entered twice")) with { EffectiveAt = known, KnownAt = null };
    }

    /// <summary>Now; one in twenty is told late, one in fifty ahead of its time, one in ten became known a while before it is recorded.</summary>
    private CommandEnvelope Order(CompanyId company, CompanyCommand command)
    {
        var effective = _random.Next(100) switch
        {
            < 5 => Day(-1 - _random.Next(400)),
            < 7 => Day(1 + _random.Next(400)),
            _ => Day(0),
        };
        return new(Value.Parse<CommandId>($"generated-{_commands++}"), company, effective, command)
        {
            Rank = _random.Next(3),
            KnownAt = _random.Next(10) == 0 ? new Instant(_clock.UtcTicks - (_random.Next(30) * TimeSpan.TicksPerDay)) : null,
            Source = _random.Next(20) == 0 ? "https://example.org/filing" : null,
        };
    }

    private IEnumerable<EventEnvelope> Submit(CommandEnvelope command)
    {
        var outcome = _rehearsal.Submit(command);
        _written += outcome.Events.Length;
        if (outcome is { Refusal: null, Events: [{ Header.Step: null, Event: PurchasePaid or InvestmentMade or ExternalCashPaid } single] } && _random.Next(20) == 0 && _voidable.Count < VoidableMax)
        {
            _voidable.Add((single.Header.Emitter, single.Header.Id, single.Header.KnownAt));
        }

        if (outcome is { Refusal: null, Events: [{ Event: PurchasePaid paid } purchase] } && purchase.Header.EffectiveAt <= _clock && _bought.Count < 10)
        {
            _bought.Add((purchase.Header.Emitter, paid.Seller, paid.Amount));
        }

        return outcome.Events;
    }

    private Instant Day(int days) => new(_clock.UtcTicks - (_clock.UtcTicks % TimeSpan.TicksPerDay) + (days * TimeSpan.TicksPerDay));

    private Money Amount() => Amount(_random.Next(10) == 0 ? Euro : Dollar);

    private Money Amount(Currency currency) => Money.Of(_shape.Amount(), currency);

    private CompanyId Partner(int company) => _ids[_shape.PartnerOf(company)];

    private int Issuer(int from)
    {
        var issuer = from;
        while (!_issues[issuer])
        {
            issuer = (issuer + 1) % _companies;
        }

        return issuer;
    }

    /// <summary>A UUIDv7 of the book's own clock and a counter.</summary>
    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (_clock.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond << 16);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], _identities++);
        bytes[6] = 0x70;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new(bytes, bigEndian: true);
    }
}
