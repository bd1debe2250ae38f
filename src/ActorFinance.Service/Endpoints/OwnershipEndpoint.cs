using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

internal static class OwnershipEndpoint
{
    private static readonly QueryParameter<OwnershipBasis> Basis = QueryParameter.Choice(
        "basis",
        "outstanding: shares as converted to common; voting: votes; fully-diluted: with warrants, convertibles and pools. Default: outstanding.",
        ("outstanding", OwnershipBasis.Outstanding),
        ("voting", OwnershipBasis.Voting),
        ("fully-diluted", OwnershipBasis.FullyDiluted));

    public static ServiceEndpoint Get { get; } = new(
        "GET", "/v1/ownership", Role.Read, "Who holds how much of whom, directly and through others, who controls whom, and what it is worth at the last recorded price.", AnswerAsync)
    {
        Parameters = [Cuts.Company, Basis, .. Cuts.Common],
        Schema = "ownership",
        IsTagged = true,
        Problems = [404, 409, 410, 504],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var (cut, company) = (Cuts.Of(request.Query), request.Query.Find(Cuts.Company));
        var at = await request.AskAsync(view =>
        {
            if (company is { } one && !view.Places.IsCompany(HolderId.Of(one), AsKnown.All))
            {
                request.Journal.Directory.Companies.Require(one);
            }

            return new OwnershipQuestion(cut.Within(view.LastOffset)).Of(view.Ownership);
        }).ConfigureAwait(false);
        if (!Answer.IsKnown(request.Context, at.Cut.Offset))
        {
            // What follows from the register is worked out here, not on the projection's thread.
            var report = OwnershipReport.Of(at.Cut, at.Register, request.Query.Get(Basis, OwnershipBasis.Outstanding), at.Companies.Contains, company);
            await Answer.WriteAsync(request.Context, report.ToJson()).ConfigureAwait(false);
        }
    }
}
