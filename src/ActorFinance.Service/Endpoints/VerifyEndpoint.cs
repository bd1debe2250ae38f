using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>Reads the whole journal, so one at a time; beside the writer, from the table.</summary>
internal static class VerifyEndpoint
{
    private static readonly QueryParameter<bool> Seal = QueryParameter.Flag("seal", "Also one digest over the heads of all chains; kept elsewhere, it shows a cut tail.");

    public static ServiceEndpoint Get { get; } = new(
        "GET", "/v1/verify", Role.Admin, "Hold every row to its bytes, its hash chain and its company's rules, and the whole book to its invariants.", AnswerAsync)
    {
        Parameters = [Seal],
        Schema = "verify",
        Problems = [504],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        if (!await request.Journal.Verifying.WaitAsync(TimeSpan.Zero, request.Aborted).ConfigureAwait(false))
        {
            throw new ProblemException(Problem.Of("busy", "the journal is being verified already"));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        limit.CancelAfter(request.Options.AnswerWithin);
        try
        {
            var last = await request.Journal.Reader.LastOffsetAsync(limit.Token).ConfigureAwait(false);
            var report = await VerifyReport.MakeAsync(request.Journal.Reader, last, cancellation: limit.Token).ConfigureAwait(false);
            await Answer.WriteAsync(request.Context, report.ToJson(request.Query.Get(Seal, false))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            throw new ProblemException(Problem.Of("too-slow", $"the journal was not read within {request.Options.AnswerWithin.TotalSeconds:0} s; 'actorfinance verify' reads it beside the service"));
        }
        finally
        {
            request.Journal.Verifying.Release();
        }
    }
}
