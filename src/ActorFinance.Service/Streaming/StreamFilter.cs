using ActorFinance.Answers;
using ActorFinance.Journal.Reading;

namespace ActorFinance.Service.Streaming;

/// <summary>Which events a subscriber wants; null wants all.</summary>
/// <param name="Company">Who emitted it.</param>
/// <param name="Type">Such as <c>investment-made</c>.</param>
/// <param name="Deal">Under which deal.</param>
/// <param name="Party">Who emitted it or is named in it.</param>
internal sealed record StreamFilter(CompanyId? Company, string? Type, DealId? Deal, CompanyId? Party)
{
    private readonly string? _persistenceId = Company?.PersistenceId;

    /// <summary>What the row alone tells: what it rules out need not be decoded.</summary>
    public bool MayMatch(in RawJournalRow row) =>
        (_persistenceId is null || row.PersistenceId == _persistenceId)
        && (Type is null || (row.Manifest.StartsWith(Type, StringComparison.Ordinal) && row.Manifest.AsSpan(Type.Length).StartsWith(":")));

    public bool Matches(RecordedEvent recorded) =>
        (Company is not { } company || recorded.Header.Emitter == company)
        && (Type is null || EventText.TypeOf(recorded.Event) == Type)
        && (Deal is not { } deal || recorded.Header.Deal == deal)
        && (Party is not { } party || EventText.Names(recorded, party));
}
