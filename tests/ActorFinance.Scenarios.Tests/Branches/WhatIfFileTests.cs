using System.Text;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

public sealed class WhatIfFileTests
{
    private const string Head = "what-if: test\nedits:\n";

    [Fact]
    public void A_file_says_what_it_is_and_its_edits_in_order()
    {
        var read = Accepted(
            """
            what-if: late
            title: Late
            author: an analyst
            reason: to see
            source: https://example.org
            edits:
              - shift: {deal: NVDA-OAI-LOI, tranche: 4..10, by: -1Y6M, linked: no}
              - scale: {payer: openai, payee: oracle, from: 2027-01-01, to: 2027-12-31, by: 60%}
              - drop: {deal: [A, B], type: purchase-paid, confidence: low}
              - split: {deal: MSFT-OAI-2023, in-kind: 0.4}
              - default: {company: openai, at: 2029-12-31}
              - freeze: {company: openai, at: 2029-12-31}
              - truncate: {after: 2030-12-31}
              - insert:
                  - {company: openai, effective: 2027-01-01, reach-milestone: {milestone: 1 GW deployed}}
            """);
        read.ShouldSatisfyAllConditions(
            what => (what.Name, what.Title, what.Author, what.Reason, what.Source).ShouldBe(("late", "Late", "an analyst", "to see", "https://example.org")),
            what => what.Edits[0].ShouldBe(new Edit.Shift(new() { Deals = [Id<DealId>("NVDA-OAI-LOI")], FirstTranche = 4, LastTranche = 10 }, -18, 0, Linked: false)),
            what => what.Edits[1].ShouldBe(new Edit.Scale(
                new() { Payer = Id<CompanyId>("openai"), Payee = Id<CompanyId>("oracle"), From = Id<Instant>("2027-01-01"), To = Id<Instant>("2027-12-31").EndOfDay() }, 0.6m)),
            what => what.Edits[2].ShouldBe(new Edit.Drop(new() { Deals = [Id<DealId>("A"), Id<DealId>("B")], Types = ["purchase-paid"], ConfidenceAtMost = Confidence.Low })),
            what => what.Edits[3].ShouldBe(new Edit.SplitInKind(new() { Deals = [Id<DealId>("MSFT-OAI-2023")] }, 0.4m)),
            what => what.Edits[4].ShouldBe(new Edit.Default(Id<CompanyId>("openai"), Id<Instant>("2029-12-31"))),
            what => what.Edits[5].ShouldBe(new Edit.Freeze(Id<CompanyId>("openai"), Id<Instant>("2029-12-31"))),
            what => what.Edits[6].ShouldBe(new Edit.Truncate(Id<Instant>("2030-12-31").EndOfDay())),
            what => what.Edits[7].ShouldBeOfType<Edit.Insert>().Commands.ShouldHaveSingleItem().Command.ShouldBe(new ReachMilestone("1 GW deployed")));
    }

    [Theory]
    [InlineData("edits: []", "f.yaml:1:8: field 'edits'")]
    [InlineData("edits: []", "field 'what-if' is missing")]
    [InlineData(Head + "  - dop: {deal: A}", "'dop' must be one operation with its terms: drop, scale, shift, replace, split, merge, substitute, set-valuation, set-price, set-rate, set-condition, delay, call, default, freeze, truncate, insert (did you mean 'drop'?)")]
    [InlineData(Head + "  - drop: {del: A}", "f.yaml:3:12: field 'edits[0].drop.del': 'del' must be one of the terms of 'drop'")]
    [InlineData(Head + "  - drop: {}", "field 'edits[0].drop.deal' is missing: must be said, or another term that selects what to drop")]
    [InlineData(Head + "  - scale: {deal: A, by: -1}", "field 'edits[0].scale.by': '-1' must be a number above 0")]
    [InlineData(Head + "  - scale: {deal: A}", "field 'edits[0].scale.by' is missing")]
    [InlineData(Head + "  - shift: {deal: A, by: 12}", "field 'edits[0].shift.by': '12' must be a span such as 12M")]
    [InlineData(Head + "  - shift: {deal: A, by: 99999Y}", "must be a span such as 12M")]
    [InlineData(Head + "  - drop: {deal: A, tranche: 9..4}", "must be a range such as 4..10")]
    [InlineData(Head + "  - drop: {deal: A, from: 2026-02-30}", "field 'edits[0].drop.from': '2026-02-30' must be")]
    [InlineData(Head + "  - drop: {deal: A, linked: maybe}", "'maybe' must be yes or no")]
    [InlineData(Head + "  - drop: {deal: A, firmness: sure}", "'sure' must be one of paid, contracted, announced")]
    [InlineData(Head + "  - default: {company: OpenAI, at: 2029-12-31}", "field 'edits[0].default.company': 'OpenAI' must be")]
    [InlineData(Head + "  - insert: []", "must be a list of commands")]
    [InlineData(Head + "  - insert: [{company: a, effective: 2027-01-01, pay-purchase: {seller: b, amount: 5 dollars}}]", "'5 dollars' must be")]
    [InlineData(Head + "  - set-valuation: {deal: A}", "field 'edits[0].set-valuation.growth' is missing: must be said alone of growth, by, pre-money")]
    [InlineData(Head + "  - set-valuation: {deal: A, pre-money: -5bn USD}", "'-5000000000 USD' must be amounts above 0")]
    [InlineData(Head + "  - set-valuation: {deal: A, growth: -100%}", "'-100%' must be a number above -100%")]
    [InlineData(Head + "  - set-price: {company: amd, path: 600 USD}", "'600 USD' must be a date and what holds from it on")]
    [InlineData(Head + "  - set-rate: {pair: USD, by: 2}", "'USD' must be two currencies such as USD/KRW")]
    [InlineData(Head + "  - set-condition: {company: a, milestone: IPO, at: 2027-01-01, never: yes}", "must be said alone of at, not-before, never")]
    [InlineData(Head + "  - replace: {deal: A}", "field 'edits[0].replace.with' is missing")]
    [InlineData(Head + "  - replace: {deal: A, amount: 0 USD}", "field 'edits[0].replace.amount': '0 USD' must be an amount above 0: 'drop' leaves events out")]
    [InlineData(Head + "  - drop: {deal: A, type: purchase-payd}", "'purchase-payd' must be a type of event such as purchase-paid (did you mean 'purchase-paid'?)")]
    [InlineData(Head + "  - drop: {deal: A, firmness: paid|announced}", "'paid|announced' must be one of paid, contracted, announced, and one alone")]
    [InlineData(Head + "  - drop: {deal: A, item: [a, b]}", "field 'edits[0].drop.item': '[...]' must be one value")]
    [InlineData(Head + "  - drop: {deal: [], leg: a}", "field 'edits[0].drop.deal': '[...]' must be one value, or a list of values")]
    [InlineData(Head + "  - drop: {deal: A, leg: a|}", "'a|' must be values with a bar between each two")]
    [InlineData(Head + "  - drop: {deal: }", "field 'edits[0].drop.deal' is missing: must be one value, or a list of values")]
    [InlineData("what-if: test\ntitle: [a]\nedits:\n  - drop: {deal: A}", "field 'title': '[...]' must be text")]
    [InlineData(Head + "  - default: {company: a, at: 2027-01-01, recovery: 2}", "'2' must be a share from 0 to 1")]
    [InlineData("- a", "must be a mapping of fields")]
    public void A_fault_is_named_with_its_place(string text, string message)
    {
        var rejected = WhatIfFile.Parse("f.yaml", Encoding.UTF8.GetBytes(text)).ShouldBeOfType<WhatIfResult.Rejected>();
        string.Join('\n', rejected.Problems).ShouldContain(message);
    }

    [Fact]
    public void The_bundled_what_ifs_are_read_whole()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "scenarios", "what-if"), "*.yaml");
        files.Length.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var file in files)
        {
            Accepted(File.ReadAllText(file)).Name.ShouldBe(Path.GetFileNameWithoutExtension(file));
        }
    }

    private static WhatIf Accepted(string text) => WhatIfFile.Parse("f.yaml", Encoding.UTF8.GetBytes(text)) switch
    {
        WhatIfResult.Accepted accepted => accepted.WhatIf,
        WhatIfResult.Rejected rejected => throw new InvalidDataException(string.Join(Environment.NewLine, rejected.Problems)),
        var other => throw new InvalidOperationException(other.ToString()),
    };
}
