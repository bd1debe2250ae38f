using System.Text;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Tests.Branches;
using ActorFinance.Scenarios.Tests.Scenarios;

namespace ActorFinance.Scenarios.Tests.Truth;

/// <summary>
/// What-ifs on the letter of intent as if signed, against figures of <c>Data/whatif-variants.py</c>, which works them out in exact fractions from a list of payments
/// and knows nothing of events and edits; to every printed digit. Each is written both ways, in a file and on the command line.
/// </summary>
public sealed class WhatIfVariantTests(ImportedSeed imported) : IClassFixture<ImportedSeed>
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> s_rows = CsvFile.Read("whatif-variants.csv");

    public static TheoryData<string> Cases => [.. s_rows.Select(row => row["scenario"])];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_variant_gives_its_row_to_every_digit(string name)
    {
        var expected = s_rows.Single(row => row["scenario"] == name);
        var branch = Branch.Apply(imported.Book, AsKnown.All, EditsOf(expected["edits"])).ShouldBeOfType<BranchResult.Applied>();
        branch.Misfits.ShouldBeEmpty();
        foreach (var (figure, text) in SeedRow.Of(branch.Book, imported.Book))
        {
            text.ShouldBe(expected[figure], figure);
        }
    }

    private static List<Edit> EditsOf(string text)
    {
        var edits = new List<Edit>();
        foreach (var (operation, terms) in text.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(edit => edit.Split(' ', 2)).Select(parts => (parts[0], parts[1])))
        {
            var inFile = operation == "insert" ? terms : $"{{{string.Join(", ", terms.Split(',').Select(term => term.Replace("=", ": ", StringComparison.Ordinal)))}}}";
            var read = WhatIfFile.Parse("f.yaml", Encoding.UTF8.GetBytes($"what-if: test\nedits:\n- {operation}: {inFile}\n")).ShouldBeOfType<WhatIfResult.Accepted>().WhatIf.Edits.ShouldHaveSingleItem();
            if (operation != "insert")
            {
                Editing.Parsed(operation, terms.Split(',')).ShouldBe(read);
            }

            edits.Add(read);
        }

        return edits;
    }
}
