namespace ActorFinance.Service.Hosting;

/// <summary>What the service is told; <see cref="ServiceSettings"/> reads and checks it.</summary>
public sealed record ServiceOptions
{
    /// <summary>The journal: a file, or <c>postgres://USER@HOST/DATABASE?schema=NAME</c>.</summary>
    public string Journal { get; init; } = "actorfinance.db";

    /// <summary>Where it listens; several are separated by semicolons.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5230";

    /// <summary>Where gRPC is spoken without TLS; null: only where <see cref="Url"/> is https, on the same port.</summary>
    public string? GrpcUrl { get; init; }

    /// <summary>The file of the API keys; null: everyone who reaches the loopback address may do everything.</summary>
    public string? Keys { get; init; }

    /// <summary>The JWKS file of the public keys that sign callers' tokens; null: none are taken.</summary>
    public string? JwtKeys { get; init; }

    /// <summary>Who must have issued a token.</summary>
    public string? JwtIssuer { get; init; }

    /// <summary>Whom a token must be for.</summary>
    public string? JwtAudience { get; init; }

    /// <summary>The file of subjects whose tokens of before a time are taken no more; null: none are.</summary>
    public string? JwtRevoked { get; init; }

    /// <summary>The claim that holds a token's roles: a text, or a list of them.</summary>
    public string JwtRoleClaim { get; init; } = "role";

    /// <summary>The claim's value that means read.</summary>
    public string JwtReadRole { get; init; } = "read";

    /// <summary>The claim's value that means write.</summary>
    public string JwtWriteRole { get; init; } = "write";

    /// <summary>The claim's value that means admin.</summary>
    public string JwtAdminRole { get; init; } = "admin";

    /// <summary>How far the issuer's clock may be from this one.</summary>
    public TimeSpan JwtClockSkew { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of a request's body.</summary>
    public long BodyMaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Origins of the pages in browsers that may ask and be answered, separated by semicolons; null: none.</summary>
    public string? CorsOrigins { get; init; }

    /// <summary>How long the head of a request may take to arrive.</summary>
    public TimeSpan HeadWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a body that must arrive each second, once <see cref="BodyGrace"/> is over.</summary>
    public int BodyRateMin { get; init; } = 240;

    /// <summary>How long a body may arrive more slowly.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Commands in one batch.</summary>
    public int BatchMax { get; init; } = 1_000;

    /// <summary>Events on one page.</summary>
    public int PageMax { get; init; } = 1_000;

    /// <summary>How long a question may take.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a question waits for what <c>atLeast</c> names.</summary>
    public TimeSpan AtLeastWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests under way at once, streams apart.</summary>
    public int RequestsMax { get; init; } = 512;

    /// <summary>Streams open at once.</summary>
    public int StreamsMax { get; init; } = 4_000;

    /// <summary>Requests of one caller within a second.</summary>
    public int RateMax { get; init; } = 20_000;

    /// <summary>How often a stream that has nothing to say tells the offset that it has reached.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a subscriber may take nothing at all.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a consumer of a durable subscription may say nothing before another may take its place.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Events that the projections may be behind while the service is ready.</summary>
    public int LagMax { get; init; } = 10_000;

    /// <summary>How long a hole in a server's offsets may hold up the feed while the service is ready.</summary>
    public TimeSpan HoleAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for what is under way.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Jobs that wait or run.</summary>
    public int JobsMax { get; init; } = 32;

    /// <summary>Jobs whose answers are kept.</summary>
    public int JobsKept { get; init; } = 32;

    /// <summary>How long a job may take.</summary>
    public TimeSpan JobWithin { get; init; } = TimeSpan.FromMinutes(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
