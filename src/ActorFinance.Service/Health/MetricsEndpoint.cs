using System.Diagnostics.Metrics;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;
using ActorFinance.Service.Security;
using OpenTelemetry.Metrics;

namespace ActorFinance.Service;

/// <summary>The metrics page in Prometheus' form.</summary>
internal static class MetricsEndpoint
{
    public static ServiceEndpoint Get { get; } = new("GET", "/metrics", Role.Read, "Metrics in Prometheus' form: commands, events, streams, requests and their durations.", request =>
        request.Context.RequestServices.GetRequiredService<MetricsPage>().Write(request.Context))
    {
        Answers = "text/plain",
    };

    /// <summary>Collects what the service and the web server count.</summary>
    public static void AddMetrics(this IServiceCollection services) => services
        .AddSingleton<MetricsPage>()
        .AddOpenTelemetry()
        .WithMetrics(metrics => metrics
            .AddMeter(ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());

    /// <summary>Adds what is asked for when someone looks.</summary>
    public static void Observe(this MetricsPage page, Gate gate, RunningJournal journal)
    {
        page.Meter.CreateObservableGauge("actorfinance.streams", () => gate.Streams, description: "Streams that are open.");
        page.Meter.CreateObservableGauge("actorfinance.requests", () => gate.Requests, description: "Requests under way, streams apart.");
        page.Meter.CreateObservableGauge("actorfinance.jobs", () => journal.Jobs.Open, description: "Jobs that wait or run.");
        page.Meter.CreateObservableGauge("actorfinance.stream.head", () => journal.Tail.Head.Value, description: "The offset up to which the streams' live reading has come.");
    }
}

/// <summary>Writes the page; made when the application is built, because the exporter is a middleware.</summary>
internal sealed class MetricsPage : IDisposable
{
    public Meter Meter { get; } = new(ServiceMetrics.MeterName);

    public RequestDelegate Write { get; private set; } = _ => throw new InvalidOperationException("the application is not built");

    public void Build(IApplicationBuilder application)
    {
        var branch = application.New();
        branch.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        Write = branch.Build();
    }

    public void Dispose() => Meter.Dispose();
}
