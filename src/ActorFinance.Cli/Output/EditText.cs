using System.Globalization;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Output;

/// <summary>An edit as a sentence, so that a reader sees what was asked.</summary>
internal static class EditText
{
    public static string NameOf(Edit edit) => edit switch
    {
        Edit.Drop => "drop",
        Edit.Scale => "scale",
        Edit.Shift => "shift",
        Edit.SplitInKind => "split",
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
        Edit.Insert insert => $"insert {Figures.Count(insert.Commands.Count, "command")}: {string.Join(", ", insert.Commands.Select(command => $"{TypeNames.Of(command.Command.GetType())} by {command.Company} on {Figures.Moment(command.EffectiveAt)}"))}",
        Edit.Restore restore => $"put back {Figures.Count(restore.Events.Count, "event")}",
        Edit.Default failure => $"{failure.Company} defaults on {Figures.Moment(failure.At)}",
        Edit.Freeze freeze => $"{freeze.Company} promises nothing new from {Figures.Moment(freeze.At)}",
        Edit.Truncate truncate => $"nothing after {Figures.Moment(truncate.After)}",
        _ => throw new InvalidOperationException($"{edit.GetType().Name} has no sentence"),
    };

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
        Add("item", selector.Item);
        Add("milestone", selector.Milestone);
        Add("from", selector.From is { } from ? Figures.Moment(from) : null);
        Add("to", selector.To is { } to ? Figures.Moment(to) : null);
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
}
