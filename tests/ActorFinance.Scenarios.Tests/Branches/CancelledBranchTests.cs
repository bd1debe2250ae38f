using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Testing.Books;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Whoever is told how far a branch is can end it, midway in an edit and between its figures, and nothing is spoiled by that.</summary>
public sealed class CancelledBranchTests
{
    private static readonly BaseFigures s_base = new(new(new Book(MarketRecords.Of(companies: 12, events: 5_000, seed: 11)), AsKnown.All));
    private static readonly Edit[] s_later = [new Edit.Shift(new() { From = Instant.Minimum }, Months: 1, Days: 0, Linked: false)];
    private static readonly Edit[] s_edits = [new Edit.Scale(new() { From = Instant.Minimum }, 0.5m)];

    [Fact]
    public void One_edit_of_many_events_says_how_far_it_is_and_ends_midway_when_it_is_cancelled()
    {
        var told = new List<(string What, double Done)>();
        var whole = Branch.Apply(s_base.Base, s_later, (what, done) => told.Add((what, done))).ShouldBeOfType<BranchResult.Applied>();
        double[] edits = [.. told.Where(one => one.What == "Edits").Select(one => one.Done)];
        edits.Count(done => done is > 0 and < 1).ShouldBeGreaterThan(2);
        edits.ShouldBe(edits.Order());
        told.Count(one => one.What == "Facts").ShouldBeGreaterThanOrEqualTo(12, "each company is judged");

        var last = 0.0;
        Should.Throw<OperationCanceledException>(() => Branch.Apply(s_base.Base, s_later, (_, done) =>
        {
            last = done;
            if (done > 0.4)
            {
                throw new OperationCanceledException();
            }
        }));

        last.ShouldBeLessThan(1, "it ended where it was told to");
        Branch.Apply(s_base.Base, s_later).ShouldBeOfType<BranchResult.Applied>().Changes.ShouldBe(whole.Changes);
    }

    [Fact]
    public void Figures_that_were_cancelled_can_be_asked_for_again()
    {
        var on = new BranchBase(new Book(MarketRecords.Of(companies: 12, events: 400, seed: 11)), AsKnown.All);
        var branch = Branch.Apply(on, s_edits).ShouldBeOfType<BranchResult.Applied>();
        var (question, words) = (FigureQuestion.Everything with { Flows = FlowOptions.Default with { ReportingCurrency = Id<Currency>("USD") } }, 0);
        var whole = BranchComparison.Of(new(on), branch, Instant.Maximum, question, (_, _) => Interlocked.Increment(ref words));
        whole.Differences.Select(difference => BookFigures.FamilyOf(difference.Key.Measure)).Distinct().Count().ShouldBeGreaterThanOrEqualTo(6, "all of them differ");

        for (var after = 0; after < words; after += 1 + (words / 8))
        {
            var (based, left) = (new BaseFigures(on), after);
            Should.Throw<OperationCanceledException>(() => BranchComparison.Of(based, branch, Instant.Maximum, question, (_, _) =>
            {
                if (Interlocked.Decrement(ref left) < 0)
                {
                    throw new OperationCanceledException();
                }
            }));
            BranchComparison.Of(based, branch, Instant.Maximum, question).Differences.ShouldBe(whole.Differences);
        }
    }
}
