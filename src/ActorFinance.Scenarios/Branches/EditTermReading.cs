using System.Globalization;
using System.Text.Json;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The terms of one edit as the values that they are; what they are not is added to the faults.</summary>
internal sealed class EditTermReading(string operation, Dictionary<string, string> terms, List<EditFault> faults)
{
    public EventSelector Selector()
    {
        if (!terms.Keys.Any(name => EditTerms.Selecting.Contains(name)))
        {
            faults.Add(new("deal", null, $"said, or another term that selects what to {operation}: {string.Join(", ", EditTerms.Selecting)}"));
        }

        var (first, last, tranches) = Tranches();
        return new()
        {
            Events = List<EventId>("event"),
            Deals = List<DealId>("deal"),
            Companies = List<CompanyId>("company"),
            Payer = Optional<CompanyId>("payer"),
            Payee = Optional<CompanyId>("payee"),
            Types = Types(),
            Kinds = Words<FlowKind>("kind"),
            Legs = Texts("leg"),
            Item = terms.GetValueOrDefault("item"),
            Milestone = terms.GetValueOrDefault("milestone"),
            Tranches = tranches,
            FirstTranche = first,
            LastTranche = last,
            From = Optional<Instant>("from"),
            To = terms.ContainsKey("to") ? RequiredEnd("to") : null,
            KnownFrom = Optional<Instant>("known-from"),
            KnownTo = terms.ContainsKey("known-to") ? RequiredEnd("known-to") : null,
            Firmness = Word<SelectedFirmness>("firmness"),
            ConfidenceAtMost = Word<Confidence>("confidence"),
        };
    }

    public Edit.Replace Replace(ValueList<CommandEnvelope> commands)
    {
        var (amount, at) = (Optional<Money>("amount"), Optional<Instant>("at"));
        if (amount is { IsPositive: false } none)
        {
            faults.Add(new("amount", none.ToString(), "an amount above 0: 'drop' leaves events out"));
        }

        if ((amount is null && at is null) == (commands.Count == 0))
        {
            faults.Add(new(EditTerms.With, commands.Count == 0 ? null : "commands", "said, a list of commands (in a file), or else 'amount' or 'at'"));
        }

        return new(Selector(), amount, at, commands, YesNo("linked", false));
    }

    public Edit.SetValuation SetValuation()
    {
        decimal? growth = terms.ContainsKey("growth") ? Percent("growth", number => number > -1, "a number above -100%, such as 0, 10% or -0.1") : null;
        decimal? factor = terms.ContainsKey("by") ? Factor("by") : null;
        var path = List<Money>("pre-money");
        foreach (var money in path.Where(money => !money.IsPositive))
        {
            faults.Add(new("pre-money", money.ToString(), "amounts above 0"));
        }

        OneOf("growth", "by", "pre-money");
        if (terms.ContainsKey("protects") && !terms.ContainsKey("anti-dilution"))
        {
            faults.Add(new("protects", terms["protects"], $"said beside 'anti-dilution', one of {WordsOf<AntiDilution>()}"));
        }

        var clause = terms.ContainsKey("anti-dilution") && Word<AntiDilution>("anti-dilution") is { } word ? new Protection(word, List<HolderId>("protects")) : null;
        return new(Selector(), growth, factor, path, clause);
    }

    public Edit.SetRate SetRate()
    {
        OneOf("by", EditTerms.Path);
        var text = terms.GetValueOrDefault("pair");
        var names = text?.Split('/') ?? [];
        if (names.Length == 2 && Currency.TryParse(names[0], out var from) && Currency.TryParse(names[1], out var to) && from != to)
        {
            return new(from, to, terms.ContainsKey("by") ? Factor("by") : null, terms.ContainsKey(EditTerms.Path) ? Path<Quantity>(EditTerms.Path) : []);
        }

        faults.Add(new("pair", text, "two currencies such as USD/KRW: how many of the second for one of the first"));
        return new(default, default, null, []);
    }

    public Edit.SetCondition SetCondition()
    {
        OneOf("at", "not-before", "never");
        var (outcome, name) = terms.ContainsKey("at") ? (ConditionOutcome.At, "at") : terms.ContainsKey("not-before") ? (ConditionOutcome.NotBefore, "not-before") : (ConditionOutcome.Never, null);
        if (name is null && terms.ContainsKey("never") && !YesNo("never", true))
        {
            faults.Add(new("never", terms["never"], "yes, or left out"));
        }

        return new(Required<CompanyId>("company"), RequiredText("milestone"), outcome, name is null ? null : Required<Instant>(name));
    }

    public string RequiredText(string name)
    {
        if (terms.GetValueOrDefault(name) is { Length: > 0 } text)
        {
            return text;
        }

        faults.Add(new(name, terms.GetValueOrDefault(name), "said"));
        return "";
    }

    public ValueList<string> Names(string name) => [.. Texts(name).Select(text => text.Trim()).Distinct(StringComparer.Ordinal)];

    /// <summary>From 0 to 1, else 0.</summary>
    public decimal Share(string name) => terms.ContainsKey(name) ? Percent(name, number => number is >= 0 and <= 1, "a share from 0 to 1, such as 0.4 or 40%") : 0;

    /// <summary><c>2026-12-31=300 USD|2027-12-31=600 USD</c>.</summary>
    public ValueList<PathPoint<T>> Path<T>(string name)
        where T : struct, IValue<T>
    {
        var points = new List<PathPoint<T>>();
        foreach (var part in terms.GetValueOrDefault(name)?.Split('|') ?? [])
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && Instant.TryParse(part[..at], out var time) && T.TryParse(part[(at + 1)..], out var value) && IsAboveZero(value))
            {
                points.Add(new(time, value));
            }
            else
            {
                faults.Add(new(name, part, $"a date and what holds from it on, such as 2026-12-31=600 USD: above 0, and {T.Rule}"));
            }
        }

        if (!terms.ContainsKey(name))
        {
            faults.Add(new(name, null, "said: dates and what holds from each on, such as 2026-12-31=600 USD|2027-12-31=700 USD"));
        }

        foreach (var twice in points.GroupBy(point => point.At).Where(group => group.Skip(1).Any()))
        {
            faults.Add(new(name, twice.Key.ToString(), "a date that stands once"));
        }

        return [.. points];
    }

    public T RequiredWord<T>(string name)
        where T : struct, Enum
    {
        if (terms.ContainsKey(name))
        {
            return Word<T>(name) ?? default;
        }

        faults.Add(new(name, null, $"one of {WordsOf<T>()}"));
        return default;
    }

    public bool YesNo(string name, bool otherwise)
    {
        switch (terms.GetValueOrDefault(name))
        {
            case null:
                return otherwise;
            case "yes" or "true":
                return true;
            case "no" or "false":
                return false;
            case var other:
                faults.Add(new(name, other, "yes or no"));
                return otherwise;
        }
    }

    /// <summary>A plain number, or one in per cent.</summary>
    public decimal Factor(string name) => Percent(name, number => number > 0, "a number above 0, such as 0.6 or 60%", 1m);

    private decimal Percent(string name, Func<decimal, bool> fits, string rule, decimal otherwise = 0)
    {
        var text = terms.GetValueOrDefault(name);
        var (digits, unit) = text is { Length: > 1 } && text.EndsWith('%') && (char.IsAsciiDigit(text[^2]) || text[^2] == '.') ? (text[..^1], 0.01m) : (text, 1m);
        if (Numbers.TryParse(digits, out var number) && fits(number * unit))
        {
            return number * unit;
        }

        faults.Add(new(name, text, rule));
        return otherwise;
    }

    /// <summary>Years, quarters, months and days, such as <c>12M</c>, <c>-2Q</c>, <c>1Y6M</c> or <c>90D</c>.</summary>
    public (int Months, int Days) Span(string name)
    {
        var text = terms.GetValueOrDefault(name);
        if (text is not null && CalendarSpan.TryParse(text, out var span))
        {
            return span;
        }

        faults.Add(new(name, text, "a span such as 12M, -2Q, 1Y6M or 90D"));
        return default;
    }

    public T Required<T>(string name)
        where T : struct, IValue<T>
    {
        if (T.TryParse(terms.GetValueOrDefault(name), out var value))
        {
            return value;
        }

        faults.Add(new(name, terms.GetValueOrDefault(name), T.Rule));
        return default;
    }

    /// <summary>A bare date is the end of its day.</summary>
    public Instant RequiredEnd(string name)
    {
        var instant = Required<Instant>(name);
        return terms.GetValueOrDefault(name) is { Length: 10 } ? instant.EndOfDay() : instant;
    }

    public T? Optional<T>(string name)
        where T : struct, IValue<T> => terms.ContainsKey(name) ? Required<T>(name) : null;

    private ValueList<T> List<T>(string name)
        where T : struct, IValue<T>
    {
        if (!terms.TryGetValue(name, out var text))
        {
            return [];
        }

        var values = new List<T>();
        foreach (var part in text.Split('|'))
        {
            if (T.TryParse(part, out var value))
            {
                values.Add(value);
            }
            else
            {
                faults.Add(new(name, part, T.Rule));
            }
        }

        return [.. values];
    }

    private ValueList<string> Types()
    {
        var types = Texts("type");
        foreach (var type in types.Where(type => !EditTerms.EventTypes.Contains(type)))
        {
            faults.Add(new("type", type, $"a type of event such as purchase-paid{Files.Spelling.Hint(type, EditTerms.EventTypes)}"));
        }

        return types;
    }

    private T? Word<T>(string name)
        where T : struct, Enum
    {
        var words = Words<T>(name);
        if (words.Count > 1)
        {
            faults.Add(new(name, terms[name], $"one of {WordsOf<T>()}, and one alone"));
        }

        return words is [var word, ..] ? word : null;
    }

    private ValueList<T> Words<T>(string name)
        where T : struct, Enum
    {
        var words = new List<T>();
        foreach (var text in Texts(name))
        {
            if (Array.FindIndex(Enum.GetNames<T>(), word => JsonNamingPolicy.KebabCaseLower.ConvertName(word) == text) is >= 0 and var at)
            {
                words.Add(Enum.GetValues<T>()[at]);
            }
            else
            {
                faults.Add(new(name, text, $"one of {WordsOf<T>()}"));
            }
        }

        return [.. words];
    }

    private static string WordsOf<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName));

    private ValueList<string> Texts(string name)
    {
        if (!terms.TryGetValue(name, out var texts))
        {
            return [];
        }

        if (texts.Split('|').Contains(""))
        {
            faults.Add(new(name, texts, "values with a bar between each two"));
        }

        return [.. texts.Split('|')];
    }

    private void OneOf(params string[] names)
    {
        if (names.Count(terms.ContainsKey) != 1)
        {
            faults.Add(new(names[0], terms.GetValueOrDefault(names[0]), $"said alone of {string.Join(", ", names)}: just one of them"));
        }
    }

    private static bool IsAboveZero<T>(T value) => value switch
    {
        Money money => money.IsPositive,
        Quantity quantity => quantity.Value > 0,
        _ => true,
    };

    /// <summary><c>4..10</c>, <c>4..</c>, <c>..3</c>, or names as they are.</summary>
    private (int? First, int? Last, ValueList<string> Names) Tranches()
    {
        if (!terms.TryGetValue("tranche", out var text))
        {
            return (null, null, []);
        }

        if (!text.Contains("..", StringComparison.Ordinal))
        {
            return (null, null, Texts("tranche"));
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
