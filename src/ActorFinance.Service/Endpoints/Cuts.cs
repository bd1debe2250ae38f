using ActorFinance.Analysis.Timeline;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Endpoints;

/// <summary>The parameters that mean the same for every question, by the same words as the command line's.</summary>
internal static class Cuts
{
    public static QueryParameter<Bound> AsOf { get; } =
        QueryParameter.Time("asOf", "Count what holds at this time: a date (its whole day) or an RFC 3339 time. Default: all.", text => CutText.AsOf(text));

    public static QueryParameter<AsKnown> AsKnown { get; } = new(
        "asKnown",
        "Count what was known at this point: digits are an offset, else a date or a time. Default: all recorded.",
        QueryParameter.Text(),
        text => CutText.AsKnown(text) is { Value: { } known } ? (known, null) : (Model.AsKnown.All, $"an offset (digits only), {Instant.Rule}"));

    public static QueryParameter<CompanyId> Company { get; } = QueryParameter.Value<CompanyId>("company", "Only this company.");

    public static QueryParameter<AtLeast> AtLeast { get; } = new(
        "atLeast",
        "Wait until the answer stands on at least this: an offset, or COMPANY:SEQUENCE as a command's answer gives it.",
        QueryParameter.Text(),
        text => Hosting.AtLeast.TryParse(text, out var atLeast) ? (atLeast, null) : (default, Hosting.AtLeast.Rule));

    public static IReadOnlyList<QueryParameter> Common { get; } = [AsOf, AsKnown, AtLeast];

    public static Cut Of(Query query) => new(query.Get(AsOf, new(Instant.Maximum)).At, query.Get(AsKnown, Model.AsKnown.All));
}
