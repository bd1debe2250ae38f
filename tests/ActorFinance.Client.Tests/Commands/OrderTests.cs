using System.Reflection;
using System.Text.Json.Nodes;

namespace ActorFinance.Client.Tests.Commands;

/// <summary>Each order that has a method goes through a real service, as one history of two companies and a lender.</summary>
public sealed class OrderTests
{
    private static readonly Money Dollar = new(1, "USD");

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private DateTimeOffset _at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_order_with_a_method_is_accepted_by_the_service()
    {
        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(Book.Impatient(service.Client.BaseAddress!));
        Task<string> GiveAsync(string company, Order order, string? deal = null) => AcceptedAsync(client, company, order, deal);

        await GiveAsync("$market", Order.RecordFxRate("EUR", "USD", 1.1m));
        foreach (var company in (string[])["buyer", "seller", "bank"])
        {
            await GiveAsync(company, Order.RegisterCompany(company, "USD"));
            await GiveAsync(company, Order.ReceiveExternalCash(new(1_000_000, "USD"), "opening"));
        }

        await GiveAsync("bank", Order.RenameCompany("The bank"));
        await GiveAsync("buyer", Order.PayExternalCash(Dollar, "opex"));
        await GiveAsync("seller", Order.Invest("buyer", Dollar));
        await GiveAsync("buyer", Order.PayPurchase("seller", new(10, "USD")));
        await GiveAsync("seller", Order.DeliverPurchase("buyer", 3, "gpu", "piece"));
        await GiveAsync("seller", Order.RefundPurchase("buyer", Dollar));
        await GiveAsync("buyer", Order.PayTransfer("seller", Dollar, "royalty"));
        await GiveAsync("bank", Order.DrawLoan("loan-1", "buyer", new(100, "USD"), rate: 0.06m, dayCount: "actual360", maturity: _at.AddYears(2)));
        await GiveAsync("buyer", Order.PayInterest("loan-1", "bank", Dollar));
        await GiveAsync("buyer", Order.RepayLoan("loan-1", "bank", new(40, "USD")));
        await GiveAsync("bank", Order.GiveGuarantee("backstop", new(50, "USD"), obligor: "buyer", beneficiary: "seller"));
        await GiveAsync("bank", Order.CallGuarantee("backstop", Dollar));

        await GiveAsync("buyer", Order.CreateShareClass("common", 1, authorised: 10_000, decimals: 2));
        await GiveAsync("buyer", Order.IssueShares("founders", "common", 100, "contract"));
        await GiveAsync("buyer", Order.CreateShareClass("units", 0, notional: true));
        await GiveAsync("buyer", Order.IssueFraction("seller", "units", 0.25m));
        await GiveAsync("buyer", Order.RecordValuation("round-a", preMoney: new(1_000, "USD")));
        await GiveAsync("buyer", Order.SellShares("seller", "common", new(100, "USD"), pricePerShare: new(10, "USD")));
        await GiveAsync("buyer", Order.TransferShares("seller", "bank", "common", 2, new(11, "USD")));
        await GiveAsync("buyer", Order.RepurchaseShares("founders", "common", 5));
        await GiveAsync("buyer", Order.ReservePool("common", 20));
        await GiveAsync("buyer", Order.SplitShares("common", 2, 1));
        var tranches = new JsonArray(new JsonObject { ["name"] = "t1", ["quantity"] = "10", ["conditions"] = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["kind"] = "milestone", ["company"] = "buyer", ["milestone"] = "first-gigawatt" }) } });
        await GiveAsync("buyer", Order.Of("grant-warrant").With("warrant", "w-1").With("holder", "seller").With("class", "common").With("strike", Dollar).With("tranches", tranches));
        await GiveAsync("buyer", Order.ReachMilestone("first-gigawatt"));
        await GiveAsync("buyer", Order.VestWarrant("w-1", "t1"));
        await GiveAsync("buyer", Order.ExerciseWarrant("w-1", 4));
        await GiveAsync("buyer", Order.LapseWarrant("w-1"));
        await GiveAsync("buyer", Order.SellConvertible("note-1", "seller", new(20, "USD"), "common", conversionPrice: new(5, "USD")));
        await GiveAsync("buyer", Order.ConvertConvertible("note-1", "common"));
        await GiveAsync("buyer", Order.DeclareDividend(Dollar, "common"));

        await GiveAsync("buyer", Order.Of("announce-deal").With("terms", new JsonObject { ["kind"] = "purchase", ["from"] = "buyer", ["to"] = "seller", ["headline"] = "90 USD" }), "D-1");
        await GiveAsync("buyer", Order.Of("announce-deal").With("terms", new JsonObject { ["kind"] = "purchase", ["from"] = "buyer", ["to"] = "seller", ["headline"] = "80 USD" }), "D-2");
        await GiveAsync("buyer", Order.Of("announce-deal").With("terms", new JsonObject { ["kind"] = "purchase", ["from"] = "buyer", ["to"] = "seller", ["headline"] = "70 USD" }), "D-3");
        await GiveAsync("buyer", Order.SupersedeDeal("D-2"), "D-1");
        await GiveAsync("buyer", Order.Of("commit-purchase").With("terms", new JsonObject { ["commitment"] = "C-1", ["from"] = "buyer", ["to"] = "seller", ["amount"] = "80 USD" }), "D-2");
        await GiveAsync("buyer", Order.ReleaseCommitment("C-1", Dollar, "less is needed"), "D-2");
        await GiveAsync("buyer", Order.CompleteDeal(), "D-2");
        await GiveAsync("buyer", Order.CancelDeal("never signed"), "D-3");
        var wrong = await GiveAsync("buyer", Order.PayExternalCash(Dollar, "tax"));
        await GiveAsync("buyer", Order.VoidEvent(wrong, "paid by another"));

        var methods = typeof(Order).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Order) && method.Name != nameof(Order.Of));
        methods.Select(method => method.Name).Except(_given.Select(type => string.Concat(type.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))), StringComparer.Ordinal).ShouldBe([nameof(Order.IssueFraction)]);
    }

    /// <summary>The id of the first event that it became.</summary>
    private async Task<string> AcceptedAsync(ActorFinanceClient client, string company, Order order, string? deal)
    {
        _at = _at.AddDays(1);
        var outcome = await client.Commands.SendAsync(new Command(company, _at, order) { Deal = deal });
        var accepted = outcome.ShouldBeOfType<CommandOutcome.Accepted>($"{order.Type}: {outcome}");
        _given.Add(order.Type);
        var events = await client.Questions.EventsAsync(new() { AtLeast = accepted.AtLeast, Company = company, All = true, PageSize = 1_000 }).TakenAsync();
        return events.First(one => one.Company == company && one.SequenceNumber == accepted.FirstSequenceNumber).EventId;
    }
}
