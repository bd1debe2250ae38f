using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Tests.Scenarios;
using ActorFinance.Scenarios.Tests.Truth;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Five what-ifs on the letter of intent as if signed, whose answers were worked out with hledger and by hand, to every printed digit.</summary>
public sealed class WhatIfTruthTests(ImportedSeed imported) : IClassFixture<ImportedSeed>
{
    private static readonly CompanyId Nvidia = Id<CompanyId>("nvidia");
    private static readonly CompanyId Openai = Id<CompanyId>("openai");
    private static readonly DealId Letter = Id<DealId>("NVDA-OAI-LOI");
    private static readonly DealId Supply = Id<DealId>("NVDA-OAI-SUPPLY");

    public static TheoryData<string> Cases => ["base-seed", "gw35", "delay-2", "replace-2026", "default-6"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_edited_seed_gives_the_row_of_the_table(string name)
    {
        var expected = CsvFile.Read("whatif-expected.csv").Single(row => row["scenario"] == name);
        var branch = Applied(EditsOf(name));
        branch.Misfits.ShouldBeEmpty();
        var row = SeedRow.Of(branch.Book, imported.Book);
        foreach (var (figure, text) in row)
        {
            text.ShouldBe(expected[figure], figure);
        }

        row.Count.ShouldBe(expected.Count - 2, "all but the name and the sentence");
    }

    [Fact]
    public void The_base_is_as_it_was()
    {
        var before = imported.Book.Recorded.ToList();
        Applied(EditsOf("delay-2"));
        imported.Book.Recorded.ShouldBe(before);
    }

    private static IReadOnlyList<Edit> EditsOf(string name) => name switch
    {
        "base-seed" => [],
        "gw35" => [new Edit.Scale(new() { Deals = [Supply] }, 3.5m)],
        "delay-2" => [new Edit.Shift(new() { Deals = [Letter], FirstTranche = 4 }, Months: 12, Days: 0)],
        "replace-2026" =>
        [
            new Edit.Drop(new() { Deals = [Letter] }, Linked: false),
            new Edit.Insert(
            [
                Order("worth", "openai", new RecordValuation(Id<ValuationId>("round-2026"), PreMoney: Usd("730bn"))),
                Order("round", "openai", new SellShares(HolderId.Of(Nvidia), Id<ShareClassId>("common"), Usd("30bn"), Valuation: Id<ValuationId>("round-2026"))),
            ]),
        ],
        "default-6" => [new Edit.Default(Openai, Id<Instant>("2029-12-31"))],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
    };

    private static CommandEnvelope Order(string id, string company, CompanyCommand command) =>
        new(Id<CommandId>(id), Id<CompanyId>(company), Id<Instant>("2026-12-31"), command) { Rank = -1 };

    private BranchResult.Applied Applied(IReadOnlyList<Edit> edits) => Branch.Apply(imported.Book, AsKnown.All, edits).ShouldBeOfType<BranchResult.Applied>();
}
