namespace ActorFinance.Scenarios.Branches;

/// <summary>The cash figures, on both sides, of the companies whose accounts a branch's changes touch.</summary>
internal static class TouchedCash
{
    public static void Add(BaseFigures based, BranchResult.Applied branch, Instant asOf, Dictionary<FigureKey, FigureValue> before, Dictionary<FigureKey, FigureValue> after)
    {
        var moving = new MovingChanges(based, branch);
        var (touched, registered) = (moving.Accounts(), new HashSet<CompanyId>());
        foreach (var recorded in branch.Changes.Select(change => (change.Before ?? change.After)!).Where(recorded => recorded.Event is CompanyRegistered))
        {
            registered.Add(recorded.Header.Emitter);
            touched.Touch(recorded.Header.Emitter);
        }

        BaseFigures.AddEach(
            touched.Companies,
            company =>
            {
                var registrations = registered.Contains(company) ? branch.Events.EmittedBy(company).Where(recorded => recorded.Event is CompanyRegistered) : null;
                return (BookFigures.OfCash(based.Cash.At(company, asOf)), BookFigures.OfCash(based.Cash.With(company, asOf, touched, registrations)));
            },
            before,
            after);
    }
}
