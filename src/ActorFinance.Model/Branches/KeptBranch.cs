namespace ActorFinance.Model;

/// <summary>Why a branch does not do what it was asked: a value, as a company's refusal is.</summary>
public sealed record BranchRefusal(string Code, string Message);

/// <summary>A fact to be written, a refusal, or neither: there is nothing to do.</summary>
public readonly record struct BranchDecision(BranchEvent? Event, BranchRefusal? Refusal)
{
    public static implicit operator BranchDecision(BranchEvent fact) => new(fact, null);

    public static implicit operator BranchDecision(BranchRefusal refusal) => new(null, refusal);
}

/// <summary>
/// A kept branch as a decider: what was asked in, a fact or a refusal out. It is asked for by the fact that it would write. No clock, no I/O; whether a
/// name is free among all branches is known to whoever reads them all.
/// </summary>
/// <param name="Id">What it was first called.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Base">The offset that it stands on.</param>
/// <param name="From">The branch whose edits come first in it.</param>
/// <param name="Edits">What-ifs as they were written, in order.</param>
/// <param name="About">The first fact, with title, author, reason and source; null while there is none.</param>
/// <param name="RecordedAt">When it was first kept.</param>
/// <param name="LastSequenceNumber">Of its journal.</param>
/// <param name="IsArchived">Whether it is out of the list.</param>
/// <param name="Promoted">Where the journal ended when its orders had been accepted.</param>
public sealed record KeptBranch(
    BranchId Id,
    BranchId Name,
    Offset Base,
    BranchId? From,
    ValueList<string> Edits,
    BranchRecorded? About,
    Instant RecordedAt,
    long LastSequenceNumber,
    bool IsArchived,
    Offset? Promoted)
{
    public static KeptBranch Empty(BranchId id) => new(id, id, default, From: null, [], About: null, Instant.Minimum, LastSequenceNumber: 0, IsArchived: false, Promoted: null);

    /// <summary>Order of precedence: an unknown branch, one kept before, one archived, one promoted.</summary>
    public static BranchDecision Decide(KeptBranch state, BranchEvent asked) => asked switch
    {
        BranchRecorded when state.About is not null => new BranchRefusal("branch-exists", $"a branch '{state.Id}' is kept already"),
        BranchRecorded => asked,
        _ when state.About is null => new BranchRefusal("unknown-branch", $"no branch '{state.Id}' is kept"),
        BranchArchived when state.IsArchived => default,
        _ when state.IsArchived => new BranchRefusal("branch-archived", $"branch '{state.Name}' is archived"),
        BranchRenamed renamed when renamed.Name == state.Name => default,
        BranchEdited or BranchPromoted when state.Promoted is { } at =>
            new BranchRefusal("branch-promoted", $"branch '{state.Name}' was promoted: its orders are in the journal up to offset {at}"),
        _ => asked,
    };

    /// <exception cref="CorruptJournalException">The fact does not follow.</exception>
    public static KeptBranch Evolve(KeptBranch state, BranchEnvelope envelope)
    {
        if (envelope.SequenceNumber != state.LastSequenceNumber + 1 || (envelope.Event is BranchRecorded) != (state.About is null))
        {
            throw new CorruptJournalException($"fact {envelope.SequenceNumber} of branch '{state.Id}' does not follow fact {state.LastSequenceNumber}");
        }

        var next = state with { LastSequenceNumber = envelope.SequenceNumber };
        return envelope.Event switch
        {
            BranchRecorded recorded => next with { Base = recorded.Base, From = recorded.From, Edits = recorded.Edits, About = recorded, RecordedAt = envelope.RecordedAt },
            BranchEdited edited => next with { Base = edited.Base, Edits = edited.Edits },
            BranchRenamed renamed => next with { Name = renamed.Name },
            BranchArchived => next with { IsArchived = true },
            BranchPromoted promoted => next with { Promoted = promoted.At },
            _ => throw new CorruptJournalException($"{envelope.Event.GetType().Name} is no fact of a branch"),
        };
    }
}
