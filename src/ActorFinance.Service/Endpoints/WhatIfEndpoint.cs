using ActorFinance.Scenarios.Branches;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

internal static class WhatIfEndpoint
{
    private static readonly QueryParameter<decimal> s_probability = new(
        "probability",
        "How likely it is, in place of what the file says; what is left of 1 is the base. Adds figures weighted by it.",
        QueryParameter.Text(),
        text => WhatIfFile.ShareOf(text) is { } share ? (share, null) : (0, WhatIfFile.ProbabilityRule));

    public static ServiceEndpoint Post { get; } = new(
        "POST", "/v1/what-if", Role.Read, "Edit the events of the book, never the book, and see which figures change. The body is a what-if file; the answer is a job.", BeginAsync)
    {
        Parameters = [.. BranchQuestion.Parameters, s_probability, Cuts.AsKnown],
        Body = FileBody.Types,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [413, 415],
    };

    /// <exception cref="ProblemException">Names every fault of the file.</exception>
    public static WhatIf Read(ReadOnlyMemory<byte> content) => WhatIfFile.Parse(FileBody.Name, content.Span) switch
    {
        WhatIfResult.Accepted accepted => accepted.WhatIf,
        WhatIfResult.Rejected rejected => throw FileBody.Refused(rejected.Problems),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
    };

    private static async Task BeginAsync(ServiceRequest request)
    {
        var whatIf = Read(await FileBody.ReadAsync(request).ConfigureAwait(false));
        var (journal, question, asKnown) = (request.Journal, BranchQuestion.Of(request.Query), request.Query.Get(Cuts.AsKnown, Model.AsKnown.All));
        var probability = request.Query.Find(s_probability) ?? whatIf.Probability;
        var job = journal.Jobs.Add("what-if", request.Caller, async (job, cancellation) =>
        {
            var book = await journal.JobBook.ReadAsync(job, cancellation).ConfigureAwait(false);
            return await JobBoard.ComputeAsync(() => question.Answer(book, asKnown, [(whatIf.Name, whatIf)], job, cancellation, probability), cancellation).ConfigureAwait(false);
        });
        await JobsEndpoint.AcceptedAsync(request, job).ConfigureAwait(false);
    }
}
