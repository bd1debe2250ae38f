using ActorFinance.Analysis;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Which figures are compared, and how.</summary>
/// <param name="Families">See <see cref="FigureFamily"/>.</param>
/// <param name="Firmness">Of the flows that the circular measures take.</param>
/// <param name="Flows">Currency and kinds of these.</param>
public sealed record FigureQuestion(ValueList<FigureFamily> Families, Firmness Firmness, FlowOptions Flows)
{
    /// <summary>All that is asked unless something else is.</summary>
    public static FigureQuestion Everything { get; } = new(
        [FigureFamily.Cash, FigureFamily.Ownership, FigureFamily.Commitments, FigureFamily.Circular, FigureFamily.Network, FigureFamily.Traced], Firmness.Paid, FlowOptions.Default);

    /// <summary>Whether the circle is of the whole book: what is promised has no sums that could be kept.</summary>
    internal bool AsksWholeCircle => AsksCircle && Firmness != Firmness.Paid;

    /// <summary>Whether any family is of the circle.</summary>
    internal bool AsksCircle => Families.Any(family => family is FigureFamily.Circular or FigureFamily.Network or FigureFamily.Traced);

    /// <summary>Where the window of the circular measures starts, not in it.</summary>
    public Instant FlowsFrom { get; init; } = Instant.Minimum;

    internal FlowWindow WindowTo(Instant asOf) => new(FlowsFrom, asOf);
}

/// <summary>
/// The figures of a base, kept so that those of its branches are worked out from what they touch: cash accounts and share registers
/// with marks along them, promises by the events that are about them, sums of flows, and payments with marks where branches part. Made once for all branches and times.
/// </summary>
public sealed class BaseFigures
{
    private const int BurnsKept = 64;

    private readonly Lazy<Dictionary<CompanyId, int>> _mentions;
    private readonly Lazy<CashMarks> _cash;
    private readonly Lazy<Book> _book;
    private readonly Dictionary<CompanyId, RegisterMarks> _registers = [];
    private readonly Lazy<BasePromises> _promises;
    private readonly Lazy<TracedPayments> _payments;
    private readonly Dictionary<FlowWindow, BurnMarks> _burns = [];
    private readonly Dictionary<(Instant, FigureQuestion), BaseCircle> _circles = [];
    private readonly Dictionary<(Instant, FigureQuestion), (Dictionary<FigureKey, FigureValue> Values, string? Missing)> _wholes = [];

    public BaseFigures(BranchBase based)
    {
        Base = based;
        _mentions = new(() =>
        {
            var counts = new Dictionary<CompanyId, int>();
            foreach (var company in based.InFoldOrder.SelectMany(Mentioned))
            {
                counts[company] = counts.GetValueOrDefault(company) + 1;
            }

            return counts;
        });
        _cash = new(() => new(based.InFoldOrder, IsCompany));
        _book = new(() => new(based.InOffsetOrder));
        _promises = new(() => new(based));
        _payments = new(() => new(based.InFoldOrder.SelectMany(recorded => CircularFlow.FlowsOf(recorded, IsCompany)), new(based.OfType(typeof(FxRateRecorded)))));
    }

    public BranchBase Base { get; }

    internal CashMarks Cash => _cash.Value;

    internal BasePromises Promises => _promises.Value;

    internal bool IsCompany(HolderId holder) => holder.AsCompany() is { } company && Mentions(company) > 0;

    /// <summary>How many events come from the company or name it as one.</summary>
    internal int Mentions(CompanyId company) => _mentions.Value.GetValueOrDefault(company);

    internal static IEnumerable<CompanyId> Mentioned(RecordedEvent recorded) => Parties.Of(recorded.Event).Append(recorded.Header.Emitter).Distinct();

    internal RegisterMarks RegisterOf(CompanyId issuer)
    {
        lock (_registers)
        {
            if (!_registers.TryGetValue(issuer, out var register))
            {
                _registers.Add(issuer, register = new(issuer, Base.EmittedBy(issuer)));
            }

            return register;
        }
    }

    /// <summary>What accounts burn in a window; null for no window. So many are kept: where edits move the end of the book, each branch has one of its own.</summary>
    internal BurnMarks? BurnAt(FlowWindow? window)
    {
        lock (_burns)
        {
            if (window is null)
            {
                return null;
            }

            if (_burns.TryGetValue(window, out var burn))
            {
                return burn;
            }

            if (_burns.Count == BurnsKept)
            {
                _burns.Clear();
            }

            _burns.Add(window, burn = new(Cash, window, BookFigures.BurnSpan.Months, IsCompany));
            return burn;
        }
    }

    /// <summary>The sums of the window's paid flows, and what follows from them.</summary>
    internal BaseCircle CircleAt(Instant asOf, FigureQuestion question)
    {
        lock (_circles)
        {
            if (_circles.TryGetValue((asOf, question), out var circle))
            {
                return circle;
            }

            var window = question.WindowTo(asOf);
            var within = Base.Between(window.From, window.To);
            IEnumerable<DatedFlow> Flows() => within.SelectMany(recorded => CircularFlow.FlowsOf(recorded, IsCompany));
            var ledger = new FlowLedger(new(Base.OfType(typeof(FxRateRecorded))), window, question.Flows);
            foreach (var recorded in within)
            {
                ledger.Add(recorded, IsCompany);
            }

            var (matrix, known) = (ledger.ToMatrix(Flows), (NetworkKnown?)null);
            var figures = matrix.Value is { } built ? TouchedCircle.FiguresOf(built, question, () => NetworkCircularity.Of(built, out known)) : [];
            _circles.Add((asOf, question), circle = new(ledger, matrix.Error, figures, known) { Matrix = matrix.Value });
            return circle;
        }
    }

    /// <summary>What follows each dollar of the base; nothing where it has no matrix.</summary>
    /// <param name="circle">Of the base.</param>
    /// <param name="asOf">Up to when.</param>
    /// <param name="question">Which flows.</param>
    /// <param name="parting">When the branch parts that is asked for next.</param>
    /// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; from any thread.</param>
    internal IReadOnlyList<KeyValuePair<FigureKey, FigureValue>> TracedAt(BaseCircle circle, Instant asOf, FigureQuestion question, Instant parting, Action<string, double>? progress) =>
        circle.Matrix is { } matrix
            ? Traced(payments => circle.Traced ??= [.. BookFigures.OfTraces(payments.Of(matrix, question.WindowTo(asOf), question.Flows, parting, progress))])
            : [];

    /// <summary>Asks of the base's payments, one thread after the other.</summary>
    internal T Traced<T>(Func<TracedPayments, T> ask)
    {
        lock (_payments)
        {
            return ask(_payments.Value);
        }
    }

    /// <summary>Of the families that are of the whole book; and, where the circular measures have none (a rate is missing), why.</summary>
    internal (Dictionary<FigureKey, FigureValue> Values, string? Missing) WholeAt(Instant asOf, FigureQuestion question, Action<string, double>? progress = null)
    {
        lock (_wholes)
        {
            if (!_wholes.TryGetValue((asOf, question), out var whole))
            {
                _wholes.Add((asOf, question), whole = WholeOf(_book.Value, asOf, question, progress));
            }

            return whole;
        }
    }

    internal static (Dictionary<FigureKey, FigureValue> Values, string? Missing) WholeOf(Book book, Instant asOf, FigureQuestion question, Action<string, double>? progress = null)
    {
        var (values, missing, cut) = (new Dictionary<FigureKey, FigureValue>(), (string?)null, new Cut(asOf, AsKnown.All));
        if (question.Families.Contains(FigureFamily.Receivables))
        {
            Add(values, BookFigures.OfReceivables(book.At(cut)));
        }

        if (question.AsksWholeCircle)
        {
            // What is due later counts too where it was asked for: its window does not end with what has happened.
            var window = question.WindowTo(question.Firmness == Firmness.Paid ? asOf : Instant.Maximum);
            var circle = CircularView.At(new CircularFlowIndex(book).Publish(), cut, window, question.Firmness, question.Flows, progress);
            Add(values, circle.Value is { } answer ? BookFigures.OfCircle(answer) : []);
            missing = circle.Error?.Message;
        }

        return (values, missing);
    }

    /// <summary>The figures of each on both sides, worked out on all cores and added in order.</summary>
    internal static void AddEach<T>(
        IEnumerable<T> touched,
        Func<T, (IEnumerable<KeyValuePair<FigureKey, FigureValue>> Was, IEnumerable<KeyValuePair<FigureKey, FigureValue>> Now)> figuresOf,
        Dictionary<FigureKey, FigureValue> before,
        Dictionary<FigureKey, FigureValue> after)
    {
        T[] each = [.. touched];
        var found = new (KeyValuePair<FigureKey, FigureValue>[] Was, KeyValuePair<FigureKey, FigureValue>[] Now)[each.Length];
        AllCores.Each(each.Length, i =>
        {
            var (was, now) = figuresOf(each[i]);
            found[i] = ([.. was], [.. now]);
        });
        foreach (var (was, now) in found)
        {
            Add(before, was);
            Add(after, now);
        }
    }

    internal static void Add(Dictionary<FigureKey, FigureValue> to, IEnumerable<KeyValuePair<FigureKey, FigureValue>> figures)
    {
        foreach (var (key, value) in figures)
        {
            to[key] = value;
        }
    }
}

/// <summary>The circle of a base at one time.</summary>
/// <param name="Ledger">Never added to again.</param>
/// <param name="Error">Why there are no figures.</param>
/// <param name="Figures">Those that were asked for.</param>
/// <param name="Known">What the network's solution is good for in a branch; null where it was not asked for.</param>
internal sealed record BaseCircle(FlowLedger Ledger, FlowError? Error, List<KeyValuePair<FigureKey, FigureValue>> Figures, NetworkKnown? Known)
{
    /// <summary>Null where there is an error.</summary>
    public FlowMatrix? Matrix { get; init; }

    /// <summary>What follows each dollar; null until it is asked for.</summary>
    public List<KeyValuePair<FigureKey, FigureValue>>? Traced { get; set; }
}
