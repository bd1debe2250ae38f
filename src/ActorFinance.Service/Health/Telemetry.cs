using ActorFinance.Actors.Companies;
using ActorFinance.Service.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ActorFinance.Service;

/// <summary>
/// Traces and metrics by OTLP, to where OpenTelemetry's own settings say: OTEL_EXPORTER_OTLP_ENDPOINT and its like, of the environment or of appsettings.json. Where they say nothing,
/// no span is made and nothing is sent.
/// </summary>
internal static class Telemetry
{
    private const string Prefix = "OTEL_";

    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];
    private static readonly string[] Protocols = ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"];

    /// <summary>The environment goes over the files, as with the service's own settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Environment() => System.Environment.GetEnvironmentVariables()
        .Cast<System.Collections.DictionaryEntry>()
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
        .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>What the library would pass over in silence.</summary>
    /// <exception cref="ServiceStartException">An address or protocol is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var key in Endpoints)
        {
            if (configuration[key] is { Length: > 0 } text && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            {
                throw new ServiceStartException(StartFault.Settings, $"{key} '{text}' must be the address of an OTLP collector, such as http://127.0.0.1:4317");
            }
        }

        foreach (var key in Protocols)
        {
            if (configuration[key] is { Length: > 0 } text && text is not ("grpc" or "http/protobuf"))
            {
                throw new ServiceStartException(StartFault.Settings, $"{key} '{text}' must be grpc or http/protobuf");
            }
        }
    }

    /// <summary>A request's span, those of its commands under it, and what the metrics page shows.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (IsOff(configuration["OTEL_SDK_DISABLED"], "true"))
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("actorfinance", serviceVersion: typeof(Telemetry).Assembly.GetName().Version!.ToString(3)));
        if (IsSent(configuration, "TRACES"))
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource(CompanyTracing.SourceName)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !IsWatching(context.Request.Path))
                .AddOtlpExporter());
        }

        if (IsSent(configuration, "METRICS"))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        }
    }

    private static bool IsSent(IConfiguration configuration, string signal) =>
        !IsOff(configuration[$"OTEL_{signal}_EXPORTER"], "none")
        && (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 });

    private static bool IsOff(string? value, string off) => string.Equals(value, off, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whoever watches the service would else fill the traces with watching.</summary>
    private static bool IsWatching(PathString path) => path.StartsWithSegments("/health") || path == "/metrics";
}
