using System.Data.Common;
using System.Threading.RateLimiting;
using ActorFinance.Journal;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace ActorFinance.Service.Security;

/// <summary>
/// What every request passes: who sends it, whether the role reaches, how much the caller and the service may have under way. Whatever goes wrong
/// behind it becomes a problem document; what an exception says stays in the log.
/// </summary>
internal sealed class Gate(RunningJournal journal, ServiceOptions options, Callers callers, ILogger log, CancellationToken stopping) : IAsyncDisposable
{
    /// <summary>As the server has it unless it is told otherwise: an answer that is taken more slowly is given up.</summary>
    private static readonly MinDataRate AnswersTaken = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    private readonly PartitionedRateLimiter<Caller> _rates = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetTokenBucketLimiter(
        caller.Name,
        _ => new()
        {
            TokenLimit = options.RateMax,
            TokensPerPeriod = Math.Max(1, options.RateMax / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        }));

    private readonly OpenStreams _open = new(callers, options.Clock);
    private int _requests;
    private int _streams;

    public int Requests => Volatile.Read(ref _requests);

    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Else a stream that ends by itself ends because its caller may no longer follow.</summary>
    public bool IsStopping => stopping.IsCancellationRequested;

    public async Task PassAsync(HttpContext context, ServiceEndpoint endpoint)
    {
        try
        {
            if (!endpoint.IsStream)
            {
                // The server's own limit is off, because it cannot be lifted for one stream over HTTP/2.
                context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = AnswersTaken;
            }

            await EnterAsync(context, endpoint.Role, endpoint.IsStream, endpoint.Handle, endpoint.Parameters).ConfigureAwait(false);
        }
        catch (ProblemException) when (context.Response.HasStarted)
        {
            // A stream that was not taken: the client goes on behind what it has.
            context.Abort();
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
            var problem = Broke(cause, context);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await problem.WriteAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>Lets a request or a call in, if the caller may and there is room.</summary>
    /// <param name="context">Its token ends with the service too, for a stream.</param>
    /// <param name="role">The least that the caller must have.</param>
    /// <param name="isStream">Streams are counted apart.</param>
    /// <param name="handle">What it is let in to.</param>
    /// <param name="parameters">What may stand in the address.</param>
    /// <exception cref="ProblemException">It is not let in, or what it asked for has no answer.</exception>
    public async Task EnterAsync(HttpContext context, Role role, bool isStream, Func<ServiceRequest, Task> handle, IReadOnlyList<QueryParameter>? parameters = null)
    {
        var authorization = context.Request.Headers.Authorization is [{ } text] ? text : null;
        var caller = await callers.OfAsync(authorization).ConfigureAwait(false);
        context.Items[typeof(Caller)] = caller;
        if (caller.Role < role)
        {
            throw new ProblemException(caller == Caller.Unknown
                ? Problem.Of("unauthorised", "this address needs an API key or a token that is valid: 'Authorization: Bearer ...'")
                : Problem.Of("forbidden", $"{caller.Name} has the role {caller.Role.ToString().ToLowerInvariant()}; this address needs {role.ToString().ToLowerInvariant()}"));
        }

        using var lease = _rates.AttemptAcquire(caller);
        if (!lease.IsAcquired)
        {
            throw new ProblemException(Problem.Of("too-many-requests", $"{caller.Name} sent more than {options.RateMax} requests within a second"));
        }

        var max = isStream ? options.StreamsMax : options.RequestsMax;
        if (Interlocked.Increment(ref UnderWay(isStream)) > max && role > Role.Anyone)
        {
            Interlocked.Decrement(ref UnderWay(isStream));
            throw new ProblemException(Problem.Of("busy", $"{max} {(isStream ? "streams are open" : "requests are under way")}, as many as are allowed"));
        }

        try
        {
            using var stopped = isStream ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping) : null;
            using var watched = stopped is null ? null : _open.Watch(authorization, role, stopped);
            if (stopped is not null)
            {
                context.RequestAborted = stopped.Token;
            }

            await handle(new(context, journal, options, caller, Query.Read(context.Request, parameters ?? []), this, log)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref UnderWay(isStream));
        }
    }

    /// <summary>What an exception says stays in the log; the caller is told whose fault it was.</summary>
    public Problem Broke(Exception cause, HttpContext context)
    {
        log.Broke(cause, context.Request.Method, context.Request.Path, ((context.Items[typeof(Caller)] as Caller) ?? Caller.Unknown).Name, Problem.TraceOf(context));
        return cause is JournalReadException or JournalWriteException or DbException
            ? Problem.Of("journal-unavailable", "the journal, or what is kept beside it, cannot be read or written now; the log has the cause")
            : Problem.Of("internal", "the service broke while it worked on this; the log has the cause");
    }

    public async ValueTask DisposeAsync()
    {
        await _rates.DisposeAsync().ConfigureAwait(false);
        await _open.DisposeAsync().ConfigureAwait(false);
    }

    private ref int UnderWay(bool isStream) => ref isStream ? ref _streams : ref _requests;
}
