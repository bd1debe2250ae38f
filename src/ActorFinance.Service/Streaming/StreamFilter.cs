using ActorFinance.Answers;
using ActorFinance.Journal.Reading;
using ActorFinance.Service.Endpoints;
using InvalidField = ActorFinance.Service.Endpoints.InvalidField;

namespace ActorFinance.Service.Streaming;

/// <summary>Which events a subscriber wants; null wants all.</summary>
/// <param name="Company">Who emitted it.</param>
/// <param name="Type">Such as <c>investment-made</c>.</param>
/// <param name="Deal">Under which deal.</param>
/// <param name="Party">Who emitted it or is named in it.</param>
internal sealed record StreamFilter(CompanyId? Company, string? Type, DealId? Deal, CompanyId? Party)
{
    private readonly string? _persistenceId = Company?.PersistenceId;

    /// <summary>Reads texts, null or empty for all, by the rules of the addresses' parameters.</summary>
    /// <param name="place">What stands before the names of the fields in an error.</param>
    /// <param name="company">As the property.</param>
    /// <param name="type">As the property.</param>
    /// <param name="deal">As the property.</param>
    /// <param name="party">As the property.</param>
    /// <exception cref="ProblemException">Names every field that breaks its rule.</exception>
    public static StreamFilter Read(string place, string? company, string? type, string? deal, string? party)
    {
        var errors = new List<InvalidField>();
        var read = new StreamFilter(
            Of<CompanyId>($"{place}company", company, errors), string.IsNullOrEmpty(type) ? null : type, Of<DealId>($"{place}deal", deal, errors), Of<CompanyId>($"{place}party", party, errors));
        if (read.Type is { } stated && !EventText.Types.Contains(stated))
        {
            errors.Add(new($"{place}type", stated, $"one of {string.Join(", ", EventText.Types.Order(StringComparer.Ordinal))}"));
        }

        return errors.Count == 0 ? read : throw new ProblemException(Problem.Invalid(errors));
    }

    /// <summary>What the row alone tells: what it rules out need not be decoded.</summary>
    public bool MayMatch(in RawJournalRow row) =>
        (_persistenceId is null || row.PersistenceId == _persistenceId)
        && (Type is null || (row.Manifest.StartsWith(Type, StringComparison.Ordinal) && row.Manifest.AsSpan(Type.Length).StartsWith(":")));

    public bool Matches(RecordedEvent recorded) => MatchesUnnamed(recorded) && (Party is not { } party || EventNames.Of(recorded).Contains(party.Value));

    /// <summary>The same, where others ask of the item too.</summary>
    public bool Matches(StreamItem item) => MatchesUnnamed(item.Recorded) && (Party is not { } party || item.Names.Contains(party.Value));

    private bool MatchesUnnamed(RecordedEvent recorded) =>
        (Company is not { } company || recorded.Header.Emitter == company)
        && (Type is null || EventText.TypeOf(recorded.Event) == Type)
        && (Deal is not { } deal || recorded.Header.Deal == deal);

    private static T? Of<T>(string field, string? text, List<InvalidField> errors)
        where T : struct, IValue<T>
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (T.TryParse(text, out var value))
        {
            return value;
        }

        errors.Add(new(field, text, T.Rule));
        return null;
    }
}
