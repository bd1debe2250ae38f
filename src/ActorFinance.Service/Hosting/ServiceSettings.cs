using System.Globalization;
using ActorFinance.Scenarios.Files;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace ActorFinance.Service.Hosting;

/// <summary>
/// Reads the options in layers: <c>config/appsettings.json</c> beside the program, a file that was named, the environment. Every key is known and
/// every value checked before anything starts; an error names the file or variable, the key, the value and the rule.
/// </summary>
public static class ServiceSettings
{
    public const string EnvironmentPrefix = "ACTORFINANCE_";

    private const string Section = "Service";

    /// <summary>All keys of the section, in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Text("Journal", "the journal: a file, or postgres://USER@HOST/DATABASE?schema=NAME", (options, value) => options with { Journal = value }),
        Text("Url", "where it listens; several are separated by semicolons", (options, value) => options with { Url = value }),
        Text("GrpcUrl", "where gRPC is spoken without TLS; with an https address of Url it is spoken there", (options, value) => options with { GrpcUrl = value }),
        Text("Keys", "the file of the API keys", (options, value) => options with { Keys = value }),
        Text("JwtKeys", "the JWKS file of the public keys that sign callers' tokens", (options, value) => options with { JwtKeys = value }),
        Text("JwtIssuer", "who must have issued a token", (options, value) => options with { JwtIssuer = value }),
        Text("JwtAudience", "whom a token must be for", (options, value) => options with { JwtAudience = value }),
        Text("JwtRevoked", "the file of subjects whose tokens of before a time are taken no more", (options, value) => options with { JwtRevoked = value }),
        Text("JwtRoleClaim", "the claim that holds a token's roles", (options, value) => options with { JwtRoleClaim = value }),
        Text("JwtReadRole", "the claim's value that means read", (options, value) => options with { JwtReadRole = value }),
        Text("JwtWriteRole", "the claim's value that means write", (options, value) => options with { JwtWriteRole = value }),
        Text("JwtAdminRole", "the claim's value that means admin", (options, value) => options with { JwtAdminRole = value }),
        Seconds("JwtClockSkewSeconds", 600, "how far the issuer's clock may be from this one", (options, value) => options with { JwtClockSkew = value }),
        Number("BodyMaxBytes", 1_024, 256 * 1024 * 1024, "bytes of a request's body", (options, value) => options with { BodyMaxBytes = value }),
        Text("CorsOrigins", "origins of the pages in browsers that may ask and be answered, separated by semicolons; none unless set", (options, value) => options with { CorsOrigins = value }),
        Seconds("HeadWithinSeconds", 600, "how long the head of a request may take to arrive", (options, value) => options with { HeadWithin = value }),
        Number("BodyRateMin", 1, 1_000_000, "bytes of a body that must arrive each second, once BodyGraceSeconds are over", (options, value) => options with { BodyRateMin = value }),
        Seconds("BodyGraceSeconds", 600, "how long a body may arrive more slowly", (options, value) => options with { BodyGrace = value }, least: 2),
        Number("BatchMax", 1, 100_000, "commands in one batch", (options, value) => options with { BatchMax = value }),
        Number("PageMax", 1, 100_000, "events on one page", (options, value) => options with { PageMax = value }),
        Seconds("AnswerWithinSeconds", 3_600, "how long a question may take", (options, value) => options with { AnswerWithin = value }),
        Seconds("AtLeastWithinSeconds", 3_600, "how long a question waits for what atLeast names", (options, value) => options with { AtLeastWithin = value }),
        Number("RequestsMax", 1, 100_000, "requests under way at once, streams apart", (options, value) => options with { RequestsMax = value }),
        Number("StreamsMax", 1, 1_000_000, "streams open at once", (options, value) => options with { StreamsMax = value }),
        Number("RateMax", 1, 10_000_000, "requests of one caller within a second", (options, value) => options with { RateMax = value }),
        Seconds("HeartbeatSeconds", 3_600, "how often a quiet stream tells the offset that it has reached", (options, value) => options with { Heartbeat = value }),
        Seconds("StalledAfterSeconds", 86_400, "how long a subscriber may take nothing at all before its stream is ended", (options, value) => options with { StalledAfter = value }),
        Seconds("LeaseSeconds", 86_400, "how long a consumer of a durable subscription may say nothing before another may take its place", (options, value) => options with { Lease = value }),
        Number("JobsMax", 1, 10_000, "jobs that wait or run", (options, value) => options with { JobsMax = value }),
        Number("JobsKept", 1, 10_000, "jobs whose answers are kept", (options, value) => options with { JobsKept = value }),
        Seconds("JobWithinSeconds", 86_400, "how long a job may take", (options, value) => options with { JobWithin = value }),
        Number("LagMax", 0, 1_000_000_000, "events that the projections may be behind while the service is ready", (options, value) => options with { LagMax = value }),
        Seconds("HoleAfterSeconds", 86_400, "how long a hole in a server's offsets may hold up the feed while the service is ready", (options, value) => options with { HoleAfter = value }),
        Seconds("StopWithinSeconds", 3_600, "how long a stop waits for what is under way", (options, value) => options with { StopWithin = value }),
    ];

    /// <summary>The layers. A file that is not there is an error only where it was asked for.</summary>
    /// <exception cref="ServiceStartException">A file cannot be read as JSON.</exception>
    public static IConfigurationRoot Load(string? file, IReadOnlyDictionary<string, string?>? over = null)
    {
        var builder = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "config", "appsettings.json"), optional: true);
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        try
        {
            return builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(over ?? new Dictionary<string, string?>()).Build();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ServiceStartException(StartFault.Settings, $"{unreadable.Message.TrimEnd('.')}: {unreadable.GetBaseException().Message}");
        }
    }

    /// <summary>The options, checked.</summary>
    /// <exception cref="ServiceStartException">Names every key that is wrong.</exception>
    public static ServiceOptions Read(IConfigurationRoot configuration)
    {
        var (options, problems) = (new ServiceOptions(), new List<string>());
        foreach (var child in configuration.GetSection(Section).GetChildren())
        {
            var place = $"{SourceOf(configuration, child.Path)}: {child.Path}";
            var setting = All.FirstOrDefault(one => one.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is null)
            {
                problems.Add($"{place} is no setting{Spelling.Hint(child.Key, All.Select(one => one.Name))}; there are {string.Join(", ", All.Select(one => one.Name))}");
            }
            else if (child.Value is not { } value || setting.Apply(options, value) is not { } applied)
            {
                problems.Add($"{place} '{child.Value}' must be {setting.Rule}");
            }
            else
            {
                options = applied;
            }
        }

        return problems.Count == 0 ? options : throw new ServiceStartException(StartFault.Settings, string.Join('\n', problems));
    }

    private static string SourceOf(IConfigurationRoot configuration, string key)
    {
        var provider = configuration.Providers.LastOrDefault(provider =>
            provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any());
        return provider switch
        {
            JsonConfigurationProvider json => json.Source.FileProvider?.GetFileInfo(json.Source.Path ?? "").PhysicalPath ?? json.Source.Path ?? "a file",
            EnvironmentVariablesConfigurationProvider => $"environment variable {EnvironmentPrefix}{key.Replace(":", "__", StringComparison.Ordinal)}",
            _ => "the command line",
        };
    }

    private static Setting Text(string name, string meaning, Func<ServiceOptions, string, ServiceOptions> apply) =>
        new(name, meaning, "a text", (options, value) => string.IsNullOrWhiteSpace(value) ? null : apply(options, value));

    private static Setting Number(string name, int least, int most, string meaning, Func<ServiceOptions, int, ServiceOptions> apply) => new(
        name,
        meaning,
        $"a whole number from {least} to {most}",
        (options, value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? apply(options, number) : null);

    private static Setting Seconds(string name, int most, string meaning, Func<ServiceOptions, TimeSpan, ServiceOptions> apply, int least = 1) =>
        Number(name, least, most, meaning, (options, seconds) => apply(options, TimeSpan.FromSeconds(seconds))) is var setting
            ? setting with { Rule = setting.Rule + " (seconds)" }
            : setting;
}

/// <summary>One key of the section.</summary>
/// <param name="Name">As it stands in the file.</param>
/// <param name="Meaning">For the documentation.</param>
/// <param name="Rule">A phrase that follows "must be".</param>
/// <param name="Apply">The options with the value; null when it breaks the rule.</param>
public sealed record Setting(string Name, string Meaning, string Rule, Func<ServiceOptions, string, ServiceOptions?> Apply);

/// <summary>Why a service did not start.</summary>
public enum StartFault
{
    /// <summary>What it was told is wrong, or unsafe.</summary>
    Settings,

    /// <summary>The journal is held by another writer or cannot be opened, or the address is taken.</summary>
    Machine,

    /// <summary>The journal is damaged.</summary>
    Journal,
}

public sealed class ServiceStartException(StartFault fault, string message) : Exception(message)
{
    public StartFault Fault { get; } = fault;
}
