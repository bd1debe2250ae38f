namespace ActorFinance.Model.Tests.Branches;

public sealed class KeptBranchTests
{
    private static readonly BranchId s_late = Value.Parse<BranchId>("late");
    private static readonly BranchRecorded s_recorded = new(new(9), null, ["what-if: late\n"], "Late", null, null, null);

    [Fact]
    public void A_branch_is_kept_edited_renamed_and_archived()
    {
        var branch = After(s_recorded, new BranchEdited(new(12), ["what-if: later\n"], null), new BranchRenamed(Value.Parse<BranchId>("later")), new BranchArchived(null));
        (branch.Id.Value, branch.Name.Value, branch.Base, branch.IsArchived, branch.LastSequenceNumber).ShouldBe(("late", "later", new Offset(12), true, 4L));
        branch.Edits.ShouldBe(["what-if: later\n"]);
        branch.About.ShouldBe(s_recorded);
    }

    [Fact]
    public void What_does_not_follow_is_refused_with_the_rule()
    {
        KeptBranch none = After(), kept = After(s_recorded), archived = After(s_recorded, new BranchArchived(null)), promoted = After(s_recorded, new BranchPromoted(new(20), 2));
        Refused(none, new BranchArchived(null)).ShouldBe(new("unknown-branch", "no branch 'late' is kept"));
        Refused(kept, s_recorded).ShouldBe(new("branch-exists", "a branch 'late' is kept already"));
        Refused(archived, new BranchRenamed(s_late)).ShouldBe(new("branch-archived", "branch 'late' is archived"));
        Refused(promoted, new BranchPromoted(new(30), 2)).ShouldBe(new("branch-promoted", "branch 'late' was promoted: its orders are in the journal up to offset 20"));
        Refused(promoted, new BranchEdited(default, [], null))!.Code.ShouldBe("branch-promoted");
    }

    [Fact]
    public void What_is_so_already_writes_nothing()
    {
        KeptBranch.Decide(After(s_recorded, new BranchArchived(null)), new BranchArchived("again")).ShouldBe(default);
        KeptBranch.Decide(After(s_recorded), new BranchRenamed(s_late)).ShouldBe(default);
    }

    [Fact]
    public void A_fact_out_of_its_turn_is_a_corrupt_journal()
    {
        Should.Throw<CorruptJournalException>(() => KeptBranch.Evolve(After(), Envelope(1, new BranchArchived(null))));
        Should.Throw<CorruptJournalException>(() => KeptBranch.Evolve(After(s_recorded), Envelope(3, new BranchArchived(null))));
        Should.Throw<CorruptJournalException>(() => KeptBranch.Evolve(After(s_recorded), Envelope(2, s_recorded)));
    }

    private static KeptBranch After(params BranchEvent[] facts) =>
        facts.Index().Aggregate(KeptBranch.Empty(s_late), (branch, fact) => KeptBranch.Evolve(branch, Envelope(fact.Index + 1, fact.Item)));

    private static BranchRefusal? Refused(KeptBranch branch, BranchEvent asked)
    {
        var decision = KeptBranch.Decide(branch, asked);
        decision.Event.ShouldBeNull();
        return decision.Refusal;
    }

    private static BranchEnvelope Envelope(int number, BranchEvent fact) => new(s_late, number, Instant.Of(2026, 11, 25), null, default, fact);
}
