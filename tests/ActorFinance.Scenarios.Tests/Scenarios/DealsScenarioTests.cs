using System.Globalization;
using System.Text.Json;
using ActorFinance.Scenarios.Files;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Scenarios;

/// <summary>The deals as events, against the table they were taken from.</summary>
public sealed class DealsScenarioTests
{
    private const decimal Billion = 1e9m;

    private static readonly CommandBook Book = Deciding.Bundled("ai-deals.yaml");
    private static readonly IReadOnlyList<EventEnvelope> Events = Deciding.All(Book).Events;
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows = CsvFile.Read("deals.csv");

    public static TheoryData<string> Ids => [.. Rows.Select(row => row["id"])];

    [Fact]
    public void Every_row_is_a_deal_and_only_two_deals_are_parts_without_a_row() =>
        Book.Commands.Select(sourced => sourced.Envelope.Deal?.Value).OfType<string>().Distinct().Except(Rows.Select(row => row["id"]))
            .ShouldBe(["OAI-ROUND-2026-OTHERS", "SB-OAI-2025-SYNDICATE"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_row_is_a_deal_with_its_parties_amounts_firmness_and_days(string id)
    {
        var row = Rows.Single(candidate => candidate["id"] == id);
        var opening = Of(id).Select(sourced => sourced.Envelope).Single(envelope => envelope.Command is AnnounceDeal or ContractDeal);
        var terms = TermsOf(opening.Command)!;
        (terms.From?.Value ?? "").ShouldBe(row["from_id"]);
        (terms.To?.Value ?? "").ShouldBe(row["to_id"]);
        terms.Headline.ShouldBe(Billions(row["amount_usd_bn"]));
        terms.Maximum.ShouldBe(Billions(row["amount_max_usd_bn"]));
        opening.KnownAt.ShouldBe(Id<Instant>(row["known_date"]));
        opening.EffectiveAt.ShouldBe(Instant.Earlier(Id<Instant>(row["known_date"]), Id<Instant>(row["effective_date"])));
        Firmness(id).ShouldBe(row["firmness"]);
        row["confidence"].ShouldStartWith(id == "XAI-SPV" ? "high (structure)" : opening.Confidence!.Value.ToString().ToLowerInvariant());
        opening.Source.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_is_paid_holds_at_the_effective_day_and_is_known_from_the_later_of_the_two(string id)
    {
        var row = Rows.Single(candidate => candidate["id"] == id);
        var paid = Events.Where(envelope => envelope.Header.Deal?.Value == id && Amount(envelope.Event) is not null).ToList();
        if (row["firmness"] != "paid" || row["amount_usd_bn"].Length == 0 || row["kind"] == "shares")
        {
            paid.ShouldBeEmpty();
            return;
        }

        paid.Sum(envelope => Amount(envelope.Event)!.Value.Amount).ShouldBe(Billions(row["amount_usd_bn"])!.Value.Amount);
        foreach (var envelope in paid)
        {
            envelope.Header.EffectiveAt.ShouldBe(Id<Instant>(row["effective_date"]));
            envelope.Header.KnownAt.ShouldBe(Instant.Later(Id<Instant>(row["known_date"]), Id<Instant>(row["effective_date"])));
        }
    }

    [Theory]
    [InlineData("paid")]
    [InlineData("contracted")]
    [InlineData("announced")]
    [InlineData("summary")]
    public void The_amounts_of_each_firmness_add_up_to_those_of_the_table(string firmness)
    {
        var rows = Rows.Where(row => row["firmness"] == firmness).ToList();
        var terms = rows.Select(row => Of(row["id"]).Select(sourced => TermsOf(sourced.Envelope.Command)).OfType<DealTerms>().First()).ToList();
        terms.Sum(deal => deal.Headline?.Amount ?? 0).ShouldBe(rows.Sum(row => Billions(row["amount_usd_bn"])?.Amount ?? 0));
        terms.Count(deal => deal is { Headline: null, Maximum: null }).ShouldBe(rows.Count(row => row["amount_usd_bn"].Length + row["amount_max_usd_bn"].Length == 0));
    }

    [Fact]
    public void Contracted_purchases_are_commitments_of_the_same_amount() =>
        Events.Select(envelope => envelope.Event).OfType<PurchaseCommitted>().Sum(committed => committed.Terms.Amount.Amount)
            .ShouldBe(Rows.Where(row => row["firmness"] == "contracted" && row["kind"] == "purchase").Sum(row => Billions(row["amount_usd_bn"])?.Amount ?? 0));

    [Fact]
    public void The_edges_of_the_view_are_those_that_were_worked_out_by_hand()
    {
        var view = CsvFile.Text("circularity-apr-2026.deals.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        view.ShouldBe(Rows.Where(row => row["in_firm_view"] == "yes").Select(row => row["id"]), ignoreOrder: true);
        var ids = Rows.SelectMany(row => new[] { (row["from_party"], row["from_id"]), (row["to_party"], row["to_id"]) }).Distinct().Where(pair => pair.Item2.Length > 0).ToDictionary();
        using var oracle = JsonDocument.Parse(CsvFile.Text("circularity-deals-apr2026-firm.json"));
        var expected = oracle.RootElement[0].GetProperty("edges_musd").EnumerateArray()
            .ToDictionary(edge => (ids[edge[0].GetString()!], ids[edge[1].GetString()!]), edge => edge[2].GetDecimal() * 1e6m);
        var actual = Edges(view);
        actual.OrderBy(edge => edge.Key).ShouldBe(expected.OrderBy(edge => edge.Key));
        actual.Values.Sum().ShouldBe(oracle.RootElement[0].GetProperty("total_musd").GetDecimal() * 1e6m);
    }

    [Fact]
    public void Only_the_credits_are_in_kind() =>
        Events.Where(envelope => envelope.Event is InvestmentMade { InKind: true } or PurchasePaid { InKind: true }).Select(envelope => envelope.Header.Deal!.Value.Value).ShouldBe(["MSFT-OAI-2023"]);

    [Fact]
    public void The_letter_of_intent_is_superseded_by_the_plain_equity() =>
        Events.Single(envelope => envelope.Event is DealSuperseded).ShouldSatisfyAllConditions(
            envelope => envelope.Header.Deal!.Value.Value.ShouldBe("NVDA-OAI-LOI"),
            envelope => ((DealSuperseded)envelope.Event).By.Value.ShouldBe("NVDA-OAI-2026"),
            envelope => envelope.Header.KnownAt.ShouldBe(Instant.Of(2026, 2, 27)));

    [Theory]
    [InlineData("intel", 214_776_632)]
    [InlineData("nokia", 166_389_351)]
    [InlineData("coreweave", 24_280_000 + 22_935_780)]
    public void Published_numbers_of_shares_follow_from_amounts_and_prices(string issuer, decimal shares) =>
        Held(issuer).Where(holding => holding.Holder == "nvidia").Sum(holding => holding.Units).ShouldBe(shares);

    [Theory]
    [InlineData("intel", "nvidia", 0.04)]
    [InlineData("nokia", "nvidia", 0.029)]
    [InlineData("openai", "microsoft", 0.27)]
    [InlineData("openai", "openai-foundation", 0.26)]
    [InlineData("openai", "softbank", 0.11)]
    [InlineData("openai", "nvidia", 0.0352112676)]
    [InlineData("scale-ai", "meta", 0.49)]
    [InlineData("anthropic", "google", 0.10)]
    public void Published_fractions_are_what_their_holders_have(string issuer, string holder, double fraction)
    {
        var held = Held(issuer);
        var total = held.Sum(holding => holding.Converted);
        ((double)(held.Where(holding => holding.Holder == holder).Sum(holding => holding.Converted) / total)).ShouldBe(fraction, 1e-10);
    }

    [Fact]
    public void Nobody_owns_most_of_an_issuer_of_which_only_a_part_is_known()
    {
        foreach (var issuer in Events.Where(envelope => envelope.Event is ShareClassCreated).Select(envelope => envelope.Header.Emitter.Value).Distinct())
        {
            var held = Held(issuer);
            held.Where(holding => holding.Holder != "outside").GroupBy(holding => holding.Holder)
                .ShouldAllBe(holder => holder.Sum(holding => holding.Converted) < held.Sum(holding => holding.Converted) / 2);
        }
    }

    private static Dictionary<(string From, string To), decimal> Edges(HashSet<string> view)
    {
        var edges = new Dictionary<(string From, string To), decimal>();
        var closed = Events.Where(envelope => envelope.Event is DealContracted or DealCompleted or DealSuperseded or DealCancelled).Select(envelope => envelope.Header.Deal).ToHashSet();
        foreach (var envelope in Events.Where(envelope => envelope.Header.Deal is { } deal && view.Contains(deal.Value)))
        {
            var from = envelope.Header.Emitter.Value;
            (string To, decimal Amount)? edge = envelope.Event switch
            {
                InvestmentMade made => (made.Investee.Value, made.Amount.Amount - (made.Draws is null ? 0 : made.Amount.Amount)),
                InvestmentCommitted committed => (committed.Terms.To!.Value.Value, committed.Terms.Amount.Amount),
                PurchaseCommitted committed => (committed.Terms.To!.Value.Value, committed.Terms.Amount.Amount),
                DealAnnounced { Terms.Headline: { } headline } announced when !closed.Contains(envelope.Header.Deal) => (announced.Terms.To!.Value.Value, headline.Amount),
                _ => null,
            };
            if (edge is var (to, amount) && amount != 0)
            {
                edges[(from, to)] = edges.GetValueOrDefault((from, to)) + amount;
            }
        }

        return edges;
    }

    private static List<(string Holder, decimal Units, decimal Converted)> Held(string issuer)
    {
        var ratios = new Dictionary<ShareClassId, decimal>();
        var units = new Dictionary<(ShareClassId Class, string Holder), decimal>();
        foreach (var fact in Events.Where(envelope => envelope.Header.Emitter.Value == issuer).Select(envelope => envelope.Event))
        {
            switch (fact)
            {
                case ShareClassCreated created:
                    ratios.Add(created.Class, created.ConversionRatio.Value);
                    units[(created.Class, "outside")] = created.Notional ? ShareClassCreated.NotionalUnits : 0;
                    break;
                case SharesIssued { Quantity: { } quantity } issued:
                    units[(issued.Class, issued.Holder.Value)] = units.GetValueOrDefault((issued.Class, issued.Holder.Value)) + quantity.Value;
                    break;
                case SharesIssued { FractionHeld: { } fraction } issued:
                    units[(issued.Class, issued.Holder.Value)] = fraction.Value * ShareClassCreated.NotionalUnits;
                    units[(issued.Class, "outside")] -= fraction.Value * ShareClassCreated.NotionalUnits;
                    break;
            }
        }

        return [.. units.Select(holding => (holding.Key.Holder, holding.Value, holding.Value * ratios[holding.Key.Class]))];
    }

    private static string Firmness(string id)
    {
        var commands = Of(id).Select(sourced => sourced.Envelope.Command).ToList();
        return commands.Any(command => TermsOf(command) is { Sums.Count: > 0 }) ? "summary"
            : commands.Any(command => command is CompleteDeal) ? "paid"
            : commands.Any(command => command is ContractDeal) ? "contracted"
            : "announced";
    }

    private static Money? Amount(CompanyEvent fact) => fact switch
    {
        InvestmentMade made => made.Amount,
        LoanDrawn drawn => drawn.Amount,
        PurchasePaid paid => paid.Amount,
        ExternalCashReceived received => received.Amount,
        _ => null,
    };

    private static DealTerms? TermsOf(CompanyCommand command) => command switch
    {
        AnnounceDeal announce => announce.Terms,
        ContractDeal contract => contract.Terms,
        _ => null,
    };

    private static IEnumerable<SourcedCommand> Of(string id) => Book.Commands.Where(sourced => sourced.Envelope.Deal?.Value == id);

    private static Money? Billions(string text) => text.Length == 0 ? null : Money.Of(decimal.Parse(text, CultureInfo.InvariantCulture) * Billion, Id<Currency>("USD"));
}
