using System.Globalization;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The terms of one edit as what it changes, and what it selects.</summary>
internal sealed class EditTermReading(string operation, Dictionary<string, string> terms, List<EditFault> faults)
{
    /// <summary>Single terms.</summary>
    public TermValues Values { get; } = new(terms, faults);

    public EventSelector Selector()
    {
        if (!terms.Keys.Any(name => EditTerms.Selecting.Contains(name)))
        {
            faults.Add(new("deal", null, $"said, or another term that selects what to {operation}: {string.Join(", ", EditTerms.Selecting)}"));
        }

        var (first, last, tranches) = Tranches();
        return new()
        {
            Events = Values.List<EventId>("event"),
            Deals = Values.List<DealId>("deal"),
            Companies = Values.List<CompanyId>("company"),
            Payer = Values.Optional<CompanyId>("payer"),
            Payee = Values.Optional<CompanyId>("payee"),
            Types = Types(),
            Kinds = Values.Words<FlowKind>("kind"),
            Legs = Values.Texts("leg"),
            Item = terms.GetValueOrDefault("item"),
            Milestone = terms.GetValueOrDefault("milestone"),
            Tranches = tranches,
            FirstTranche = first,
            LastTranche = last,
            From = Values.Optional<Instant>("from"),
            To = terms.ContainsKey("to") ? Values.RequiredEnd("to") : null,
            KnownFrom = Values.Optional<Instant>("known-from"),
            KnownTo = terms.ContainsKey("known-to") ? Values.RequiredEnd("known-to") : null,
            Firmness = Values.Word<SelectedFirmness>("firmness"),
            ConfidenceAtMost = Values.Word<Confidence>("confidence"),
        };
    }

    public Edit.Replace Replace(ValueList<CommandEnvelope> commands)
    {
        var (amount, at) = (Values.Optional<Money>("amount"), Values.Optional<Instant>("at"));
        if (amount is { IsPositive: false } none)
        {
            faults.Add(new("amount", none.ToString(), "an amount above 0: 'drop' leaves events out"));
        }

        if ((amount is null && at is null) == (commands.Count == 0))
        {
            faults.Add(new(EditTerms.With, commands.Count == 0 ? null : "commands", "said, a list of commands (in a file), or else 'amount' or 'at'"));
        }

        return new(Selector(), amount, at, commands, Values.YesNo("linked", false));
    }

    public Edit.SetValuation SetValuation()
    {
        decimal? growth = terms.ContainsKey("growth") ? Values.Percent("growth", number => number > -1, "a number above -100%, such as 0, 10% or -0.1") : null;
        decimal? factor = terms.ContainsKey("by") ? Values.Factor("by") : null;
        var path = Values.List<Money>("pre-money");
        foreach (var money in path.Where(money => !money.IsPositive))
        {
            faults.Add(new("pre-money", money.ToString(), "amounts above 0"));
        }

        OneOf("growth", "by", "pre-money");
        if (terms.ContainsKey("protects") && !terms.ContainsKey("anti-dilution"))
        {
            faults.Add(new("protects", terms["protects"], $"said beside 'anti-dilution', one of {TermValues.WordsOf<AntiDilution>()}"));
        }

        var clause = terms.ContainsKey("anti-dilution") && Values.Word<AntiDilution>("anti-dilution") is { } word ? new Protection(word, Values.List<HolderId>("protects")) : null;
        return new(Selector(), growth, factor, path, clause);
    }

    public Edit.SetRate SetRate()
    {
        OneOf("by", EditTerms.Path);
        var text = terms.GetValueOrDefault("pair");
        var names = text?.Split('/') ?? [];
        if (names.Length == 2 && Currency.TryParse(names[0], out var from) && Currency.TryParse(names[1], out var to) && from != to)
        {
            return new(from, to, terms.ContainsKey("by") ? Values.Factor("by") : null, terms.ContainsKey(EditTerms.Path) ? Values.Path<Quantity>(EditTerms.Path) : []);
        }

        faults.Add(new("pair", text, "two currencies such as USD/KRW: how many of the second for one of the first"));
        return new(default, default, null, []);
    }

    public Edit.SetCondition SetCondition()
    {
        OneOf("at", "not-before", "never");
        var (outcome, name) = terms.ContainsKey("at") ? (ConditionOutcome.At, "at") : terms.ContainsKey("not-before") ? (ConditionOutcome.NotBefore, "not-before") : (ConditionOutcome.Never, null);
        if (name is null && terms.ContainsKey("never") && !Values.YesNo("never", true))
        {
            faults.Add(new("never", terms["never"], "yes, or left out"));
        }

        return new(Values.Required<CompanyId>("company"), Values.RequiredText("milestone"), outcome, name is null ? null : Values.Required<Instant>(name));
    }

    private ValueList<string> Types()
    {
        var types = Values.Texts("type");
        foreach (var type in types.Where(type => !EditTerms.EventTypes.Contains(type)))
        {
            faults.Add(new("type", type, $"a type of event such as purchase-paid{Files.Spelling.Hint(type, EditTerms.EventTypes)}"));
        }

        return types;
    }

    private void OneOf(params string[] names)
    {
        if (names.Count(terms.ContainsKey) != 1)
        {
            faults.Add(new(names[0], terms.GetValueOrDefault(names[0]), $"said alone of {string.Join(", ", names)}: just one of them"));
        }
    }

    /// <summary><c>4..10</c>, <c>4..</c>, <c>..3</c>, or names as they are.</summary>
    private (int? First, int? Last, ValueList<string> Names) Tranches()
    {
        if (!terms.TryGetValue("tranche", out var text))
        {
            return (null, null, []);
        }

        if (!text.Contains("..", StringComparison.Ordinal))
        {
            return (null, null, Values.Texts("tranche"));
        }

        var ends = text.Split("..");
        int? first = null, last = null;
        if (ends.Length == 2 && text.Length > 2 && End(ends[0], out first) && End(ends[1], out last) && (first ?? 0) <= (last ?? int.MaxValue))
        {
            return (first, last, []);
        }

        faults.Add(new("tranche", text, "a range such as 4..10, 4.. or ..3, or names such as 1|2"));
        return (null, null, []);
    }

    private static bool End(string text, out int? end)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        end = isNumber ? number : null;
        return isNumber || text.Length == 0;
    }
}
