namespace ActorFinance.Scenarios.Branches;

/// <summary>The terms of one edit as the values that they are; what they are not is added to the faults.</summary>
internal sealed class TermValues(Dictionary<string, string> terms, List<EditFault> faults)
{
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

    public decimal Percent(string name, Func<decimal, bool> fits, string rule, decimal otherwise = 0)
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

    public ValueList<T> List<T>(string name)
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

    public T? Word<T>(string name)
        where T : struct, Enum
    {
        var words = Words<T>(name);
        if (words.Count > 1)
        {
            faults.Add(new(name, terms[name], $"one of {WordsOf<T>()}, and one alone"));
        }

        return words is [var word, ..] ? word : null;
    }

    public ValueList<T> Words<T>(string name)
        where T : struct, Enum
    {
        var words = new List<T>();
        foreach (var text in Texts(name))
        {
            if (EnumWords.All<T>().TryGetValue(text, out var word))
            {
                words.Add(word);
            }
            else
            {
                faults.Add(new(name, text, $"one of {WordsOf<T>()}"));
            }
        }

        return [.. words];
    }

    public static string WordsOf<T>()
        where T : struct, Enum => string.Join(", ", EnumWords.All<T>().Keys);

    public ValueList<string> Texts(string name)
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

    private static bool IsAboveZero<T>(T value) => value switch
    {
        Money money => money.IsPositive,
        Quantity quantity => quantity.Value > 0,
        _ => true,
    };
}
