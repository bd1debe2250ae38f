using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>What a column of a sampling holds.</summary>
public enum SampledMeasure
{
    /// <summary>A figure of the scenario at one instant.</summary>
    Figure = 1,

    /// <summary>The lowest cash of a company from the start of the clock on.</summary>
    LowestCash = 2,

    /// <summary>When its cash first was below zero, in UTC ticks; none where it never was.</summary>
    FirstShortfall = 3,

    /// <summary>Any other figure of the book at the end, by name: <c>stake: nvidia in openai</c>, <c>finnCyclingIndex</c>.</summary>
    BookFigure = 4,

    /// <summary>1 where the run stopped before its end, else 0.</summary>
    Stopped = 5,
}

/// <summary>A column: its name, its instant where it has one, and its unit (a currency; null for a bare number or a ratio).</summary>
public sealed record SampledColumn(SampledMeasure Measure, string Name, Instant? At, string? Unit, bool IsRatio);

/// <summary>
/// One question asked of many runs of a scenario, each with other parameters: figures at the ends of periods, the lowest cash and first shortfall of each
/// company, and figures of the whole book at the end. A run is a pure function of its parameters, so the answer is the same on any number of workers.
/// </summary>
public sealed class MonteCarlo
{
    private readonly Simulation _simulation;
    private readonly History _history;
    private readonly Instant _end;
    private readonly List<(CompanyId Company, Currency Currency, decimal Opening)> _accounts;
    private readonly Dictionary<(CompanyId, Currency), int> _accountOf;
    private readonly List<FigureKey> _bookFigures;
    private readonly HashSet<HolderId> _companies;

    private MonteCarlo(Simulation simulation, History history, IReadOnlyList<Instant> times, Instant end, IReadOnlyList<FigureKey> bookFigures)
    {
        (_simulation, _history, _end, Times, _bookFigures) = (simulation, history, end, times, [.. bookFigures]);
        _companies = [.. simulation.Companies.Select(HolderId.Of)];
        _accounts = Accounts();
        _accountOf = _accounts.Select((account, i) => ((account.Company, account.Currency), i)).ToDictionary(pair => pair.Item1, pair => pair.i);
        Columns =
        [
            .. simulation.Figures.SelectMany((name, i) => times.Select(at => FigureColumn(name, simulation.FigureTypes[i], at))),
            .. _accounts.Select(account => new SampledColumn(SampledMeasure.LowestCash, account.Company.Value, null, account.Currency.Code, false)),
            .. _accounts.Select(account => new SampledColumn(SampledMeasure.FirstShortfall, account.Company.Value, null, account.Currency.Code, false)),
            .. bookFigures.Select(key => new SampledColumn(SampledMeasure.BookFigure, Name(key), end, key.Unit, key.Unit is null && key.Measure != "sharesOutstanding")),
            new(SampledMeasure.Stopped, "stopped", null, null, false),
        ];
    }

    public IReadOnlyList<SampledColumn> Columns { get; }

    /// <summary>When figures are read: the ends of periods, and the end of the clock.</summary>
    public IReadOnlyList<Instant> Times { get; }

    /// <summary>The question, or the rule that a named figure breaks.</summary>
    /// <param name="simulation">The scenario.</param>
    /// <param name="history">What it was read against.</param>
    /// <param name="step">The periods whose ends are read.</param>
    /// <param name="end">The last instant of the clock.</param>
    /// <param name="figures">More figures of the book, as the table of a what-if names them: <c>measure</c> or <c>measure: of</c>.</param>
    /// <param name="rule">Null, or which name is no figure and which are.</param>
    public static MonteCarlo? Of(Simulation simulation, History history, SeriesStep step, Instant end, IReadOnlyList<string> figures, out string? rule)
    {
        rule = null;
        var keys = new List<FigureKey>();
        if (figures.Count > 0)
        {
            var known = BookFigures.Of(simulation.Run(until: end).BookAfter(history), new(end, AsKnown.All), Firmness.Paid, FlowOptions.Default).Values.Keys.ToList();
            foreach (var name in figures)
            {
                if (known.FirstOrDefault(key => Name(key) == name) is not { } key)
                {
                    var near = known.Select(Name).Where(one => one.StartsWith(name.Split(':')[0], StringComparison.Ordinal)).DefaultIfEmpty(string.Join(", ", BookFigures.Measures)).Take(8);
                    rule = $"'{name}' must be a figure of the book, such as {string.Join(", ", near)}{Files.Spelling.Hint(name, known.Select(Name))}";
                    return null;
                }

                keys.Add(key);
            }
        }

        var times = new List<Instant>();
        for (var at = step.EndOf(new(simulation.Start.UtcTicks + 1)); at < end; at = step.EndOf(new(at.UtcTicks + 1)))
        {
            times.Add(at);
        }

        return new(simulation, history, [.. times, end], end, keys);
    }

    /// <summary>Fills a row with one run's figures. A run that stops early has none but that it did.</summary>
    public void Sample(ParameterValues parameters, Span<decimal> cells, CancellationToken cancellation = default)
    {
        var run = _simulation.Run(parameters, _end, Times, cancellation: cancellation);
        cells[^1] = run.Fault is null ? 0 : 1;
        if (run.Fault is not null)
        {
            return;
        }

        Figures(run, cells);
        Cash(run, cells[(_simulation.Figures.Count * Times.Count)..]);
        if (_bookFigures.Count > 0)
        {
            var after = BookFigures.Of(run.BookAfter(_history), new(_end, AsKnown.All), Firmness.Paid, FlowOptions.Default).Values;
            for (var i = 0; i < _bookFigures.Count; i++)
            {
                cells[^(_bookFigures.Count + 1 - i)] = after.GetValueOrDefault(_bookFigures[i]) switch
                {
                    FigureValue.Amount amount => amount.Value,
                    FigureValue.Ratio { Value: { } ratio } => (decimal)ratio,
                    FigureValue.Time { Value: { } time } => time.UtcTicks,
                    _ => SampleTable.None,
                };
            }
        }
    }

    private static SampledColumn FigureColumn(string name, ExpressionType type, Instant at) => new(
        SampledMeasure.Figure,
        name,
        at,
        type.Kind switch { ValueKind.Money => type.Currency?.Code, ValueKind.Shares => "shares", _ => null },
        IsRatio: false);

    private static string Name(FigureKey key) => key.Of == BookFigures.EveryCompany ? key.Measure : $"{key.Measure}: {key.Of}";

    private void Figures(SimulationRun run, Span<decimal> cells)
    {
        var at = 0;
        foreach (var reading in run.Readings)
        {
            while (at < Times.Count && Times[at] < reading.At)
            {
                at++;
            }

            if (at < Times.Count && Times[at] == reading.At)
            {
                for (var figure = 0; figure < reading.Values.Count; figure++)
                {
                    cells[(figure * Times.Count) + at] = reading.Values[figure]?.Number ?? SampleTable.None;
                }
            }
        }
    }

    /// <summary>The lowest cash and the first shortfall of each account, after each event.</summary>
    private void Cash(SimulationRun run, Span<decimal> cells)
    {
        var cash = _accounts.Select(account => account.Opening).ToArray();
        var moved = new bool[cash.Length];
        for (var i = 0; i < cash.Length; i++)
        {
            cells[i] = cash[i] == 0 ? SampleTable.None : cash[i];
        }

        foreach (var generated in run.Events)
        {
            foreach (var change in CashChange.Of(generated.Envelope, _companies.Contains))
            {
                if (!_accountOf.TryGetValue((change.Company, change.Currency), out var i))
                {
                    continue;
                }

                cash[i] += change.Net;
                cells[i] = cells[i] == SampleTable.None ? cash[i] : Math.Min(cells[i], cash[i]);
                if (cash[i] < 0 && !moved[i])
                {
                    moved[i] = true;
                    cells[_accounts.Count + i] = generated.Envelope.Header.EffectiveAt.UtcTicks;
                }
            }
        }
    }

    /// <summary>Each company in its own currency, with the cash it has when the clock starts.</summary>
    private List<(CompanyId Company, Currency Currency, decimal Opening)> Accounts()
    {
        var opening = _history.Recorded
            .SelectMany(recorded => CashChange.Of(recorded.Envelope, _companies.Contains))
            .GroupBy(change => (change.Company, change.Currency))
            .ToDictionary(changes => changes.Key, changes => changes.Sum(change => change.Net));
        var currencies = _history.Currencies.ToDictionary();
        foreach (var command in _simulation.Book.Commands)
        {
            if (command.Envelope.Command is RegisterCompany register)
            {
                currencies.TryAdd(command.Envelope.Company, register.Currency);
            }
        }

        return
        [
            .. currencies
                .Select(company => (company.Key, company.Value))
                .Union(opening.Keys)
                .Order()
                .Select(account => (account.Item1, account.Item2, opening.GetValueOrDefault(account))),
        ];
    }
}
