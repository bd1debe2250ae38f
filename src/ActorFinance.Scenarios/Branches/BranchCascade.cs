using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Who else cannot pay when a company defaults: over all that is owed then and not paid yet, whenever it is due.</summary>
/// <param name="Edit">The place of the default in the list of edits, from 0.</param>
/// <param name="Default">That edit.</param>
/// <param name="Answer">Null when there is none.</param>
/// <param name="Without">Who could not pay in full without the default either: all being due at once, some never could.</param>
/// <param name="WriteOffs">What lenders to the company have lost for good, after what they recover.</param>
/// <param name="Missing">Why there is none.</param>
public sealed record BranchCascade(int Edit, Edit.Default Default, CascadeAnswer? Answer, ValueList<CompanyId> Without, ValueList<WriteOff> WriteOffs, string? Missing)
{
    /// <summary>One for each company that defaults, on the branch as the edits before leave it. As much work as the whole journal each.</summary>
    public static IReadOnlyList<BranchCascade> Of(BranchBase based, IReadOnlyList<Edit> edits, FlowOptions flows, Action<string, double>? progress = null)
    {
        var cascades = new List<BranchCascade>();
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i] is Edit.Default failure && Branch.Apply(based, [.. edits.Take(i)], progress) is BranchResult.Applied before)
            {
                // What it would have paid at that very moment it no longer pays.
                var last = new Instant(Math.Max(0, failure.At.UtcTicks - 1));
                var outcome = Obligations.Of(before.Book.At(new(last, AsKnown.All)), FlowWindow.Everything, Firmness.Contracted, flows.ReportingCurrency);
                cascades.Add(outcome.Value is { } owed
                    ? new(i, failure, DefaultCascade.Of(owed, recovery: null, [failure.Company], failure.Recovery, Ranked(before.Book, owed, failure)), FailingIn(DefaultCascade.Of(owed, recovery: null, [])), WriteOffsOf(based, edits, i, failure, progress), Missing: null)
                    : new(i, failure, Answer: null, [], WriteOffsOf(based, edits, i, failure, progress), outcome.Error!.Message));
            }
        }

        return cascades;
    }

    private static ValueList<WriteOff> WriteOffsOf(BranchBase based, IReadOnlyList<Edit> edits, int place, Edit.Default failure, Action<string, double>? progress) =>
        Branch.Apply(based, [.. edits.Take(place + 1)], progress) is BranchResult.Applied after ? WriteOff.Of(after.Book.At(Cut.Everything), failure.Company).ToValueList() : [];

    /// <summary>What each obligation is paid where some are senior or junior; null where none is, or nothing is paid.</summary>
    private static Dictionary<EventId, decimal>? Ranked(Book book, Obligations owed, Edit.Default failure)
    {
        var own = owed.All.Where(obligation => obligation.Debtor == failure.Company).GroupBy(obligation => obligation.Event).ToList();
        if (failure is { Recovery: 0 } or { Senior.Count: 0, Junior.Count: 0 } || own.Count == 0)
        {
            return null;
        }

        var claims = own.Select(obligation =>
        {
            var recorded = book.Find(obligation.Key)!;
            var kind = recorded.Event switch { LoanDrawn => FlowKind.Loan, PurchaseCommitted => FlowKind.Purchase, _ => FlowKind.Investment };
            return new Claim(kind, obligation.First().Creditor, recorded.Header.Deal, Money.Of(obligation.Sum(part => part.Amount), owed.Currency!.Value));
        }).ToList();
        return own.Zip(Claim.Paid(failure, claims)).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }

    private static ValueList<CompanyId> FailingIn(CascadeAnswer answer) => answer.Rounds.SelectMany(round => round.Failed).Order().ToValueList();
}
