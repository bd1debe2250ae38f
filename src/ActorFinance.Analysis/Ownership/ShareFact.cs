using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// A share event as the register reads it: when it takes effect, what it says, and where the whole of it is found. Of an event that only moves
/// shares it says no more than which, how many, from whom to whom, and at which price they were issued.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ShareFact(EventReference Reference, Instant EffectiveAt, CompanyEvent Event)
{
    public static ShareFact Of(RecordedEvent recorded) => new(EventReference.Of(recorded), recorded.Header.EffectiveAt, recorded.Event);
}
