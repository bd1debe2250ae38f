using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>One kind of flow: what each column received (+) or paid (-) by it.</summary>
public sealed record StockFlowRow(string Name, ValueList<decimal> Cells)
{
    public decimal Sum => Cells.Sum();
}

/// <summary>
/// The transactions-flow matrix of stock-flow consistent accounting (Godley and Lavoie 2007) in one currency, from the beginning to the cut. Columns: the
/// companies, then the outside. Rows: the kinds of flow, those with the outside by category, and last the change in cash with its sign turned
/// (the use of what was received). Every row and every column sums to zero; in-kind flows move no cash and are not in it.
/// </summary>
public sealed record StockFlowMatrix(Currency Currency, ValueList<CompanyId> Companies, ValueList<StockFlowRow> Rows)
{
    public const string ChangeInCash = "change in cash";

    /// <summary>One a currency.</summary>
    public static IReadOnlyList<StockFlowMatrix> Of(Counted counted)
    {
        var balances = CashFold.Of(counted).Balances.ToLookup(b => b.Currency);
        return
        [
            .. counted.Events
                .SelectMany(e => Movements.Of(e.Envelope, counted.IsCompany))
                .Where(m => !m.InKind)
                .GroupBy(m => m.Amount.Currency)
                .OrderBy(g => g.Key)
                .Select(g => Of(g.Key, [.. g], balances[g.Key])),
        ];
    }

    /// <summary>None when the matrix closes. A row that does not sum to zero is named; a column that does not disagrees with the change in cash.</summary>
    public IReadOnlyList<Finding> Check()
    {
        var rows =
            from row in Rows
            where row.Sum != 0
            select new Finding("row-leaks", $"row '{row.Name}' of the {Currency} matrix sums to {Numbers.Text(row.Sum)}, not 0", null);
        var columns =
            from column in Enumerable.Range(0, Companies.Count + 1)
            let sum = Rows.Sum(r => r.Cells[column])
            where sum != 0
            select new Finding(
                "column-leaks",
                $"row '{ChangeInCash}' of the {Currency} matrix is {Numbers.Text(sum)} off for {(column < Companies.Count ? Companies[column].Value : "outside")}",
                null);
        return [.. rows, .. columns];
    }

    private static StockFlowMatrix Of(Currency currency, IReadOnlyList<CashMovement> movements, IEnumerable<CashBalance> balances)
    {
        var held = balances.ToDictionary(b => b.Company, b => b.Amount);
        var companies = held.Keys.Order().ToList();
        var columns = companies.Select((company, column) => (company, column)).ToDictionary(c => c.company, c => c.column);
        var rows = movements
            .GroupBy(m => (m.Kind, m.Category))
            .OrderBy(g => g.Key)
            .Select(g => new StockFlowRow(NameOf(g.Key.Kind, g.Key.Category), CellsOf(g)))
            .ToList();

        // What the outside got is told by what left and entered the book, not by the rows.
        var outside = movements.Where(m => m.To is null).Sum(m => m.Amount.Amount) - movements.Where(m => m.From is null).Sum(m => m.Amount.Amount);
        rows.Add(new(ChangeInCash, [.. companies.Select(c => -held[c]), -outside]));
        return new(currency, companies.ToValueList(), rows.ToValueList());

        ValueList<decimal> CellsOf(IEnumerable<CashMovement> flows)
        {
            var cells = new decimal[companies.Count + 1];
            foreach (var flow in flows)
            {
                cells[ColumnOf(flow.From)] -= flow.Amount.Amount;
                cells[ColumnOf(flow.To)] += flow.Amount.Amount;
            }

            return cells.Select(c => Money.Total(c, currency).Amount).ToValueList();
        }

        int ColumnOf(CompanyId? company) => company is { } id ? columns[id] : companies.Count;
    }

    private static string NameOf(FlowKind kind, ExternalCategory? category) =>
        kind switch
        {
            FlowKind.StepPayment => "step payment",
            FlowKind.GuaranteeCall => "guarantee call",
            FlowKind.External => $"external {category.ToString()!.ToLowerInvariant()}",
            _ => kind.ToString().ToLowerInvariant(),
        };
}
