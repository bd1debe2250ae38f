using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Edits in the words that people write them in, and what comes of them.</summary>
internal static class Editing
{
    public static Edit Parsed(string operation, params string[] terms)
    {
        var faults = new List<EditFault>();
        var edit = EditTerms.Parse(operation, [.. terms.Select(term => term.Split('=', 2)).Select(parts => new EditTerm(parts[0], parts[1]))], faults);
        faults.ShouldBeEmpty();
        return edit!;
    }

    public static Edit.Insert Inserted(string commands) =>
        WhatIfFile.Parse("f.yaml", System.Text.Encoding.UTF8.GetBytes($"what-if: test\nedits:\n- insert:\n{commands}")).ShouldBeOfType<WhatIfResult.Accepted>()
            .WhatIf.Edits.ShouldHaveSingleItem().ShouldBeOfType<Edit.Insert>();

    public static BranchResult.Applied Applied(Book book, params Edit[] edits) => Branch.Apply(book, AsKnown.All, edits).ShouldBeOfType<BranchResult.Applied>();

    public static string RuleOf(Book book, params Edit[] edits) => Branch.Apply(book, AsKnown.All, edits).ShouldBeOfType<BranchResult.Refused>().Problems.ShouldHaveSingleItem().Rule;

    public static decimal CashOf(Book book, string company) => new CashIndex(book).At(Cut.Everything, Id<CompanyId>(company)).Balances.ShouldHaveSingleItem().Amount;
}
