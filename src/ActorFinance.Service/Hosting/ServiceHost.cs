using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Grpc;
using ActorFinance.Service.Security;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Scalar.AspNetCore;

namespace ActorFinance.Service.Hosting;

/// <summary>The service: a journal that it holds, and the addresses that it answers on.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    /// <summary>The document for people.</summary>
    public const string ReferencePage = "/docs";

    private readonly WebApplication _application;
    private readonly RunningJournal _journal;
    private readonly ILogger _log;
    private readonly bool _grpcHasItsOwn;
    private int _stopped;

    private ServiceHost(WebApplication application, RunningJournal journal, ILogger log, bool grpcHasItsOwn) =>
        (_application, _journal, _log, _grpcHasItsOwn) = (application, journal, log, grpcHasItsOwn);

    /// <summary>Where it answers, with the port that it was given.</summary>
    public Uri Url => new(Addresses.First());

    /// <summary>Where gRPC is spoken, with the port that it was given; null where it is not.</summary>
    public Uri? GrpcUrl => _grpcHasItsOwn ? new(Addresses.Last()) : Url.Scheme == Uri.UriSchemeHttps ? Url : null;

    private ICollection<string> Addresses => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    /// <summary>Opens the journal, then listens; whatever is wrong shows before the first request.</summary>
    /// <param name="options">Checked by <see cref="ServiceSettings"/>.</param>
    /// <param name="configuration">Levels of the log, and Kestrel's own certificates.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="ServiceStartException">Says what is wrong and what to do.</exception>
    public static async Task<ServiceHost> StartAsync(ServiceOptions options, IConfiguration configuration, CancellationToken cancellation = default)
    {
        var urls = ServiceAddresses.Check(options);
        var grpcUrl = ServiceAddresses.CheckGrpc(options);
        var pages = Pages.Read(options);
        var callers = new Callers(options.Keys is { } file ? ApiKeys.Read(file, options.Clock) : null, JwtCallers.Read(options));
        var journal = await RunningJournal.OpenAsync(options, cancellation).ConfigureAwait(false);
        WebApplication? application = null;
        try
        {
            application = Build(options, configuration, urls, grpcUrl, pages, callers.IsOpen, services => GateOf(services, journal, options, callers));
            var log = LogOf(application.Services);
            var gate = application.Services.GetRequiredService<Gate>();
            Map(application, gate, pages);
            var metrics = application.Services.GetRequiredService<MetricsPage>();
            metrics.Build(application);
            metrics.Observe(gate, journal);
            journal.Jobs.Broke = log.JobBroke;
            var host = new ServiceHost(application, journal, log, grpcUrl is not null);
            application.Lifetime.ApplicationStopping.Register(() => log.Stopping(gate.Requests, gate.Streams));
            await application.StartAsync(cancellation).ConfigureAwait(false);
            log.Started(string.Join(", ", host.Url), journal.Session.Name, await journal.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
            return host;
        }
        catch (Exception failure)
        {
            if (application is not null)
            {
                await application.DisposeAsync().ConfigureAwait(false);
            }

            await journal.DisposeAsync().ConfigureAwait(false);
            throw failure is IOException ? new ServiceStartException(StartFault.Machine, $"cannot listen on {options.Url}: {failure.Message}") : failure;
        }
    }

    /// <summary>Until it is told to stop, by a signal or by the caller, or cannot go on.</summary>
    /// <returns>Null when it was told; else why it must be started again: the journal that it held is lost.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = _application.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await using var _ = told.ConfigureAwait(false);
        var cancelled = cancellation.Register(_application.Lifetime.StopApplication);
        await using var __ = cancelled.ConfigureAwait(false);
        var lost = _journal.Session.Lost;
        if (await Task.WhenAny(stopping.Task, lost).ConfigureAwait(false) != lost)
        {
            return null;
        }

        var why = (await lost.ConfigureAwait(false)).Message;
        _log.Lost(why);
        return why;
    }

    /// <summary>Takes nothing new, ends the streams, finishes what it took, closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);

        // A server that is gone no longer says how far the journal goes.
        var offset = _journal.Session.Lost.IsCompleted ? (long?)null : await _journal.Reader.LastOffsetAsync(CancellationToken.None).ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
        if (offset is { } last)
        {
            _log.Stopped(last);
        }

        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(ServiceOptions options, IConfiguration configuration, IReadOnlyList<BindingAddress> urls, BindingAddress? grpcUrl, Pages pages, bool isOpen, Func<IServiceProvider, Gate> gate)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.Configuration.AddInMemoryCollection(Telemetry.Environment());
        Telemetry.Check(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Logging.Configure(log => log.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);

        // That an address is taken is said by whoever started it, in a line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConsole(console =>
        {
            // Answers go to standard output, everything about the work to standard error.
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = Console.IsErrorRedirected ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        });
        builder.Services.Configure<SimpleConsoleFormatterOptions>(simple =>
        {
            simple.SingleLine = true;
            simple.TimestampFormat = "HH:mm:ss ";
        });
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            // What the lines of one request have in common: its trace.
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopWithin);
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        builder.Services.AddTelemetry(builder.Configuration);
        pages.AddTo(builder.Services);

        // Without keys whoever reaches the address may do everything: a page in a browser on this machine must not, by a name that points here.
        builder.Services.Configure<HostFilteringOptions>(hosts =>
        {
            hosts.AllowedHosts = isOpen ? ["localhost", "127.0.0.1", "[::1]"] : ["*"];
            hosts.IncludeFailureMessage = false;
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(gate);

        // Else gRPC takes every address of two parts, to say that it does not know it.
        builder.Services.AddGrpc(grpc => grpc.IgnoreUnknownServices = true);
        builder.WebHost.ConfigureKestrel(server =>
        {
            foreach (var url in urls)
            {
                ServiceAddresses.Listen(server, url, url.Scheme == Uri.UriSchemeHttps ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1);
            }

            // Without TLS nothing tells HTTP/2 from HTTP/1 before the first byte: it needs a port of its own (decision 0125).
            if (grpcUrl is not null)
            {
                ServiceAddresses.Listen(server, grpcUrl, HttpProtocols.Http2);
            }

            server.AddServerHeader = false;

            // A stream may be taken slowly; the gate sets the limit for everything else.
            server.Limits.MinResponseDataRate = null;
            server.Limits.MaxRequestBodySize = options.BodyMaxBytes;
            server.Limits.RequestHeadersTimeout = options.HeadWithin;
            server.Limits.MinRequestBodyDataRate = new(options.BodyRateMin, options.BodyGrace);
            server.Limits.MaxConcurrentConnections = options.RequestsMax + options.StreamsMax + 1_000;
        });
        return builder.Build();
    }

    private static ILogger LogOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("ActorFinance.Service");

    private static Gate GateOf(IServiceProvider services, RunningJournal journal, ServiceOptions options, Callers callers) =>
        new(journal, options, callers, LogOf(services), services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    private static void Map(WebApplication application, Gate gate, Pages pages)
    {
        application.UseHostFiltering();
        application.Use(ResponseHeaders.Set);
        application.Use(Unmatched);
        application.UseRouting();
        pages.Use(application);
        foreach (var endpoint in ServiceEndpoints.All)
        {
            application.MapMethods(endpoint.Path, [endpoint.Method], context => gate.PassAsync(context, endpoint)).WithMetadata(endpoint);
        }

        application.MapGrpcService<EventStreamService>();
        application.MapGrpcService<SubscriptionsService>();

        // The page brings its own script: it works without the internet.
        application.MapScalarApiReference(ReferencePage, page => page.WithTitle("ActorFinance").WithOpenApiRoutePattern("/openapi.json").DisableDefaultFonts());
    }

    /// <summary>What no endpoint takes is a problem document too.</summary>
    private static async Task Unmatched(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        if (context.Response.HasStarted || context.Response.ContentType is not null)
        {
            return;
        }

        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.Of("not-found", $"there is no address {context.Request.Path}"),
            StatusCodes.Status405MethodNotAllowed => Problem.Of("method-not-allowed", $"{context.Request.Path} does not take {context.Request.Method}"),
            _ => null,
        };
        if (problem is not null)
        {
            await problem.WriteAsync(context).ConfigureAwait(false);
        }
    }
}
