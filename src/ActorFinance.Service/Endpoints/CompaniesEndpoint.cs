using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

internal static class CompaniesEndpoint
{
    public static ServiceEndpoint List { get; } = new("GET", "/v1/companies", Role.Read, "The companies that are known, by id.", request => AnswerAsync(request, null))
    {
        Parameters = Cuts.Common,
        Schema = "companies",
        IsTagged = true,
        Problems = [409, 410, 504],
    };

    public static ServiceEndpoint One { get; } = new("GET", "/v1/companies/{company}", Role.Read, "One company.", request =>
        AnswerAsync(request, CompanyId.TryParse(request.Path("company"), out var company) ? company : throw new ProblemException(Problem.Invalid("company", request.Path("company"), CompanyId.Rule))))
    {
        PathParameters = new Dictionary<string, string> { ["company"] = "The company's id." },
        Parameters = Cuts.Common,
        Schema = "companies",
        IsTagged = true,
        Problems = [404, 409, 410, 504],
    };

    private static async Task AnswerAsync(ServiceRequest request, CompanyId? company)
    {
        var cut = Cuts.Of(request.Query);
        var report = await request.AskAsync(book => CompaniesReport.Of(book, cut.Within(book.LastOffset))).ConfigureAwait(false);
        report.Companies.Select(one => one.Company).Require(company);
        if (!Answer.IsKnown(request.Context, report.Cut.Offset))
        {
            var shown = company is null ? report : report with { Companies = [.. report.Companies.Where(one => one.Company == company)] };
            await Answer.WriteAsync(request.Context, shown.ToJson()).ConfigureAwait(false);
        }
    }
}
