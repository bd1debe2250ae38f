using System.Diagnostics.Metrics;

namespace ActorFinance.Service;

/// <summary>What is counted. Names follow OpenTelemetry's rules; docs/service.md lists them.</summary>
internal static class ServiceMetrics
{
    public const string MeterName = "ActorFinance";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>("actorfinance.commands", description: "Commands that were answered, by outcome and refusal code.");
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("actorfinance.events.appended", description: "Events that commands were written as.");
    private static readonly Counter<long> Delivered = Meter.CreateCounter<long>("actorfinance.stream.events", description: "Events sent to subscribers.");

    public static void Accepted(int accepted, int repeated, int events)
    {
        Add(Commands, accepted, "accepted");
        Add(Commands, repeated, "repeated");
        Events.Add(events);
    }

    public static void Refused(string code) =>
        Commands.Add(1, new KeyValuePair<string, object?>("outcome", "refused"), new KeyValuePair<string, object?>("code", code));

    public static void Failed() => Commands.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));

    public static void Streamed(int events) => Delivered.Add(events);

    private static void Add(Counter<long> counter, int count, string outcome)
    {
        if (count > 0)
        {
            counter.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
