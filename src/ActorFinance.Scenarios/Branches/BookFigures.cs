using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>What a figure is, and of whom: <c>cash</c> of <c>openai</c> in <c>USD</c>, <c>stake</c> of <c>nvidia in openai</c>.</summary>
public sealed record FigureKey(string Measure, string Of, string? Unit);

/// <summary>One of an amount, a ratio (null where it is undefined) or a time (null where there is none).</summary>
public abstract record FigureValue
{
    private FigureValue()
    {
    }

    public sealed record Amount(decimal Value) : FigureValue;

    public sealed record Ratio(double? Value) : FigureValue;

    public sealed record Time(Instant? Value) : FigureValue;
}

/// <summary>All figures of a book that a what-if is compared by, at one cut.</summary>
public static class BookFigures
{
    public const string EveryCompany = "all companies";

    /// <summary>The measures, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Measures { get; } =
        ["cash", "lowestCash", "firstShortfall", "stake", "sharesOutstanding", "invested", "roundTripDirect", "roundTripAny", "financedRevenueShare", "finnCyclingIndex"];

    /// <summary>The figures; and, where the circular measures have none (a rate is missing), why.</summary>
    public static (IReadOnlyDictionary<FigureKey, FigureValue> Values, string? Missing) Of(Book book, Cut cut, Firmness firmness, FlowOptions options)
    {
        var figures = new Dictionary<FigureKey, FigureValue>();
        foreach (var balance in CashFold.Of(book.At(cut)).Balances)
        {
            var (company, currency) = (balance.Company.Value, balance.Currency.Code);
            figures[new("cash", company, currency)] = new FigureValue.Amount(balance.Amount);
            figures[new("lowestCash", company, currency)] = new FigureValue.Amount(balance.Lowest?.Amount ?? 0);
            figures[new("firstShortfall", company, currency)] = new FigureValue.Time(balance.FirstShortfall?.At);
        }

        foreach (var issuer in OwnershipTable.Of(new OwnershipIndex(book).At(cut), OwnershipBasis.Outstanding).Issuers)
        {
            figures[new("sharesOutstanding", issuer.Issuer.Value, null)] = new FigureValue.Amount(issuer.Outstanding);
            foreach (var holder in issuer.Holders)
            {
                figures[new("stake", $"{holder.Holder} in {issuer.Issuer}", null)] = new FigureValue.Ratio((double?)holder.Direct);
            }
        }

        var circle = CircularView.At(new CircularFlowIndex(book), cut, FlowWindow.Everything with { To = cut.AsOf }, firmness, options);
        if (circle.Value is not { } answer)
        {
            return (figures, circle.Error?.Message);
        }

        figures[new("finnCyclingIndex", EveryCompany, null)] = new FigureValue.Ratio(answer.FinnCyclingIndex);
        foreach (var company in answer.Companies)
        {
            var id = company.Company.Value;
            figures[new("invested", id, answer.Currency?.Code)] = new FigureValue.Amount(company.Invested);
            figures[new("roundTripDirect", id, null)] = new FigureValue.Ratio(company.RoundTrip.Direct);
            figures[new("roundTripAny", id, null)] = new FigureValue.Ratio(company.RoundTrip.Any);
            figures[new("financedRevenueShare", id, null)] = new FigureValue.Ratio(company.FinancedRevenueShare);
        }

        return (figures, null);
    }
}
