using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The cash figures, on both sides, of the companies whose accounts a branch's changes touch.</summary>
internal static class TouchedCash
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        // Who is a company decides whether a dividend reaches it or the outside: where an edit makes or unmakes one, these move too.
        var mentions = Mentions(branch);
        bool IsCompany(HolderId holder) => holder.AsCompany() is { } company && based.Mentions(company) + mentions.GetValueOrDefault(company) > 0;
        var changes = branch.Changes.Select(change => (change.Before, change.After));
        if (mentions.Keys.Any(company => IsCompany(HolderId.Of(company)) != based.IsCompany(HolderId.Of(company))))
        {
            changes = changes.Concat(branch.Unchanged(typeof(DividendDeclared), typeof(SharesRepurchased)).Select(recorded => ((RecordedEvent?)recorded, (RecordedEvent?)recorded)));
        }

        var (touched, registered) = (new AccountChanges(), new HashSet<CompanyId>());
        foreach (var (was, now) in changes)
        {
            if ((was ?? now)!.Event is CompanyRegistered)
            {
                registered.Add((was ?? now)!.Header.Emitter);
                touched.Touch((was ?? now)!.Header.Emitter);
            }

            foreach (var change in was is null ? [] : CashChange.Of(was.Envelope, based.IsCompany))
            {
                touched.Remove(was!, change);
            }

            foreach (var change in now is null ? [] : CashChange.Of(now.Envelope, IsCompany))
            {
                touched.Add(now!, change);
            }
        }

        foreach (var company in touched.Companies)
        {
            var registrations = registered.Contains(company) ? branch.Events.EmittedBy(company).Where(recorded => recorded.Event is CompanyRegistered) : null;
            BaseFigures.Add(before, BookFigures.OfCash(based.Cash.At(company, asOf)));
            BaseFigures.Add(after, BookFigures.OfCash(based.Cash.With(company, asOf, touched, registrations)));
        }
    }

    /// <summary>How many more events of the branch come from a company or name it as one.</summary>
    private static Dictionary<CompanyId, int> Mentions(BranchResult.Applied branch)
    {
        var mentions = new Dictionary<CompanyId, int>();
        void Mention(RecordedEvent? recorded, int sign)
        {
            foreach (var company in recorded is null ? [] : BaseFigures.Mentioned(recorded))
            {
                mentions[company] = mentions.GetValueOrDefault(company) + sign;
            }
        }

        // Nearly all edits leave the parties as they are.
        foreach (var change in branch.Changes.Where(change => change is not { Before: { } was, After: { } now } || !Parties.Of(was.Event).SequenceEqual(Parties.Of(now.Event))))
        {
            Mention(change.Before, -1);
            Mention(change.After, 1);
        }

        return mentions;
    }
}
