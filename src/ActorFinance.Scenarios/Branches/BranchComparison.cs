using ActorFinance.Analysis.Cash;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Base and branch side by side, at one effective time.</summary>
/// <param name="FirstDivergence">The first event in fold order that differs; null when none does.</param>
/// <param name="Differences">By measure; within one, the greatest change first.</param>
/// <param name="Missing">Why a side has no circular measures.</param>
public sealed record BranchComparison(BranchChange? FirstDivergence, IReadOnlyList<FigureDifference> Differences, string? Missing)
{
    private static readonly Dictionary<string, int> s_places = BookFigures.Measures.Index().ToDictionary(measure => measure.Item, measure => measure.Index);

    /// <summary>
    /// Figures that are the same on both sides are left out: an empty branch has no differences. Cash and ownership are worked out anew of the companies
    /// alone that the branch's changes touch.
    /// </summary>
    public static BranchComparison Of(BaseFigures based, BranchResult.Applied branch, Instant asOf, FigureQuestion question)
    {
        if (branch.Changes.Count == 0)
        {
            return new(null, [], null);
        }

        var (before, after) = (new Dictionary<FigureKey, FigureValue>(), new Dictionary<FigureKey, FigureValue>());
        var missing = (string?)null;
        if (question.Families.Contains(FigureFamily.Cash))
        {
            AddCash(based, branch, asOf, before, after);
        }

        if (question.Families.Contains(FigureFamily.Ownership))
        {
            foreach (var issuer in Versions(branch).Where(recorded => Analysis.Ownership.ShareEvents.Concern(recorded.Event)).Select(recorded => recorded.Header.Emitter).Distinct())
            {
                BaseFigures.Add(before, based.OwnershipOf(issuer, asOf));
                BaseFigures.Add(after, BaseFigures.OwnershipOf(issuer, branch.Events.EmittedBy(issuer), asOf));
            }
        }

        if (question.Families.Contains(FigureFamily.Commitments) || question.Families.Contains(FigureFamily.Circular))
        {
            var (was, now) = (based.WholeAt(asOf, question), BaseFigures.WholeOf(branch.Book, asOf, question));
            BaseFigures.Add(before, was.Values);
            BaseFigures.Add(after, now.Values);
            missing = was.Missing is { } ofBase ? $"the base: {ofBase}" : now.Missing is { } ofBranch ? $"the branch: {ofBranch}" : null;
        }

        return new(branch.Changes[0], Between(before, after), missing);
    }

    /// <summary>Those that differ, in the order in which they are shown.</summary>
    public static IReadOnlyList<FigureDifference> Between(IReadOnlyDictionary<FigureKey, FigureValue> before, IReadOnlyDictionary<FigureKey, FigureValue> after) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(key => new FigureDifference(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .Where(difference => difference.Base != difference.Branch)
            .OrderBy(difference => s_places[difference.Key.Measure])
            .ThenByDescending(difference => Math.Abs((double?)difference.Amount ?? difference.Ratio ?? 0))
            .ThenBy(difference => difference.Key.Of, StringComparer.Ordinal)
            .ThenBy(difference => difference.Key.Unit, StringComparer.Ordinal),
    ];

    private static IEnumerable<RecordedEvent> Versions(BranchResult.Applied branch) =>
        branch.Changes.SelectMany(change => new[] { change.Before, change.After }).OfType<RecordedEvent>();

    private static void AddCash(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var mentions = new Dictionary<CompanyId, int>();
        void Mention(RecordedEvent? recorded, int sign)
        {
            foreach (var company in recorded is null ? [] : BaseFigures.Mentioned(recorded))
            {
                mentions[company] = mentions.GetValueOrDefault(company) + sign;
            }
        }

        foreach (var change in branch.Changes)
        {
            Mention(change.Before, -1);
            Mention(change.After, 1);
        }

        // Who is a company decides whether a dividend reaches it or the outside: where an edit makes or unmakes one, these move too.
        bool IsCompany(HolderId holder) => holder.AsCompany() is { } company && based.Mentions(company) + mentions.GetValueOrDefault(company) > 0;
        var turned = mentions.Keys.Where(company => IsCompany(HolderId.Of(company)) != based.IsCompany(HolderId.Of(company))).ToHashSet();
        var changes = branch.Changes.Select(change => (change.Before, change.After));
        if (turned.Count > 0)
        {
            changes = changes.Concat(branch.Unchanged(typeof(DividendDeclared), typeof(SharesRepurchased)).Select(recorded => ((RecordedEvent?)recorded, (RecordedEvent?)recorded)));
        }

        var registered = Versions(branch).Where(recorded => recorded.Event is CompanyRegistered).Select(recorded => recorded.Header.Emitter).ToHashSet();
        var touched = new SortedDictionary<CompanyId, (List<AccountChange> Gone, List<AccountChange> Came)>();
        foreach (var (was, now) in changes)
        {
            Touch(was, based.IsCompany, lists => lists.Gone);
            Touch(now, IsCompany, lists => lists.Came);
        }

        foreach (var (company, (gone, came)) in touched)
        {
            var registrations = registered.Contains(company) ? branch.Events.EmittedBy(company).Where(recorded => recorded.Event is CompanyRegistered) : null;
            BaseFigures.Add(before, based.CashOf(company, asOf));
            BaseFigures.Add(after, BookFigures.OfCash(based.Cash.With(company, asOf, gone, came, registrations)));
        }

        void Touch(RecordedEvent? recorded, Func<HolderId, bool> isCompany, Func<(List<AccountChange> Gone, List<AccountChange> Came), List<AccountChange>> side)
        {
            if (recorded is null)
            {
                return;
            }

            if (recorded.Event is CompanyRegistered)
            {
                touched.TryAdd(recorded.Header.Emitter, ([], []));
            }

            foreach (var change in CashChange.Of(recorded.Envelope, isCompany))
            {
                touched.TryAdd(change.Company, ([], []));
                side(touched[change.Company]).Add(new(recorded, change));
            }
        }
    }
}
