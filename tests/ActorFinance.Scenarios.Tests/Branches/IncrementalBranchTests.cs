using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Testing.Books;
using CsCheck;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Branches that look only at what their edits touch, against the plain way over the whole list.</summary>
public sealed class IncrementalBranchTests
{
    private const int Cases = 1_000;

    // A few books, each the base of many branches, as they are used.
    private static readonly BaseFigures[] s_bases = [.. Enumerable.Range(1, 8).Select(seed => new BaseFigures(new(BookOf(seed), AsKnown.All)))];
    private static readonly Book[] s_books = [.. Enumerable.Range(1, 8).Select(BookOf)];

    private static readonly Gen<Edit> s_edits = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 47], Gen.Int[0, 7], Gen.Int[0, 6]).Select((company, month, kind, by) =>
    {
        var day = EventChange.Moved(Id<Instant>("2023-01-01"), month, by);
        EventSelector selector = kind switch
        {
            0 => new() { Payer = Company(company) },
            1 => new() { Companies = [Company(company)], From = day },
            2 => new() { From = day, To = EventChange.Moved(day, 2, 0) },
            3 => new() { Types = ["shares-issued", "shares-transferred"], Companies = [Company(company)] },
            4 => new() { Types = ["investment-committed", "purchase-committed", "deal-cancelled"], To = day },
            5 => new() { Kinds = [FlowKind.Purchase], Payee = Company(company) },
            6 => new() { Firmness = SelectedFirmness.Contracted, Companies = [Company(company)] },
            _ => new() { Types = ["company-registered"], Companies = [Company(company)] },
        };
        return by switch
        {
            0 or 1 => new Edit.Drop(selector, Linked: false),
            2 or 3 => new Edit.Shift(selector, month - 20, by, Linked: false),
            4 => new Edit.Truncate(day),
            _ => (Edit)new Edit.Scale(selector, 0.25m + (by * month / 50m)),
        };
    });

    [Fact]
    public void A_thousand_random_branches_equal_a_full_replay_of_the_edited_list()
    {
        var (applied, withMisfits, empty, circles, traces, promises, burns) = (0, 0, 0, 0, 0, 0, 0);
        Gen.Select(Gen.Int[0, 7], s_edits.Array[0, 3], Gen.Int[0, 60], Gen.Int[0, 3]).Sample(
            (seed, edits, month, circular) =>
            {
                var (book, asOf) = (s_books[seed], month == 60 ? Instant.Maximum : EventChange.Moved(Id<Instant>("2022-12-31"), month, 0));
                var misfits = new List<Misfit>();
                var naive = NaiveBranch.Apply(book, edits, misfits);
                if (Branch.Apply(s_bases[seed].Base, edits) is not BranchResult.Applied branch)
                {
                    naive.ShouldBeNull();
                    return;
                }

                branch.Book.Recorded.ShouldBe(naive.ShouldNotBeNull());
                branch.Misfits.Select(misfit => misfit.Event).Order().ShouldBe(misfits.Select(misfit => misfit.Event).Order());
                var question = circular switch
                {
                    0 => FigureQuestion.Everything with { Flows = FlowOptions.Default with { ReportingCurrency = Id<Currency>("USD") } },
                    1 => FigureQuestion.Everything with { Flows = FlowOptions.Default with { ReportingCurrency = Id<Currency>("EUR"), InKind = true }, FlowsFrom = Id<Instant>("2023-12-31") },
                    2 => FigureQuestion.Everything,
                    _ => FigureQuestion.Everything with { Families = [FigureFamily.Cash, FigureFamily.Ownership, FigureFamily.Commitments, FigureFamily.Burn] },
                };
                var (before, missingBefore) = NaiveBranch.FiguresOf(book.At(Cut.Everything).Events.Where(recorded => recorded.Event is not (EventVoided or StepRefused)).OrderBy(recorded => recorded.Offset), asOf, question);
                var (after, missingAfter) = NaiveBranch.FiguresOf(naive, asOf, question);
                var comparison = BranchComparison.Of(s_bases[seed], branch, asOf, question);
                if ((missingBefore ?? missingAfter) is { } missing && branch.Changes.Count > 0)
                {
                    comparison.Missing.ShouldNotBeNull().ShouldEndWith(missing);
                }

                comparison.Differences.ShouldBe(BranchComparison.Between(before, after));
                Interlocked.Add(ref circles, comparison.Differences.Any(difference => BookFigures.FamilyOf(difference.Key.Measure) == FigureFamily.Circular) ? 1 : 0);
                Interlocked.Add(ref traces, comparison.Differences.Any(difference => BookFigures.FamilyOf(difference.Key.Measure) == FigureFamily.Traced) ? 1 : 0);
                Interlocked.Add(ref promises, comparison.Differences.Any(difference => BookFigures.FamilyOf(difference.Key.Measure) == FigureFamily.Commitments) ? 1 : 0);
                Interlocked.Add(ref burns, comparison.Differences.Any(difference => BookFigures.FamilyOf(difference.Key.Measure) == FigureFamily.Burn) ? 1 : 0);
                Interlocked.Increment(ref applied);
                Interlocked.Add(ref withMisfits, branch.Misfits.Count > 0 ? 1 : 0);
                Interlocked.Add(ref empty, branch.Changes.Count == 0 ? 1 : 0);
            },
            iter: Cases);
        applied.ShouldBeGreaterThan(Cases / 2);
        withMisfits.ShouldBeGreaterThan(Cases / 20);
        empty.ShouldBeLessThan(Cases / 2);
        circles.ShouldBeGreaterThan(Cases / 20);
        traces.ShouldBeGreaterThan(Cases / 20);
        promises.ShouldBeGreaterThan(Cases / 20);
        burns.ShouldBeGreaterThan(Cases / 20);
    }

    [Fact]
    public void An_empty_branch_differs_in_nothing_at_any_time() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 60]).Sample(
            (seed, month) =>
            {
                var branch = Branch.Apply(s_bases[seed].Base, []).ShouldBeOfType<BranchResult.Applied>();
                BranchComparison.Of(s_bases[seed], branch, EventChange.Moved(Id<Instant>("2022-12-31"), month, 0), FigureQuestion.Everything).Differences.ShouldBeEmpty();
            },
            iter: 20);

    private static Book BookOf(int seed) => new(MarketRecords.Of(companies: 12, events: 300, seed));

    private static CompanyId Company(int number) => Id<CompanyId>($"company-{number:00000}");
}
