using ActorFinance.Analysis.Cash;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The cash figures, on both sides, of the companies whose accounts a branch's changes touch.</summary>
internal static class TouchedCash
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var moving = new MovingChanges(based, branch);
        var (touched, registered) = (new AccountChanges(), new HashSet<CompanyId>());
        foreach (var (was, now) in moving.All)
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

            foreach (var change in now is null ? [] : CashChange.Of(now.Envelope, moving.IsCompany))
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
}
