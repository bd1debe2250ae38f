using System.Globalization;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Checks;

/// <summary>
/// Model SIM of Godley and Lavoie, Monetary Economics (2007), chapter 3, as payments between households, firms and government:
/// what the text prints as its transactions matrix is what the stock-flow matrix of the book comes to, period by period.
/// </summary>
public sealed class SimModelTests
{
    private static readonly Currency Dollar = Value.Parse<Currency>("USD");
    private static readonly List<Period> Periods = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "sim-from-scratch.csv")).Skip(1).Select(Period.Parse)];

    [Fact]
    public void Every_row_and_column_of_every_period_sums_to_zero_and_what_households_keep_is_their_saving()
    {
        var book = new Book(Events());
        foreach (var period in Periods.Skip(1))
        {
            var matrix = StockFlowMatrix.Of(book.At(new Cut(period.End, AsKnown.All))).ShouldHaveSingleItem();
            matrix.Check().ShouldBeEmpty();
            var cash = matrix.Rows.Single(row => row.Name == StockFlowMatrix.ChangeInCash).Cells;
            decimal Of(string sector) => -cash[matrix.Companies.ToList().IndexOf(Company(sector))];
            Math.Abs(Of("households") - period.Money).ShouldBeLessThan(1e-8m);
            Math.Abs(Of("government") + period.Money).ShouldBeLessThan(1e-8m);
            Math.Abs(Of("firms")).ShouldBeLessThan(1e-8m);
        }
    }

    private static IReadOnlyList<RecordedEvent> Events()
    {
        var book = new BookBuilder();
        foreach (var period in Periods.Skip(1))
        {
            book.Add("government", period.Day, new PurchasePaid(Company("firms"), Usd(period.Spending), null, null, null, null, false));
            book.Add("households", period.Day, new PurchasePaid(Company("firms"), Usd(period.Consumption), null, null, null, null, false));
            book.Add("firms", period.Day, new TransferPaid(Company("households"), Usd(period.Income), TransferPurpose.Other));
            book.Add("households", period.Day, new TransferPaid(Company("government"), Usd(period.Taxes), TransferPurpose.Other));
        }

        return book.Events;
    }

    private static Money Usd(decimal amount) => ActorFinance.Model.Money.Of(amount, Dollar);

    /// <summary>The columns G, Y, T, C and H of the table; a period is a year from 1901.</summary>
    private sealed record Period(int Number, decimal Spending, decimal Income, decimal Taxes, decimal Consumption, decimal Money)
    {
        public string Day => string.Create(CultureInfo.InvariantCulture, $"{1900 + Number}-12-31");

        public Instant End => At(Day);

        public static Period Parse(string line)
        {
            var cells = line.Split(',').Select(cell => decimal.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            return new((int)cells[0], cells[1], cells[2], cells[3], cells[5], cells[7]);
        }
    }
}
