using System.Globalization;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Interchange;

/// <summary>
/// A cap table: who was issued, sold or gave back how many shares. Issuers are companies and are registered; a holder is one only when the journal (or this
/// file, as an issuer) says so. A class appears as common stock with one vote when it is first named, at the earliest time that the file names it, so that the rows may stand in any order.
/// </summary>
internal static class CapTable
{
    private const string Issue = "issue";
    private const string Transfer = "transfer";
    private const string Repurchase = "repurchase";
    private const string Split = "split";
    private const int SplitLimit = 1_000_000;

    private static readonly string[] Kinds = [Issue, Transfer, Repurchase, Split];

    public static CsvColumns Columns { get; } = new(
        ["effective", "issuer", "holder", "class", "quantity"],
        ["kind", "from", "price", "currency", "known", "deal", "source", "confidence", "id"]);

    public static CommandBook Read(string file, string name, IReadOnlyList<CsvRow> rows, List<InputProblem> problems)
    {
        var ledger = new CommandLedger(file, problems);
        var entries = rows.Select(Entry).OfType<ShareRow>().ToList();
        var issuers = entries.GroupBy(entry => entry.Issuer).ToList();
        foreach (var issuer in issuers)
        {
            var first = issuer.First();
            var currency = issuer.Select(entry => entry.Currency).FirstOrDefault(stated => stated is not null) ?? Value.Parse<Currency>("USD");
            ledger.Add(Registration.Of(issuer.Key, currency, first.EffectiveAt, first.KnownAt, first.Row.Number), first.Row.Place, onlyIfUnknown: true);
        }

        foreach (var named in entries.GroupBy(entry => (entry.Issuer, entry.Class)))
        {
            ledger.Add(Creation([.. named]), named.First().Row.Place, onlyIfUnknown: true);
        }

        foreach (var entry in entries)
        {
            var row = entry.Row;
            ledger.Add(
                new(entry.Id ?? ledger.IdOf("csv", row.Hash()), entry.Issuer, entry.EffectiveAt, entry.Command)
                {
                    Rank = row.Number,
                    KnownAt = entry.KnownAt,
                    Deal = entry.Deal,
                    Source = row.Free("source"),
                    Confidence = entry.Confidence,
                },
                row.Place);
        }

        return new(FileForm.CapTable, name, Title: null, Description: null, [], ledger.Commands, [.. issuers.Select(issuer => issuer.Key)]);
    }

    private sealed record ShareRow(
        CsvRow Row,
        Instant EffectiveAt,
        Instant? KnownAt,
        CompanyId Issuer,
        ShareClassId Class,
        int Decimals,
        Currency? Currency,
        DealId? Deal,
        CommandId? Id,
        Confidence? Confidence,
        CompanyCommand Command);

    /// <summary>Whole shares, unless the file has parts of one.</summary>
    private static CommandEnvelope Creation(IReadOnlyList<ShareRow> rows)
    {
        var first = rows.MinBy(row => (row.EffectiveAt, row.Row.Number))!;
        var known = rows.Where(row => row.KnownAt is not null).Select(row => row.KnownAt).Min();
        var create = new CreateShareClass(first.Class, VotesPerShare: Quantity.Of(1), Decimals: rows.Max(row => row.Decimals));
        return new(Value.Parse<CommandId>($"share-class:{first.Issuer}:{first.Class}"), first.Issuer, first.EffectiveAt, create) { Rank = first.Row.Number, KnownAt = known };
    }

    private static ShareRow? Entry(CsvRow row)
    {
        var effective = row.Required<Instant>("effective");
        var known = row.Optional<Instant>("known");
        var issuer = row.Company("issuer");
        if (row.Text("issuer").Length == 0)
        {
            row.Refuse("issuer", CompanyId.Rule);
        }

        var share = row.Required<ShareClassId>("class");
        var currency = row.Optional<Currency>("currency");
        var deal = row.Optional<DealId>("deal");
        var id = row.Optional<CommandId>("id");
        var confidence = row.Confidence();
        var kind = row.Free("kind") ?? Issue;
        if (!Kinds.Contains(kind))
        {
            row.Refuse("kind", $"one of {string.Join(", ", Kinds)}, or empty for an issue{Spelling.Hint(kind, Kinds)}");
            return null;
        }

        var command = kind == Split ? SplitOf(row, share) : Movement(row, kind, issuer, share, Price(row, kind, currency));
        return effective is { } at && issuer is { } company && share is { } stock && command.Order is { } order
            ? new(row, at, known, company, stock, command.Decimals, currency, deal, id, confidence, order)
            : null;
    }

    private static Money? Price(CsvRow row, string kind, Currency? currency)
    {
        if (row.Text("price").Length == 0)
        {
            return null;
        }

        if (row.Text("currency").Length == 0)
        {
            row.Refuse("currency", $"{Currency.Rule}, beside a price");
        }

        return kind == Split ? null : row.Positive("price", currency);
    }

    private static (CompanyCommand? Order, int Decimals) Movement(CsvRow row, string kind, CompanyId? issuer, ShareClassId? share, Money? price)
    {
        var holder = row.Required<HolderId>("holder");
        var quantity = row.Required<ShareQuantity>("quantity");
        if (quantity is { Value: 0 })
        {
            row.Refuse("quantity", "above 0");
        }

        var from = kind == Transfer ? row.Required<HolderId>("from") : null;
        if (kind != Transfer)
        {
            row.MustBeEmpty("from", $"unless the kind is {Transfer}");
        }

        if (issuer is { } company && holder == HolderId.Of(company))
        {
            row.Refuse("holder", "another than the issuer, which never holds its own shares");
        }

        if (from is not null && from == holder)
        {
            row.Refuse("holder", "another than 'from'");
        }

        if (from is not null && issuer is { } itself && from == HolderId.Of(itself))
        {
            row.Refuse("from", "another than the issuer; new shares are issued");
        }

        if (holder is not { } to || quantity is not { } shares || share is not { } stock || (kind == Transfer && from is null))
        {
            return default;
        }

        CompanyCommand order = kind switch
        {
            Transfer => new TransferShares(from!.Value, to, stock, shares, price),
            Repurchase => new RepurchaseShares(to, stock, shares, price),
            _ => new IssueShares(to, stock, shares, PricePerShare: price),
        };
        return (order, shares.Scale);
    }

    private static (CompanyCommand? Order, int Decimals) SplitOf(CsvRow row, ShareClassId? share)
    {
        foreach (var column in new[] { "holder", "from", "price" })
        {
            row.MustBeEmpty(column, "for a split, which is of the whole class");
        }

        var parts = row.Text("quantity").Split(':');
        if (parts.Length == 2 && Ratio(parts[0]) is { } numerator && Ratio(parts[1]) is { } denominator && numerator != denominator)
        {
            return share is { } stock ? (new SplitShares(stock, numerator, denominator), 0) : default;
        }

        row.Refuse("quantity", $"n:d for a split, two different whole numbers from 1 to {SplitLimit}, such as 10:1");
        return default;
    }

    private static int? Ratio(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= SplitLimit ? number : null;
}
