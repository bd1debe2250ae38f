using ActorFinance.Scenarios.Files;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Files;

public sealed class ScenarioFileTests
{
    private const string Small = """
        scenario: small
        title: Two companies
        assumptions:
          - nothing else happens
        defaults: {source: a page, confidence: low, known: 2025-12-01}
        companies:
          - {id: a, name: A, currency: USD, cashPolicy: reject-shortfall}
          - {id: b, name: B and others, currency: EUR, kind: group, effective: 2020-01-01}
        commands:
          - company: a
            effective: 2026-01-01
            receive-external-cash: {amount: 60bn USD, category: opening}
          - company: a
            effective: 2026-02-01
            id: the-payment
            known: 2026-02-03
            rank: 9
            deal: D
            leg: reverse
            tranche: '1'
            source: another page
            confidence: high
            pay-purchase: {seller: b, amount: 10bn USD, quantity: 0.5, unit: GW}
          - company: a
            effective: 2026-02-01
            deal: D
            complete-deal:

        """;

    [Fact]
    public void A_scenario_says_what_it_is_and_what_happens()
    {
        var book = Accepted("small.yaml", Small);
        (book.Form, book.Name, book.Title).ShouldBe((FileForm.Scenario, "small", "Two companies"));
        book.Assumptions.ShouldBe(["nothing else happens"]);
        book.Registered.Select(company => company.Value).ShouldBe(["a", "b"]);
        book.Commands.Select(sourced => sourced.Line).ShouldBe([7, 8, 10, 13, 24]);
        book.Commands[0].Envelope.ShouldBe(
            new(Id<CommandId>("register:a"), Id<CompanyId>("a"), Instant.Of(2026, 1, 1), new RegisterCompany("A", Id<Currency>("USD"), CashPolicy: CashPolicy.RejectShortfall)));
        book.Commands[1].Envelope.EffectiveAt.ShouldBe(Instant.Of(2020, 1, 1));
        ((RegisterCompany)book.Commands[1].Envelope.Command).Kind.ShouldBe(CompanyKind.Group);
        book.Commands[3].Envelope.ShouldBe(
            new(Id<CommandId>("the-payment"), Id<CompanyId>("a"), Instant.Of(2026, 2, 1), new PayPurchase(Id<CompanyId>("b"), Usd("10bn"), Quantity: Quantity.Of(0.5m), Unit: "GW"))
            {
                KnownAt = Instant.Of(2026, 2, 3),
                Rank = 9,
                Deal = Id<DealId>("D"),
                Leg = "reverse",
                Tranche = "1",
                Source = "another page",
                Confidence = Confidence.High,
            });
        book.Commands[4].Envelope.Command.ShouldBe(new CompleteDeal());
    }

    [Fact]
    public void Defaults_fill_what_an_entry_does_not_state_and_the_rank_is_its_ordinal()
    {
        var opening = Accepted("small.yaml", Small).Commands[2].Envelope;
        (opening.Source, opening.Confidence, opening.KnownAt, opening.Rank).ShouldBe(("a page", Confidence.Low, Instant.Of(2025, 12, 1), 1));
    }

    [Fact]
    public void An_edited_entry_leaves_the_ids_of_the_others()
    {
        var before = Accepted("small.yaml", Small).Commands;
        var after = Accepted("small.yaml", Small.Replace("amount: 60bn USD", "amount: 61bn USD", StringComparison.Ordinal)).Commands;
        after.Zip(before, (now, then) => now.Envelope.Id == then.Envelope.Id).ShouldBe([true, true, false, true, true]);
        before[2].Envelope.Id.Value.ShouldStartWith("small:");
    }

    [Fact]
    public void A_changed_default_meets_the_old_id_with_other_content()
    {
        var before = Accepted("small.yaml", Small).Commands[2].Envelope;
        var after = Accepted("small.yaml", Small.Replace("source: a page", "source: the page", StringComparison.Ordinal)).Commands[2].Envelope;
        after.Id.ShouldBe(before.Id);
        CommandJson.DigestOf(after).ShouldNotBe(CommandJson.DigestOf(before));
    }

    [Fact]
    public void Entries_alike_are_told_apart_by_their_ordinal()
    {
        var book = Accepted(
            "s.yaml",
            """
            scenario: s
            title: S
            commands:
              - {company: a, effective: 2026-01-01, reach-milestone: {milestone: x}}
              - {company: a, effective: 2026-01-01, reach-milestone: {milestone: x}}
            """);
        book.Commands[1].Envelope.Id.Value.ShouldBe(book.Commands[0].Envelope.Id.Value + ":2");
    }

    [Fact]
    public void The_schema_is_the_one_that_the_reader_checks_by()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "schema", "scenario.schema.json");
        if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_SCHEMA") is { Length: > 0 } target)
        {
            File.WriteAllText(target, ScenarioSchema.Text());
        }

        (File.ReadAllText(path) == ScenarioSchema.Text()).ShouldBeTrue("run this test with ACTORFINANCE_WRITE_SCHEMA=docs/schema/scenario.schema.json to write the file anew");
    }

    [Fact]
    public void Every_command_has_a_shape()
    {
        foreach (var name in CommandShapes.Types.Keys)
        {
            CommandShapes.Command(name).Members.ShouldAllBe(field => field.Shape != null);
        }
    }
}
