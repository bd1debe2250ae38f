namespace ActorFinance.Client.Tests.Branches;

/// <summary>Kept branches through the client: kept, compared, edited, renamed, promoted, archived.</summary>
public sealed class BranchTests(DealsService deals) : IClassFixture<DealsService>
{
    private const string Half = "what-if: half\ntitle: Half of it\nedits:\n  - scale: {payer: openai, by: 50%}\n";

    private readonly ActorFinanceClient _client = new(new() { Url = deals.Service.Client.BaseAddress! });

    [Fact]
    public async Task Branches_are_kept_one_on_another_and_stand_side_by_side()
    {
        var half = await (await _client.Branches.KeepAsync("half", Half, reason: "sites")).ResultAsync();
        (half.Name, half.State, half.Title, half.Reason, half.HasGrown).ShouldBe(("half", BranchState.Kept, "Half of it", "sites", false));
        var less = await (await _client.Branches.KeepAsync("half-and-less", "what-if: less\nedits:\n  - insert:\n      - {company: openai, effective: 2026-03-01, pay-external-cash: {amount: 1bn USD, category: opex}}\n", from: "half")).ResultAsync();
        (less.From, less.Edits.Count, less.Base).ShouldBe(("half", half.Edits.Count + 1, half.Base));
        (await _client.Branches.ListAsync()).Select(branch => branch.Name).ShouldContain("half-and-less");

        var compared = await (await _client.Branches.CompareAsync(["half", "half-and-less"], new() { Measures = ["cash"], Company = "openai" })).ResultAsync();
        compared.Branches.Select(branch => branch.Name).ShouldBe(["half", "half-and-less"]);
        var shown = await (await _client.Branches.ShowAsync("half", new() { Measures = ["cash"], Company = "openai" })).ResultAsync();
        shown.Branches.Single().Differences.ShouldBe(compared.Branches[0].Differences);
        shown.Branches.Single().Differences.ShouldNotBe(compared.Branches[1].Differences);
    }

    [Fact]
    public async Task A_branch_is_edited_renamed_and_archived()
    {
        await (await _client.Branches.KeepAsync("first", Half)).ResultAsync();
        var edited = await (await _client.Branches.EditAsync("first", "what-if: more\nedits:\n  - drop: {payee: oracle}\n", append: true, reason: "Oracle too")).ResultAsync();
        edited.Edits.Count.ShouldBe(2);
        (await _client.Branches.RenameAsync("first", "second")).Id.ShouldBe("first");
        (await Should.ThrowAsync<ConflictException>(() => _client.Branches.KeepAsync("second", Half))).Problem!.Code.ShouldBe("branch-refused");
        (await _client.Branches.ArchiveAsync("second", "done with")).State.ShouldBe(BranchState.Archived);
        (await _client.Branches.ListAsync()).ShouldNotContain(branch => branch.Name == "second");
        (await _client.Branches.ListAsync(all: true)).ShouldContain(branch => branch.Name == "second");
        await Should.ThrowAsync<NotFoundException>(() => _client.Branches.FindAsync("third"));
    }

    [Fact]
    public async Task What_a_branch_inserts_is_offered_to_the_companies_and_other_edits_are_refused()
    {
        const string Inserts = "what-if: order\nedits:\n  - insert:\n      - {id: promoted-order, company: openai, effective: 2026-03-01, pay-purchase: {seller: nvidia, amount: 7 USD}}\n";
        await (await _client.Branches.KeepAsync("order", Inserts)).ResultAsync();
        var promoted = await (await _client.Branches.PromoteAsync("order")).ResultAsync();
        promoted.State.ShouldBe(BranchState.Promoted);
        var written = await _client.Questions.EventsAsync(new() { AtLeast = new(promoted.PromotedAt!.Value), Company = "openai", All = true }).TakenAsync();
        written.ShouldContain(one => one.Offset == promoted.PromotedAt);

        await (await _client.Branches.KeepAsync("cut", Half)).ResultAsync();
        await Should.ThrowAsync<ConflictException>(async () => await (await _client.Branches.PromoteAsync("cut")).ResultAsync());
    }
}
