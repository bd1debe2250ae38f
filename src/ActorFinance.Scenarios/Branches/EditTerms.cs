using System.Globalization;

namespace ActorFinance.Scenarios.Branches;

/// <summary>A term of an edit as it was written, such as <c>deal</c> and <c>NVDA-OAI-LOI</c>. Several values are separated by <c>|</c>.</summary>
public sealed record EditTerm(string Name, string Value);

/// <summary>A term that no edit can be made of; a null value: it is missing. The rule follows "must be".</summary>
public sealed record EditFault(string Name, string? Value, string Rule);

/// <summary>Edits as people write them: an operation and its terms, the same on the command line and in a file.</summary>
public static class EditTerms
{
    private static readonly string[] Selecting = ["event", "deal", "company", "payer", "payee", "type", "item", "milestone", "tranche", "from", "to", "firmness", "confidence"];

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["drop"] = [.. Selecting, "linked"],
        ["scale"] = [.. Selecting, "linked", "by"],
        ["shift"] = [.. Selecting, "linked", "by"],
        ["split"] = [.. Selecting, "in-kind"],
        ["default"] = ["company", "at"],
        ["freeze"] = ["company", "at"],
        ["truncate"] = ["after"],
    };

    /// <summary>The operations that terms can express, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> Operations { get; } = [.. Names.Keys];

    /// <summary>An edit of these terms, or null with all faults said.</summary>
    public static Edit? Parse(string operation, IReadOnlyList<EditTerm> terms, List<EditFault> faults)
    {
        var before = faults.Count;
        var names = Names[operation];
        foreach (var term in terms.Where(term => !names.Contains(term.Name)))
        {
            faults.Add(new(term.Name, term.Name, $"one of the terms of '{operation}': {string.Join(", ", names)}{Files.Spelling.Hint(term.Name, names)}"));
        }

        foreach (var twice in terms.GroupBy(term => term.Name).Where(group => group.Skip(1).Any()))
        {
            faults.Add(new(twice.Key, twice.Last().Value, "stated once (several values: a|b)"));
        }

        if (faults.Count > before)
        {
            return null;
        }

        var reading = new Reading(operation, terms.ToDictionary(term => term.Name, term => term.Value), faults);
        Edit? edit = operation switch
        {
            "drop" => new Edit.Drop(reading.Selector(), reading.YesNo("linked", true)),
            "scale" => new Edit.Scale(reading.Selector(), reading.Factor("by"), reading.YesNo("linked", false)),
            "shift" => Shift(reading),
            "split" => new Edit.SplitInKind(reading.Selector(), reading.Factor("in-kind")),
            "default" => new Edit.Default(reading.Required<CompanyId>("company"), reading.Required<Instant>("at")),
            "freeze" => new Edit.Freeze(reading.Required<CompanyId>("company"), reading.Required<Instant>("at")),
            "truncate" => new Edit.Truncate(reading.RequiredEnd("after")),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "no such operation"),
        };
        return faults.Count > before ? null : edit;
    }

    /// <summary>Terms that select events and nothing else: what triggers an agreement. Null with all faults said.</summary>
    public static EventSelector? ParseSelector(IReadOnlyList<EditTerm> terms, List<EditFault> faults)
    {
        var before = faults.Count;
        foreach (var term in terms.Where(term => !Selecting.Contains(term.Name)))
        {
            faults.Add(new(term.Name, term.Name, $"one of the terms that select events: {string.Join(", ", Selecting)}{Files.Spelling.Hint(term.Name, Selecting)}"));
        }

        if (faults.Count > before)
        {
            return null;
        }

        var selector = new Reading("select", terms.ToDictionary(term => term.Name, term => term.Value), faults).Selector();
        return faults.Count > before ? null : selector;
    }

    private static Edit.Shift Shift(Reading reading)
    {
        var (months, days) = reading.Span("by");
        return new(reading.Selector(), months, days, reading.YesNo("linked", true));
    }

    private sealed class Reading(string operation, Dictionary<string, string> terms, List<EditFault> faults)
    {
        public EventSelector Selector()
        {
            if (!terms.Keys.Any(name => Selecting.Contains(name)))
            {
                faults.Add(new("deal", null, $"said, or another term that selects what to {operation}: {string.Join(", ", Selecting)}"));
            }

            var (first, last, tranches) = Tranches();
            return new()
            {
                Events = List<EventId>("event"),
                Deals = List<DealId>("deal"),
                Companies = List<CompanyId>("company"),
                Payer = Optional<CompanyId>("payer"),
                Payee = Optional<CompanyId>("payee"),
                Types = terms.TryGetValue("type", out var types) ? [.. types.Split('|')] : [],
                Item = terms.GetValueOrDefault("item"),
                Milestone = terms.GetValueOrDefault("milestone"),
                Tranches = tranches,
                FirstTranche = first,
                LastTranche = last,
                From = Optional<Instant>("from"),
                To = terms.ContainsKey("to") ? RequiredEnd("to") : null,
                Firmness = Word<SelectedFirmness>("firmness"),
                ConfidenceAtMost = Word<Confidence>("confidence"),
            };
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
        public decimal Factor(string name)
        {
            var text = terms.GetValueOrDefault(name);
            var (digits, unit) = text is ['.' or (>= '0' and <= '9'), ..] && text.EndsWith('%') ? (text[..^1], 0.01m) : (text, 1m);
            if (Numbers.TryParse(digits, out var factor) && factor > 0)
            {
                return factor * unit;
            }

            faults.Add(new(name, text, "a number above 0, such as 0.6 or 60%"));
            return 1m;
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

        private T? Optional<T>(string name)
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

        private T? Word<T>(string name)
            where T : struct, Enum
        {
            if (!terms.TryGetValue(name, out var text))
            {
                return null;
            }

            foreach (var value in Enum.GetValues<T>())
            {
                if (value.ToString().ToLowerInvariant() == text)
                {
                    return value;
                }
            }

            faults.Add(new(name, text, $"one of {string.Join(", ", Enum.GetNames<T>().Select(word => word.ToLowerInvariant()))}"));
            return null;
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
                return (null, null, [.. text.Split('|')]);
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
}
