using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Interchange;

/// <summary>
/// Cash flows: one payment a row, from whom to whom, an empty one being the outside. The emitter is the payer, for money from outside the receiver.
/// Companies are registered as they appear, in the currency of the row that names them first.
/// </summary>
internal static class CashFlows
{
    private const string Investment = "investment";
    private const string Purchase = "purchase";
    private const string Refund = "refund";
    private const string Loan = "loan";
    private const string Repayment = "repayment";
    private const string Interest = "interest";
    private const string Dividend = "dividend";
    private const string Transfer = "transfer";

    private static readonly string[] Kinds = [Investment, Purchase, Refund, Loan, Repayment, Interest, Dividend, Transfer];

    private static readonly string[] PurchaseColumns = ["item", "quantity", "unit"];

    public static CsvColumns Columns { get; } = new(
        ["effective", "from", "to", "amount", "currency", "kind"],
        ["known", "deal", "item", "quantity", "unit", "source", "confidence", "id"]);

    public static CommandBook Read(string file, string name, IReadOnlyList<CsvRow> rows, List<InputProblem> problems)
    {
        var ledger = new CommandLedger(file, problems);
        var flows = rows.Select(row => (Row: row, Flow: Flow(row))).Where(pair => pair.Flow is not null).Select(pair => (pair.Row, Flow: pair.Flow!)).ToList();
        var registered = new List<CompanyId>();
        var seen = new HashSet<CompanyId>();
        foreach (var (row, flow) in flows)
        {
            Register(flow.From, row, flow);
            Register(flow.To, row, flow);
        }

        foreach (var (row, flow) in flows)
        {
            ledger.Add(
                new(flow.Id ?? ledger.IdOf("csv", row.Hash()), flow.Emitter, flow.EffectiveAt, flow.Command)
                {
                    Rank = row.Number,
                    KnownAt = flow.KnownAt,
                    Deal = flow.Deal,
                    Source = row.Free("source"),
                    Confidence = flow.Confidence,
                },
                row.Place);
        }

        return new(FileForm.CashFlows, name, Title: null, Description: null, [], ledger.Commands, registered);

        void Register(CompanyId? named, CsvRow row, FlowRow flow)
        {
            if (named is { } company && seen.Add(company))
            {
                registered.Add(company);
                ledger.Add(Registration.Of(company, flow.Amount.Currency, flow.EffectiveAt, flow.KnownAt, row.Number), row.Place, onlyIfUnknown: true);
            }
        }
    }

    private sealed record FlowRow(
        Instant EffectiveAt,
        Instant? KnownAt,
        CompanyId? From,
        CompanyId? To,
        Money Amount,
        DealId? Deal,
        CommandId? Id,
        Confidence? Confidence,
        CompanyId Emitter,
        CompanyCommand Command);

    private static FlowRow? Flow(CsvRow row)
    {
        var effective = row.Required<Instant>("effective");
        var known = row.Optional<Instant>("known");
        var from = row.Company("from");
        var to = row.Company("to");
        var currency = row.Required<Currency>("currency");
        var amount = row.Positive("amount", currency);
        var deal = row.Optional<DealId>("deal");
        var quantity = row.Optional<Quantity>("quantity");
        var id = row.Optional<CommandId>("id");
        var confidence = row.Confidence();
        var (emitter, command) = Order(row, from, to, amount, deal, quantity);
        return effective is { } at && amount is { } money && emitter is { } company && command is not null
            ? new(at, known, from, to, money, deal, id, confidence, company, command)
            : null;
    }

    private static (CompanyId? Emitter, CompanyCommand? Command) Order(CsvRow row, CompanyId? from, CompanyId? to, Money? amount, DealId? deal, Quantity? quantity)
    {
        var kind = row.Text("kind");
        if (kind is not (Purchase or Refund))
        {
            foreach (var column in PurchaseColumns)
            {
                row.MustBeEmpty(column, "unless the kind is purchase or refund");
            }
        }

        if (row.Text("from").Length == 0 || row.Text("to").Length == 0)
        {
            return WithOutside(row, from, to, amount, kind);
        }

        if (!Kinds.Contains(kind))
        {
            row.Refuse("kind", EnumWords.All<ExternalCategory>().ContainsKey(kind)
                ? $"one of {string.Join(", ", Kinds)}, for a flow between companies"
                : $"one of {string.Join(", ", Kinds)}{Spelling.Hint(kind, Kinds)}");
            return default;
        }

        if (from is not { } payer || to is not { } payee)
        {
            return default;
        }

        if (payer == payee)
        {
            row.Refuse("to", "another company than 'from'");
            return default;
        }

        return amount is { } money ? (payer, Between(row, kind, payer, payee, money, deal, quantity)) : default;
    }

    private static (CompanyId? Emitter, CompanyCommand? Command) WithOutside(CsvRow row, CompanyId? from, CompanyId? to, Money? amount, string kind)
    {
        var categories = EnumWords.All<ExternalCategory>();
        if (row.Text("from").Length == 0 && row.Text("to").Length == 0)
        {
            row.Refuse("from", "a company, where 'to' is empty: a flow has a company on one side at least");
            return default;
        }

        if (!categories.TryGetValue(kind, out var category))
        {
            row.Refuse("kind", Kinds.Contains(kind)
                ? $"one of {string.Join(", ", categories.Keys)}, for a flow with the outside"
                : $"one of {string.Join(", ", categories.Keys)}{Spelling.Hint(kind, categories.Keys)}");
            return default;
        }

        return amount is not { } money ? default
            : to is { } receiver ? (receiver, new ReceiveExternalCash(money, category))
            : from is { } payer ? (payer, new PayExternalCash(money, category))
            : default;
    }

    private static CompanyCommand? Between(CsvRow row, string kind, CompanyId from, CompanyId to, Money amount, DealId? deal, Quantity? quantity) => kind switch
    {
        Investment => new Invest(to, amount),
        Purchase => new PayPurchase(to, amount, Draws: null, row.Free("item"), quantity, row.Free("unit")),
        Refund => new RefundPurchase(to, amount, row.Free("item"), quantity, row.Free("unit")),
        Loan => LoanKey(row, deal, lender: from, borrower: to) is { } loan ? new DrawLoan(loan, to, amount) : null,
        Repayment => LoanKey(row, deal, lender: to, borrower: from) is { } loan ? new RepayLoan(loan, to, amount) : null,
        Interest => LoanKey(row, deal, lender: to, borrower: from) is { } loan ? new PayInterest(loan, to, amount) : null,
        Dividend => new DeclareDividend(Class: null, Total: null, [new DividendShare(HolderId.Of(to), amount)]),
        _ => new PayTransfer(to, amount, TransferPurpose.Other),
    };

    private static LoanId? LoanKey(CsvRow row, DealId? deal, CompanyId lender, CompanyId borrower)
    {
        if (LoanId.TryParse(deal?.Value ?? $"{lender}/{borrower}", out var key))
        {
            return key;
        }

        row.Refuse("deal", "stated for a loan between companies whose ids are that long");
        return null;
    }
}

/// <summary>The registration of a company that a file names without saying who it is: its name is its id.</summary>
internal static class Registration
{
    public static CommandEnvelope Of(CompanyId company, Currency currency, Instant effective, Instant? known, int rank) =>
        new(Value.Parse<CommandId>($"register:{company}"), company, effective, new RegisterCompany(company.Value, currency)) { Rank = rank, KnownAt = known };
}
