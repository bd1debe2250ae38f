using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What of a branch can move money otherwise than in its base: its changes; and where these make or unmake a company, who is one, so that dividends reach
/// it or the outside.
/// </summary>
internal sealed class MovingChanges
{
    private readonly BaseFigures _based;
    private readonly Dictionary<CompanyId, int> _mentions;

    public MovingChanges(BaseFigures based, BranchResult.Applied branch)
    {
        (_based, _mentions) = (based, MentionsOf(branch));
        var all = branch.Changes.Select(change => (change.Before, change.After));
        All = _mentions.Keys.Any(company => IsCompany(HolderId.Of(company)) != based.IsCompany(HolderId.Of(company)))
            ? all.Concat(branch.Unchanged(typeof(DividendDeclared), typeof(SharesRepurchased)).Select(recorded => ((RecordedEvent?)recorded, (RecordedEvent?)recorded)))
            : all;
    }

    /// <summary>Null where one side has no such event.</summary>
    public IEnumerable<(RecordedEvent? Was, RecordedEvent? Now)> All { get; }

    /// <summary>When the first flow, or rate of exchange, stands that is not the same on both sides; the end of time where all are.</summary>
    public Instant PartsAt() => All
        .SelectMany(change => new[] { (Event: change.Was, Flows: FlowsBefore(change.Was)), (Event: change.Now, Flows: FlowsAfter(change.Now)) })
        .Where(side => side.Event is not null && (side.Event.Event is FxRateRecorded || side.Flows.Any()))
        .Select(side => side.Event!.Header.EffectiveAt)
        .DefaultIfEmpty(Instant.Maximum)
        .Min();

    /// <summary>What they do to accounts.</summary>
    public AccountChanges Accounts()
    {
        Func<HolderId, bool> wasCompany = _based.IsCompany, isCompany = IsCompany;
        var changes = new AccountChanges();
        foreach (var (was, now) in All)
        {
            if (was is not null)
            {
                changes.Remove(was, wasCompany);
            }

            if (now is not null)
            {
                changes.Add(now, isCompany);
            }
        }

        return changes;
    }

    /// <summary>What an event of the base moves there.</summary>
    public IEnumerable<DatedFlow> FlowsBefore(RecordedEvent? was) => was is null ? [] : CircularFlow.FlowsOf(was, _based.IsCompany);

    /// <summary>What an event of the branch moves there.</summary>
    public IEnumerable<DatedFlow> FlowsAfter(RecordedEvent? now) => now is null ? [] : CircularFlow.FlowsOf(now, IsCompany);

    /// <summary>Whether a holder is a company of the branch.</summary>
    public bool IsCompany(HolderId holder) => holder.AsCompany() is { } company && _based.Mentions(company) + _mentions.GetValueOrDefault(company) > 0;

    /// <summary>How many more events of the branch come from a company or name it as one.</summary>
    private static Dictionary<CompanyId, int> MentionsOf(BranchResult.Applied branch)
    {
        var mentions = new Dictionary<CompanyId, int>();
        void Mention(RecordedEvent? recorded, int sign)
        {
            foreach (var company in recorded is null ? [] : BaseFigures.Mentioned(recorded))
            {
                mentions[company] = mentions.GetValueOrDefault(company) + sign;
            }
        }

        // Nearly all edits leave the parties as they are.
        foreach (var change in branch.Changes.Where(change => change is not { Before: { } was, After: { } now } || !Parties.Of(was.Event).SequenceEqual(Parties.Of(now.Event))))
        {
            Mention(change.Before, -1);
            Mention(change.After, 1);
        }

        return mentions;
    }
}
