using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

internal static class CashEndpoint
{
    public static ServiceEndpoint Get { get; } = new("GET", "/v1/cash", Role.Read, "Cash of each company: balance, lowest point, first shortfall, and what is still owed.", AnswerAsync)
    {
        Parameters = [Cuts.Company, .. Cuts.Common],
        Schema = "cash",
        IsTagged = true,
        Problems = [404, 409, 410, 504],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var (cut, company) = (Cuts.Of(request.Query), request.Query.Find(Cuts.Company));
        var report = await request.AskAsync(view =>
        {
            var book = view.Cash;
            cut.Within(book.LastOffset);
            if (company is { } one && !book.Cash.IsRegistered(one))
            {
                book.Cash.Registered.Require(one);
            }

            return CashReport.Of(book, cut, company);
        }).ConfigureAwait(false);
        if (!Answer.IsKnown(request.Context, report.Cash.Cut.Offset))
        {
            await Answer.WriteAsync(request.Context, report.ToJson()).ConfigureAwait(false);
        }
    }
}
