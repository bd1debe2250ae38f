using ActorFinance.Analysis.Ownership;
using System.Globalization;
using System.Text.Json;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>A term of an edit as it was written, such as <c>deal</c> and <c>NVDA-OAI-LOI</c>. Several values are separated by <c>|</c>.</summary>
public sealed record EditTerm(string Name, string Value);

/// <summary>A term that no edit can be made of; a null value: it is missing. The rule follows "must be".</summary>
public sealed record EditFault(string Name, string? Value, string Rule);

/// <summary>Edits as people write them: an operation and its terms, the same on the command line and in a file.</summary>
public static class EditTerms
{
    /// <summary>The terms that select events.</summary>
    internal static readonly string[] Selecting = ["event", "deal", "company", "payer", "payee", "type", "kind", "item", "milestone", "leg", "tranche", "from", "to", "known-from", "known-to", "firmness", "confidence"];

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["drop"] = [.. Selecting, "linked"],
        ["scale"] = [.. Selecting, "linked", "by"],
        ["shift"] = [.. Selecting, "linked", "by"],
        ["replace"] = [.. Selecting, "linked", "amount", "at", With],
        ["split"] = [.. Selecting, "in-kind"],
        ["merge"] = Selecting,
        ["substitute"] = [.. Selecting, "by"],
        ["set-valuation"] = [.. Selecting, "growth", "by", "pre-money", "anti-dilution", "protects"],
        ["set-price"] = ["company", "class", Path],
        ["set-rate"] = ["pair", "by", Path],
        ["set-condition"] = ["company", "milestone", "at", "not-before", "never"],
        ["delay"] = ["company", "milestone", "by"],
        ["call"] = ["guarantee", "at"],
        ["default"] = ["company", "at", "recovery", "senior", "junior"],
        ["freeze"] = ["company", "at"],
        ["truncate"] = ["after"],
    };

    /// <summary>The operations that terms can express, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> Operations { get; } = [.. Names.Keys];

    /// <summary>All that an operation takes.</summary>
    internal static IReadOnlyList<string> NamesOf(string operation) => Names[operation];

    /// <summary>Whether a term of an operation takes several values.</summary>
    internal static bool TakesSeveral(string operation, string name) => name switch
    {
        "event" or "deal" or "type" or "kind" or "leg" or "tranche" or "pre-money" or "protects" or "senior" or "junior" or Path => true,
        "company" => Names[operation].Contains("payer"),
        _ => false,
    };

    /// <summary>The types of events, as their manifests have them.</summary>
    internal static IReadOnlyList<string> EventTypes { get; } = [.. typeof(CompanyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CompanyEvent))).Select(TypeNames.Of).Order(StringComparer.Ordinal)];

    /// <summary>The term that says what holds from which date on.</summary>
    public const string Path = "path";

    /// <summary>The term of 'replace' that only a file can state: commands.</summary>
    public const string With = "with";

    /// <summary>An edit of these terms, or null with all faults said.</summary>
    /// <param name="operation">One of <see cref="Operations"/>.</param>
    /// <param name="terms">As written.</param>
    /// <param name="faults">Are added to.</param>
    /// <param name="commands">What 'replace' puts in place of what it selects.</param>
    public static Edit? Parse(string operation, IReadOnlyList<EditTerm> terms, List<EditFault> faults, ValueList<CommandEnvelope>? commands = null)
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
            "replace" => reading.Replace(commands ?? []),
            "merge" => new Edit.Merge(reading.Selector()),
            "substitute" => new Edit.Substitution(reading.Selector(), reading.RequiredWord<Substitute>("by")),
            "set-valuation" => reading.SetValuation(),
            "set-price" => new Edit.SetPrice(reading.Required<CompanyId>("company"), reading.Optional<ShareClassId>("class") ?? Value.Parse<ShareClassId>("common"), reading.Path<Money>(Path)),
            "set-rate" => reading.SetRate(),
            "set-condition" => reading.SetCondition(),
            "delay" => Delay(reading),
            "call" => new Edit.CallOn(reading.Required<GuaranteeId>("guarantee"), reading.Required<Instant>("at")),
            "default" => new Edit.Default(reading.Required<CompanyId>("company"), reading.Required<Instant>("at"), reading.Share("recovery"), reading.Names("senior"), reading.Names("junior")),
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

    private static Edit.DelayMilestone Delay(Reading reading)
    {
        var (months, days) = reading.Span("by");
        return new(reading.Required<CompanyId>("company"), reading.RequiredText("milestone"), months, days);
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
                faults.Add(new(With, commands.Count == 0 ? null : "commands", "said, a list of commands (in a file), or else 'amount' or 'at'"));
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
            foreach (var type in types.Where(type => !EventTypes.Contains(type)))
            {
                faults.Add(new("type", type, $"a type of event such as purchase-paid{Files.Spelling.Hint(type, EventTypes)}"));
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
}
