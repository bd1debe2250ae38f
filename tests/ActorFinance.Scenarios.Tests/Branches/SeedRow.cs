using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>A book of the letter of intent as a row of the tables of what-ifs: amounts in bn USD, shares in millions.</summary>
internal static class SeedRow
{
    private const decimal Billion = 1e9m;

    private static readonly CompanyId Nvidia = Id<CompanyId>("nvidia");
    private static readonly CompanyId Openai = Id<CompanyId>("openai");

    public static Dictionary<string, string> Of(Book book, Book before)
    {
        var cash = new CashIndex(book).At(Cut.Everything).Balances.ToDictionary(balance => balance.Company);
        var register = new OwnershipIndex(book).At(Cut.Everything, Openai);
        var table = OwnershipTable.Of(register, OwnershipBasis.Outstanding);
        var circle = CircularView.At(new CircularFlowIndex(book).Publish(), Cut.Everything, FlowWindow.Everything, Firmness.Paid, FlowOptions.Default).Value.ShouldNotBeNull();
        var nvidia = circle.Companies.Single(company => company.Company == Nvidia);
        var sold = Sold(book);
        var openai = cash[Openai];
        return new()
        {
            ["invested_bn"] = Six(nvidia.Invested / Billion),
            ["nvidia_revenue_from_openai_bn"] = Six(sold / Billion),
            ["nvidia_cash_end_bn"] = Six(cash[Nvidia].Amount / Billion),
            ["openai_cash_end_bn"] = Six(openai.Amount / Billion),
            ["openai_min_cash_bn"] = Six(openai.Lowest!.Amount / Billion),
            ["min_cash_date"] = openai.Lowest.At.ToDateText(),
            ["first_negative"] = openai.FirstShortfall?.At.ToDateText() ?? "",
            ["nvidia_stake_end"] = $"{table.Holders.SingleOrDefault(holder => holder.Holder == HolderId.Of(Nvidia))?.Direct ?? 0:0.000000000}",
            ["shares_end_M"] = Six(table.Outstanding / 1e6m),
            ["return_ratio"] = $"{nvidia.RoundTrip.Direct:0.000000}",
            ["funded_share_of_revenue"] = $"{nvidia.FinancedRevenueShare:0.000000}",
            // Weight that has a counterpart the other way: with two companies, what can circulate.
            ["reciprocity"] = $"{circle.CirculationShare:0.000000}",
            ["revenue_lost_bn"] = Six(Math.Max(0, Sold(before) - sold) / Billion),
        };
    }

    private static decimal Sold(Book book) =>
        book.At(Cut.Everything).Events.Select(recorded => recorded.Event).OfType<PurchasePaid>().Where(paid => paid.Seller == Nvidia && !paid.InKind).Sum(paid => paid.Amount.Amount);

    private static string Six(decimal number) => $"{number:0.000000}";
}
