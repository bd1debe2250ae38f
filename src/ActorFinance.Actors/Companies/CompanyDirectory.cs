using System.Collections.Concurrent;
using ActorFinance.Model;

namespace ActorFinance.Actors.Companies;

/// <summary>Which companies are registered, and under which policy. Grows only: a registration holds for ever. Safe for concurrent use.</summary>
public sealed class CompanyDirectory
{
    private readonly ConcurrentDictionary<CompanyId, CashPolicy> _policies = new();
    private volatile bool _someoneRejectsShortfall;

    /// <summary>Whether any company counts its receipts.</summary>
    public bool SomeoneRejectsShortfall => _someoneRejectsShortfall;

    public IEnumerable<CompanyId> Companies => _policies.Keys;

    public CashPolicy? PolicyOf(CompanyId company) => _policies.TryGetValue(company, out var policy) ? policy : null;

    public void Note(EventEnvelope envelope)
    {
        if (envelope.Event is CompanyRegistered registered)
        {
            Note(envelope.Header.Emitter, registered.CashPolicy);
        }
    }

    public void Note(CompanyId company, CashPolicy policy)
    {
        _policies[company] = policy;
        if (policy == CashPolicy.RejectShortfall)
        {
            _someoneRejectsShortfall = true;
        }
    }
}
