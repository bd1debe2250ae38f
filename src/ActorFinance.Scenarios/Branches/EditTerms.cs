namespace ActorFinance.Scenarios.Branches;

/// <summary>A term of an edit as it was written, such as <c>deal</c> and <c>NVDA-OAI-LOI</c>. Several values are separated by <c>|</c>.</summary>
public sealed record EditTerm(string Name, string Value);

/// <summary>A term that no edit can be made of; a null value: it is missing. The rule follows "must be".</summary>
public sealed record EditFault(string Name, string? Value, string Rule)
{
    /// <summary>There is no term of that name, whatever it says.</summary>
    public bool IsOfName { get; init; }

    /// <summary>Where it stands.</summary>
    internal Files.Place PlaceIn(Files.NodeMember terms) => terms.Value.Find(Name) is not { } term ? terms.Place : IsOfName ? term.Place : term.Value.Place;
}

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
            faults.Add(new(term.Name, term.Name, $"one of the terms of '{operation}': {string.Join(", ", names)}{Files.Spelling.Hint(term.Name, names)}") { IsOfName = true });
        }

        foreach (var twice in terms.GroupBy(term => term.Name).Where(group => group.Skip(1).Any()))
        {
            faults.Add(new(twice.Key, twice.Last().Value, "stated once (several values: a|b)"));
        }

        if (faults.Count > before)
        {
            return null;
        }

        var reading = new EditTermReading(operation, terms.ToDictionary(term => term.Name, term => term.Value), faults);
        var values = reading.Values;
        Edit? edit = operation switch
        {
            "drop" => new Edit.Drop(reading.Selector(), values.YesNo("linked", true)),
            "scale" => new Edit.Scale(reading.Selector(), values.Factor("by"), values.YesNo("linked", false)),
            "shift" => Shift(reading),
            "split" => new Edit.SplitInKind(reading.Selector(), values.Factor("in-kind")),
            "replace" => reading.Replace(commands ?? []),
            "merge" => new Edit.Merge(reading.Selector()),
            "substitute" => new Edit.Substitution(reading.Selector(), values.RequiredWord<Substitute>("by")),
            "set-valuation" => reading.SetValuation(),
            "set-price" => new Edit.SetPrice(values.Required<CompanyId>("company"), values.Optional<ShareClassId>("class") ?? Value.Parse<ShareClassId>("common"), values.Path<Money>(Path)),
            "set-rate" => reading.SetRate(),
            "set-condition" => reading.SetCondition(),
            "delay" => Delay(reading),
            "call" => new Edit.CallOn(values.Required<GuaranteeId>("guarantee"), values.Required<Instant>("at")),
            "default" => new Edit.Default(values.Required<CompanyId>("company"), values.Required<Instant>("at"), values.Share("recovery"), values.Names("senior"), values.Names("junior")),
            "freeze" => new Edit.Freeze(values.Required<CompanyId>("company"), values.Required<Instant>("at")),
            "truncate" => new Edit.Truncate(values.RequiredEnd("after")),
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
            faults.Add(new(term.Name, term.Name, $"one of the terms that select events: {string.Join(", ", Selecting)}{Files.Spelling.Hint(term.Name, Selecting)}") { IsOfName = true });
        }

        if (faults.Count > before)
        {
            return null;
        }

        var selector = new EditTermReading("select", terms.ToDictionary(term => term.Name, term => term.Value), faults).Selector();
        return faults.Count > before ? null : selector;
    }

    private static Edit.Shift Shift(EditTermReading reading)
    {
        var (months, days) = reading.Values.Span("by");
        return new(reading.Selector(), months, days, reading.Values.YesNo("linked", true));
    }

    private static Edit.DelayMilestone Delay(EditTermReading reading)
    {
        var (months, days) = reading.Values.Span("by");
        return new(reading.Values.Required<CompanyId>("company"), reading.Values.RequiredText("milestone"), months, days);
    }
}
