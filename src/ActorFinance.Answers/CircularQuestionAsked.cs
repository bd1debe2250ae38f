using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>One question to <c>circular</c>.</summary>
public sealed record CircularQuestionAsked(CircularSnapshot Book, Cut Cut, FlowWindow Window, Firmness Firmness, FlowOptions Options)
{
    /// <summary>Payments that draw on a commitment which was not known then.</summary>
    public IReadOnlyList<Ungrounded> IncompleteKnowledge()
    {
        var counted = Book.Promises.At(Cut);
        CommitmentFold.Of(counted);
        return counted.IncompleteKnowledge;
    }
}
