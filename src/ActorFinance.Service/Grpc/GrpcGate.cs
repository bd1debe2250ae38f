using System.Text.Json;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Security;
using Grpc.Core;

namespace ActorFinance.Service.Grpc;

/// <summary>Lets calls in by the same rules as requests. A problem is a status whose trailer <c>problem-bin</c> holds the document that a request would get.</summary>
internal static class GrpcGate
{
    private const string Trailer = "problem-bin";

    public static async Task PassAsync(this Gate gate, ServerCallContext call, Role role, bool isStream, Func<ServiceRequest, Task> handle)
    {
        var context = call.GetHttpContext();
        try
        {
            await gate.EnterAsync(context, role, isStream, handle).ConfigureAwait(false);
        }
        catch (ProblemException ended)
        {
            throw Of(ended.Problem, context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone and does not see it, or the service stops, or the key was withdrawn.
            throw Of(gate.IsStopping ? Problem.Of("busy", "the service is stopping") : Problem.Of("unauthorised", "the API key or token is no longer taken"), context);
        }
        catch (Exception cause)
        {
            throw Of(gate.Broke(cause, context), context);
        }
    }

    private static RpcException Of(Problem problem, HttpContext context) => new(
        new(StatusOf(problem), problem.Detail),
        new Metadata { { Trailer, JsonSerializer.SerializeToUtf8Bytes(problem.ToJson(context)) } });

    private static StatusCode StatusOf(Problem problem) => problem.Status switch
    {
        StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound => StatusCode.NotFound,
        StatusCodes.Status408RequestTimeout => StatusCode.Aborted,
        StatusCodes.Status409Conflict => StatusCode.FailedPrecondition,
        StatusCodes.Status410Gone => StatusCode.OutOfRange,
        StatusCodes.Status422UnprocessableEntity => StatusCode.FailedPrecondition,
        StatusCodes.Status429TooManyRequests => StatusCode.ResourceExhausted,
        StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
        StatusCodes.Status504GatewayTimeout => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };
}
