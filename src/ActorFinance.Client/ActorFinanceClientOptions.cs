using System.Security.Cryptography.X509Certificates;

namespace ActorFinance.Client;

/// <summary>Where the service is, and how patient its client is.</summary>
public sealed class ActorFinanceClientOptions
{
    /// <summary>The service's address.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1:5230");

    /// <summary>Where the service speaks gRPC; subscriptions then come over it. Null: over server-sent events at <see cref="Url"/>.</summary>
    public Uri? GrpcUrl { get; set; }

    /// <summary>The API key; null where the service has none.</summary>
    public string? Key { get; set; }

    /// <summary>What the certificate of an <c>https</c> address must come from, in place of what this machine trusts; null: what it trusts.</summary>
    public X509Certificate2Collection? Roots { get; set; }

    /// <summary>What one attempt of a request may take.</summary>
    public TimeSpan AttemptWithin { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>For how long a request is sent again when the service cannot be reached or asks to come again. A subscription is resumed for ever.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The first pause before trying again; each further one is drawn at random between this and three times the one before.</summary>
    public TimeSpan PauseLeast { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause.</summary>
    public TimeSpan PauseMost { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A subscription over which nothing has come for so long, not even a heartbeat, is taken for dead. Must exceed the service's <c>HeartbeatSeconds</c> (15).</summary>
    public TimeSpan SilenceMost { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>What pauses and limits are measured with.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;
}
