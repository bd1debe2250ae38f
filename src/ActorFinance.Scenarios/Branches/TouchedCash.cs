using ActorFinance.Analysis.Cash;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The cash figures, on both sides, of the companies whose accounts a branch's changes touch.</summary>
internal static class TouchedCash
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var moving = new MovingChanges(based, branch);
        Func<HolderId, bool> wasCompany = based.IsCompany, isCompany = moving.IsCompany;
        var (touched, registered) = (new AccountChanges(), new HashSet<CompanyId>());
        foreach (var (was, now) in moving.All)
        {
            if ((was ?? now)!.Event is CompanyRegistered)
            {
                registered.Add((was ?? now)!.Header.Emitter);
                touched.Touch((was ?? now)!.Header.Emitter);
            }

            if (was is not null)
            {
                touched.Remove(was, wasCompany);
            }

            if (now is not null)
            {
                touched.Add(now, isCompany);
            }
        }

        foreach (var company in touched.Companies)
        {
            var registrations = registered.Contains(company) ? branch.Events.EmittedBy(company).Where(recorded => recorded.Event is CompanyRegistered) : null;
            BaseFigures.Add(before, BookFigures.OfCash(based.Cash.At(company, asOf)));
            BaseFigures.Add(after, BookFigures.OfCash(based.Cash.With(company, asOf, touched, registrations)));
        }
    }
}
