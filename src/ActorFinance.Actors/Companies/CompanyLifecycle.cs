using ActorFinance.Model;

namespace ActorFinance.Actors.Companies;

// Between a company's actor and its gateway.
internal sealed record CompanyAwake(CompanyId Company);

internal sealed record FallAsleep
{
    public static FallAsleep Instance { get; } = new();
}

/// <summary>Work came in before it could fall asleep.</summary>
internal sealed record CompanyBusy(CompanyId Company);

/// <summary>What was awaited has its answer, or its sender was told that it gets none.</summary>
internal sealed record Answered(CompanyId Company, long Correlation);

internal sealed record CompanyFailing(CompanyId Company, string Reason, bool SnapshotIsSuspect = false);

internal sealed record CompanyEnded(CompanyId Company);

/// <summary>On the system's event stream: a company's actor stopped without having been told to.</summary>
internal sealed record CompanyBroke(CompanyId Company, string Reason);

/// <summary>Take no more commands; answered by <see cref="Drained"/> when nobody waits for a company any more.</summary>
internal sealed record Drain
{
    public static Drain Instance { get; } = new();
}

internal sealed record Drained
{
    public static Drained Instance { get; } = new();
}
