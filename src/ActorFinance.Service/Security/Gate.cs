using System.Threading.RateLimiting;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Security;

/// <summary>
/// What every request passes: who sends it, whether the role reaches, how much the caller and the service may have under way. Whatever goes wrong
/// behind it becomes a problem document; what an exception says stays in the log.
/// </summary>
internal sealed class Gate(RunningJournal journal, ServiceOptions options, ApiKeys? keys, ILogger log, CancellationToken stopping) : IAsyncDisposable
{
    private const string Scheme = "Bearer ";

    private readonly PartitionedRateLimiter<Caller> _rates = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetTokenBucketLimiter(
        caller.Name,
        _ => new()
        {
            TokenLimit = options.RateMax,
            TokensPerPeriod = Math.Max(1, options.RateMax / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        }));

    private int _requests;
    private int _streams;

    public int Requests => Volatile.Read(ref _requests);

    public int Streams => Volatile.Read(ref _streams);

    public async Task PassAsync(HttpContext context, ServiceEndpoint endpoint)
    {
        var caller = Caller.Unknown;
        try
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            caller = CallerOf(context.Request);
            if (caller.Role < endpoint.Role)
            {
                throw new ProblemException(keys is not null && caller == Caller.Unknown
                    ? Problem.Of("unauthorised", "this address needs an API key: 'Authorization: Bearer afk_...'")
                    : Problem.Of("forbidden", $"{caller.Name} has the role {caller.Role.ToString().ToLowerInvariant()}; this address needs {endpoint.Role.ToString().ToLowerInvariant()}"));
            }

            using var lease = _rates.AttemptAcquire(caller);
            if (!lease.IsAcquired)
            {
                throw new ProblemException(Problem.Of("too-many-requests", $"{caller.Name} sent more than {options.RateMax} requests within a second"));
            }

            await CountedAsync(context, endpoint, caller).ConfigureAwait(false);
        }
        catch (ProblemException ended)
        {
            await ended.Problem.WriteAsync(context).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone, or the service stops; there is nobody to tell.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            var problem = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problem.Of("body-too-large", $"the body is larger than {options.BodyMaxBytes} bytes")
                : Problem.Invalid("request", value: null, "well-formed and sent without long pauses");
            await problem.WriteAsync(context).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            log.Broke(cause, context.Request.Method, context.Request.Path, caller.Name, context.TraceIdentifier);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await Problem.Of("internal", "the service broke while it worked on this; the log has the cause").WriteAsync(context).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _rates.DisposeAsync();

    private async Task CountedAsync(HttpContext context, ServiceEndpoint endpoint, Caller caller)
    {
        ref var underWay = ref endpoint.IsStream ? ref _streams : ref _requests;
        var max = endpoint.IsStream ? options.StreamsMax : options.RequestsMax;
        if (Interlocked.Increment(ref underWay) > max && endpoint.Role > Role.Anyone)
        {
            Leave(endpoint);
            throw new ProblemException(Problem.Of("busy", $"{max} {(endpoint.IsStream ? "streams are open" : "requests are under way")}, as many as are allowed"));
        }

        try
        {
            using var stopped = endpoint.IsStream ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping) : null;
            if (stopped is not null)
            {
                context.RequestAborted = stopped.Token;
            }

            await endpoint.Handle(new(context, journal, options, caller, Query.Read(context.Request, endpoint.Parameters), this, log)).ConfigureAwait(false);
        }
        finally
        {
            Leave(endpoint);
        }
    }

    private void Leave(ServiceEndpoint endpoint) => Interlocked.Decrement(ref endpoint.IsStream ? ref _streams : ref _requests);

    private Caller CallerOf(HttpRequest request)
    {
        if (keys is null)
        {
            return Caller.Local;
        }

        var header = request.Headers.Authorization;
        return header is [{ } text] && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && keys.Find(text[Scheme.Length..].Trim()) is { } caller
            ? caller
            : Caller.Unknown;
    }
}
