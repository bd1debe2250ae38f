using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Each figure that a what-if is compared by, and how it follows from the answers of the other verbs.</summary>
public static class BookFigures
{
    public const string EveryCompany = "all companies";

    /// <summary>The measures, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Measures { get; } =
    [
        "cash", "lowestCash", "firstShortfall", "stake", "stakeValue", "sharesOutstanding", "openToPay", "openToReceive", "invested", "returned", "roundTripDirect",
        "roundTripAny", "roundTripAnyViaAll", "tracedReturn", "revenue", "revenueWithoutFinanced", "financedRevenueShare", "financedRevenueShareProRata", "outsideRevenue",
        "finnCyclingIndex", "circulationShare", "nettingShare", "burnPerMonth", "runway", "receivable", "late", "lateOver90Days", "financedSales",
    ];

    /// <summary>How far back burn looks.</summary>
    public static RollingSpan BurnSpan { get; } = new(1, 'Y');

    /// <summary>The family that a measure is worked out with.</summary>
    public static FigureFamily FamilyOf(string measure) => measure switch
    {
        "cash" or "lowestCash" or "firstShortfall" => FigureFamily.Cash,
        "stake" or "stakeValue" or "sharesOutstanding" => FigureFamily.Ownership,
        "openToPay" or "openToReceive" => FigureFamily.Commitments,
        "finnCyclingIndex" or "circulationShare" or "nettingShare" or "roundTripAny" or "roundTripAnyViaAll" => FigureFamily.Network,
        "returned" or "tracedReturn" or "financedRevenueShareProRata" => FigureFamily.Traced,
        "burnPerMonth" or "runway" => FigureFamily.Burn,
        "receivable" or "late" or "lateOver90Days" or "financedSales" => FigureFamily.Receivables,
        _ => FigureFamily.Circular,
    };

    /// <summary>All figures of one book, folded from the start; and, where the circular measures have none (a rate is missing), why.</summary>
    public static (IReadOnlyDictionary<FigureKey, FigureValue> Values, string? Missing) Of(Book book, Cut cut, Firmness firmness, FlowOptions options)
    {
        var counted = book.At(cut);
        var figures = OfCash(CashFold.Of(counted).Balances).Concat(new OwnershipIndex(book).At(cut).Issuers.SelectMany(OfOwnership)).Concat(OfCommitments(counted));
        var circle = CircularView.At(new CircularFlowIndex(book).Publish(), cut, FlowWindow.Everything with { To = cut.AsOf }, firmness, options);
        return (new Dictionary<FigureKey, FigureValue>(figures.Concat(circle.Value is { } answer ? OfCircle(answer) : [])), circle.Error?.Message);
    }

    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfCash(IEnumerable<CashBalance> balances)
    {
        foreach (var balance in balances)
        {
            var (company, currency) = (balance.Company.Value, balance.Currency.Code);
            yield return new(new("cash", company, currency), new FigureValue.Amount(balance.Amount));
            yield return new(new("lowestCash", company, currency), new FigureValue.Amount(balance.Lowest?.Amount ?? 0));
            yield return new(new("firstShortfall", company, currency), new FigureValue.Time(balance.FirstShortfall?.At));
        }
    }

    /// <summary>Nothing of an issuer that has no class of shares.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfOwnership(IssuerRegister register)
    {
        if (register.Classes.Count == 0)
        {
            yield break;
        }

        var issuer = OwnershipTable.Of(register, OwnershipBasis.Outstanding);
        yield return new(new("sharesOutstanding", issuer.Issuer.Value, null), new FigureValue.Amount(issuer.Outstanding));
        foreach (var holder in issuer.Holders)
        {
            yield return new(new("stake", $"{holder.Holder} in {issuer.Issuer}", null), new FigureValue.Ratio((double?)holder.Direct));
        }

        foreach (var (holder, worth) in StakeValue.Worths(register))
        {
            yield return new(new("stakeValue", $"{holder} in {issuer.Issuer}", worth.Currency.Code), new FigureValue.Amount(worth.Amount));
        }
    }

    /// <summary>What is promised and not yet moved or released, by who will pay and who will receive.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfCommitments(Counted counted)
    {
        var open = new Dictionary<FigureKey, OpenPromises>();
        foreach (var commitment in CommitmentFold.Of(counted).All)
        {
            foreach (var key in OpenBy(commitment))
            {
                open[key] = open.GetValueOrDefault(key).With(commitment, 1);
            }
        }

        return open.Select(figure => KeyValuePair.Create(figure.Key, figure.Value.ToFigure()!));
    }

    /// <summary>The figures that a commitment counts in.</summary>
    internal static FigureKey[] OpenBy(Commitment commitment) =>
    [
        new("openToPay", commitment.Terms.From?.Value ?? HolderId.Outside.Value, commitment.Currency.Code),
        new("openToReceive", commitment.Terms.To?.Value ?? HolderId.Outside.Value, commitment.Currency.Code),
    ];

    /// <summary>Over <see cref="BurnSpan"/>. A company that burns nothing, or whose balance is not known, has no runway.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfBurn(IEnumerable<Burn> burns)
    {
        foreach (var burn in burns)
        {
            if (burn.PerMonth is { } perMonth)
            {
                yield return new(new("burnPerMonth", burn.Company.Value, burn.Currency.Code), new FigureValue.Amount(perMonth));
            }

            yield return new(new("runway", burn.Company.Value, burn.Currency.Code), new FigureValue.Months(burn.RunwayMonths is { } months ? decimal.Round((decimal)months, 1) : null));
        }
    }

    /// <summary>What is owed to each company, how late it is, and what revenue hangs on it.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfReceivables(Counted counted)
    {
        foreach (var owed in Receivables.Of(counted))
        {
            var (company, currency) = (owed.Creditor.Value, owed.Currency.Code);
            yield return new(new("receivable", company, currency), new FigureValue.Amount(owed.Total));
            yield return new(new("late", company, currency), new FigureValue.Amount(owed.Late));
            yield return new(new("lateOver90Days", company, currency), new FigureValue.Amount(owed.Over90));
            yield return new(new("financedSales", company, currency), new FigureValue.Amount(owed.FinancedSales));
        }
    }

    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfCircle(CircularAnswer circle) =>
        OfSums(SummedCircularity.Of(circle)).Concat(OfNetwork(NetworkCircularity.Of(circle))).Concat(OfTraces(TracedCircularity.Of(circle)));

    /// <summary>What of the circle needs no more than pairs.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfSums(SummedCircularity circle)
    {
        foreach (var company in circle.Companies)
        {
            var (id, currency) = (company.Company.Value, circle.Currency?.Code);
            yield return new(new("invested", id, currency), new FigureValue.Amount(company.Invested));
            yield return new(new("roundTripDirect", id, null), new FigureValue.Ratio(company.Direct));
            yield return new(new("revenue", id, currency), new FigureValue.Amount(company.Revenue));
            yield return new(new("revenueWithoutFinanced", id, currency), new FigureValue.Amount(company.RevenueWithoutFinanced));
            yield return new(new("financedRevenueShare", id, null), new FigureValue.Ratio(company.FinancedRevenueShare));
            yield return new(new("outsideRevenue", id, currency), new FigureValue.Amount(company.OutsideRevenue));
        }
    }

    /// <summary>What of it needs the network solved.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfNetwork(NetworkCircularity circle)
    {
        yield return new(new("finnCyclingIndex", EveryCompany, null), new FigureValue.Ratio(circle.FinnCyclingIndex));
        yield return new(new("circulationShare", EveryCompany, null), new FigureValue.Ratio(circle.CirculationShare));
        yield return new(new("nettingShare", EveryCompany, null), new FigureValue.Ratio(circle.NettingShare));
        foreach (var company in circle.Companies)
        {
            yield return new(new("roundTripAny", company.Company.Value, null), new FigureValue.Ratio(company.Any));
            yield return new(new("roundTripAnyViaAll", company.Company.Value, null), new FigureValue.Ratio(company.AnyViaAll));
        }
    }

    /// <summary>What of it follows each dollar.</summary>
    public static IEnumerable<KeyValuePair<FigureKey, FigureValue>> OfTraces(TracedCircularity circle)
    {
        foreach (var company in circle.Companies)
        {
            var (id, currency) = (company.Company.Value, circle.Currency?.Code);
            yield return new(new("returned", id, currency), new FigureValue.Amount(company.Returned));
            yield return new(new("tracedReturn", id, null), new FigureValue.Ratio(company.Ratio));
            yield return new(new("financedRevenueShareProRata", id, null), new FigureValue.Ratio(company.FinancedRevenueShareProRata));
        }
    }
}
