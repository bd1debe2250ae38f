using System.Collections.Immutable;
using System.Diagnostics;
using ActorFinance.Model;

namespace ActorFinance.Actors.Companies;

/// <summary>
/// Spans of commands on their way through a company: <c>decide</c> while it decides, <c>persist</c> until its events are on the disk, <c>step</c> until the other company of a step has
/// answered. Where nobody listens, or no request brought them, none is made (decision 0182).
/// </summary>
public static class CompanyTracing
{
    public const string SourceName = "ActorFinance";

    public const string CompanyTag = "actorfinance.company";
    public const string CommandsTag = "actorfinance.commands";
    public const string CommandIdsTag = "actorfinance.command.ids";
    public const string DealIdsTag = "actorfinance.deal.ids";

    /// <summary>Of a batch that is longer the rest is only counted.</summary>
    private const int IdsMax = 20;

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The request's span; null where nobody traces, though the web server may have made one for its log.</summary>
    public static Activity? Current => Source.HasListeners() ? Activity.Current : null;

    /// <summary>Says which commands a span is about.</summary>
    /// <param name="span">Of a request, or of a company.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="command">One of them.</param>
    public static void Name(Activity span, int count, Func<int, CommandEnvelope> command)
    {
        var named = Enumerable.Range(0, Math.Min(count, IdsMax)).Select(command).ToList();
        span.SetTag(CommandsTag, count);
        span.SetTag(CommandIdsTag, named.Select(one => one.Id.Value).ToArray());
        span.SetTag(DealIdsTag, named.Select(one => one.Deal?.Value).OfType<string>().Distinct(StringComparer.Ordinal).ToArray());
    }

    /// <summary>It is never the current span of its thread: an actor's next message is another's.</summary>
    internal static Activity? Start(string step, CompanyId company, ImmutableArray<DigestedCommand> commands, ActivityContext parent)
    {
        if (parent == default)
        {
            return null;
        }

        var before = Activity.Current;
        var span = Source.StartActivity(step, ActivityKind.Internal, parent);
        Activity.Current = before;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(CompanyTag, company.Value);
            Name(span, commands.Length, at => commands[at].Command);
        }

        return span;
    }

    /// <summary>As <see cref="Activity.Dispose()"/>, on whatever thread it ends.</summary>
    internal static void End(Activity? span)
    {
        if (span is not null)
        {
            var before = Activity.Current;
            span.Stop();
            Activity.Current = before;
        }
    }
}
