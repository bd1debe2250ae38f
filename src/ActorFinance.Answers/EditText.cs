using System.Globalization;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Answers;

/// <summary>An edit as a sentence, so that a reader sees what was asked.</summary>
public static class EditText
{
    public static string NameOf(Edit edit) => edit switch
    {
        Edit.Drop => "drop",
        Edit.Scale => "scale",
        Edit.Shift => "shift",
        Edit.Replace => "replace",
        Edit.SplitInKind => "split",
        Edit.Merge => "merge",
        Edit.Substitution => "substitute",
        Edit.SetValuation => "set-valuation",
        Edit.SetPrice => "set-price",
        Edit.SetRate => "set-rate",
        Edit.SetCondition => "set-condition",
        Edit.DelayMilestone => "delay",
        Edit.CallOn => "call",
        Edit.Insert => "insert",
        Edit.Restore => "restore",
        Edit.Default => "default",
        Edit.Freeze => "freeze",
        Edit.Truncate => "truncate",
        _ => throw new InvalidOperationException($"{edit.GetType().Name} has no name"),
    };

    public static string Of(Edit edit) => edit switch
    {
        Edit.Drop drop => $"drop {Of(drop.Selector)}{Legs(drop)}",
        Edit.Scale scale => $"scale {Of(scale.Selector)} by {scale.Factor.ToString(CultureInfo.InvariantCulture)}{Legs(scale)}",
        Edit.Shift shift => $"shift {Of(shift.Selector)} by {Span(shift.Months, shift.Days)}{Legs(shift)}",
        Edit.SplitInKind split => $"split {Of(split.Selector)}, {Figures.Percent((double)split.Share)} in kind",
        Edit.Replace { With.Count: > 0 } replace => $"replace {Of(replace.Selector)}{Legs(replace)}, with {Of(replace.With)}",
        Edit.Replace replace => $"replace {Of(replace.Selector)}: {string.Join(", ", ((string?[])[replace.Amount?.ToString(), replace.At is { } day ? $"on {Figures.Moment(day)}" : null]).OfType<string>())}",
        Edit.Merge merge => $"merge {Of(merge.Selector)} into cash",
        Edit.Substitution substitution => $"{Of(substitution.Selector)} becomes {EnumWords.Of(substitution.With)}",
        Edit.SetValuation { Clause: { } clause } set => $"{Of(set with { Clause = null })}, anti-dilution by {EnumWords.Of(clause.Clause)}{(clause.Holders.Count > 0 ? $" for {string.Join(", ", clause.Holders)}" : "")}",
        Edit.SetValuation { Path.Count: > 0 } set => $"valuations {Of(set.Selector)}: {string.Join(", ", set.Path)} before the money",
        Edit.SetValuation { Growth: { } growth } set => $"valuations {Of(set.Selector)}: each price {(growth == 0 ? "that of" : $"{(growth * 100).ToString("+0.##;-0.##", CultureInfo.InvariantCulture)} % on")} the one before",
        Edit.SetValuation set => $"valuations {Of(set.Selector)} times {set.Factor!.Value.ToString(CultureInfo.InvariantCulture)}",
        Edit.SetPrice set => $"{set.Class} of {set.Issuer} is at {string.Join(", ", set.Path.Select(point => $"{point.Value} from {Figures.Moment(point.At)}"))}",
        Edit.SetRate { Factor: { } factor } set => $"{set.Base}/{set.Quote} times {factor.ToString(CultureInfo.InvariantCulture)}",
        Edit.SetRate set => $"{set.Base}/{set.Quote} is {string.Join(", ", set.Path.Select(point => $"{point.Value} from {Figures.Moment(point.At)}"))}",
        Edit.SetCondition set => $"'{set.Milestone}' of {set.Company} {(set.Outcome == ConditionOutcome.Never ? "never" : $"{(set.Outcome == ConditionOutcome.At ? "on" : "not before")} {Figures.Moment(set.Time!.Value)}")}",
        Edit.DelayMilestone delay => $"'{delay.Milestone}' of {delay.Company} by {Span(delay.Months, delay.Days)}",
        Edit.CallOn call => $"call on {call.Guarantee} on {Figures.Moment(call.At)}",
        Edit.Insert insert => $"insert {Of(insert.Commands)}",
        Edit.Restore restore => $"put back {Figures.Count(restore.Events.Count, "event")}",
        Edit.Default failure => $"{failure.Company} defaults on {Figures.Moment(failure.At)}{(failure.Recovery > 0 ? $", creditors get {Figures.Percent(failure.Recovery)} of what it owes them" : "")}{Ranked("senior", failure.Senior)}{Ranked("junior", failure.Junior)}",
        Edit.Freeze freeze => $"{freeze.Company} promises nothing new from {Figures.Moment(freeze.At)}",
        Edit.Truncate truncate => $"nothing after {Figures.End(truncate.After)}",
        _ => throw new InvalidOperationException($"{edit.GetType().Name} has no sentence"),
    };

    private static string Of(ValueList<CommandEnvelope> commands) =>
        $"{Figures.Count(commands.Count, "command")}: {string.Join(", ", commands.Select(command => $"{TypeNames.Of(command.Command.GetType())} by {command.Company} on {Figures.Moment(command.EffectiveAt)}"))}";

    private static string Legs(Edit.Selecting edit) => edit.Linked ? "" : ", these alone";

    private static string Of(EventSelector selector)
    {
        var parts = new List<string>();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name} {value}");
            }
        }

        Add("event", string.Join(", ", selector.Events));
        Add("deal", string.Join(", ", selector.Deals));
        Add("tranche", selector.Tranches.Count > 0 ? string.Join(", ", selector.Tranches) : selector.FirstTranche is null && selector.LastTranche is null ? null : $"{selector.FirstTranche}..{selector.LastTranche}");
        Add("company", string.Join(", ", selector.Companies));
        Add("payer", selector.Payer?.Value);
        Add("payee", selector.Payee?.Value);
        Add("type", string.Join(", ", selector.Types));
        Add("kind", string.Join(", ", selector.Kinds.Select(EnumWords.Of)));
        Add("leg", string.Join(", ", selector.Legs));
        Add("item", selector.Item);
        Add("milestone", selector.Milestone);
        Add("from", selector.From is { } from ? Figures.Moment(from) : null);
        Add("to", selector.To is { } to ? Figures.Moment(to) : null);
        Add("known from", selector.KnownFrom is { } knownFrom ? Figures.Moment(knownFrom) : null);
        Add("known to", selector.KnownTo is { } knownTo ? Figures.Moment(knownTo) : null);
        Add("firmness", selector.Firmness?.ToString().ToLowerInvariant());
        Add("confidence at most", selector.ConfidenceAtMost?.ToString().ToLowerInvariant());
        return string.Join(", ", parts);
    }

    private static string Span(int months, int days) => (months, days) switch
    {
        (_, 0) => Figures.Count(months, "month"),
        (0, _) => Figures.Count(days, "day"),
        _ => $"{Figures.Count(months, "month")} and {Figures.Count(days, "day")}",
    };

    private static string Ranked(string rank, ValueList<string> claims) => claims.Count == 0 ? "" : $", {rank}: {string.Join(", ", claims)}";
}
