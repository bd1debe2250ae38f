using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

internal static class DealsEndpoint
{
    public static ServiceEndpoint List { get; } = new("GET", "/v1/deals", Role.Read, "The deals with their latest terms, and what was promised under each.", request => AnswerAsync(request, null))
    {
        Parameters = [new QueryParameter<CompanyId>("company", "Only deals in which this company pays or receives.", QueryParameter.Text(), Cuts.Company.Parse), .. Cuts.Common],
        Schema = "deals",
        IsTagged = true,
        Problems = [404, 409, 410, 504],
    };

    public static ServiceEndpoint One { get; } = new("GET", "/v1/deals/{deal}", Role.Read, "One deal.", request =>
        AnswerAsync(request, DealId.TryParse(request.Path("deal"), out var deal) ? deal : throw new ProblemException(Problem.Invalid("deal", request.Path("deal"), DealId.Rule))))
    {
        PathParameters = new Dictionary<string, string> { ["deal"] = "The deal's id." },
        Parameters = Cuts.Common,
        Schema = "deals",
        IsTagged = true,
        Problems = [404, 409, 410, 504],
    };

    private static async Task AnswerAsync(ServiceRequest request, DealId? deal)
    {
        var (cut, company) = (Cuts.Of(request.Query), request.Query.Find(Cuts.Company));
        var report = await request.AskAsync(book =>
        {
            book.RequireCompany(company);
            return DealsReport.Of(book, cut.Within(book.LastOffset), company, deal);
        }).ConfigureAwait(false);
        if (deal is not null && report.Deals.Count == 0)
        {
            throw new ProblemException(Problem.Of("not-found", $"no deal '{deal}' was announced or contracted at this point"));
        }

        if (!Answer.IsKnown(request.Context, report.Cut.Offset))
        {
            await Answer.WriteAsync(request.Context, report.ToJson()).ConfigureAwait(false);
        }
    }
}
