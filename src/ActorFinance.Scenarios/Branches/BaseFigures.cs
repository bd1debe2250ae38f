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
    public static FigureQuestion Everything { get; } = new([FigureFamily.Cash, FigureFamily.Ownership, FigureFamily.Commitments, FigureFamily.Circular], Firmness.Paid, FlowOptions.Default);

    /// <summary>Whether any family is of the whole book.</summary>
    internal bool AsksWhole => Families.Any(family => family is not (FigureFamily.Cash or FigureFamily.Ownership));
}

/// <summary>
/// The figures of a base, kept so that those of its branches are worked out from what they touch: cash accounts and share registers
/// with marks along them. Made once for all branches and times; what is of the whole book is worked out for each time that is asked for.
/// </summary>
public sealed class BaseFigures
{
    private readonly Lazy<Dictionary<CompanyId, int>> _mentions;
    private readonly Lazy<CashMarks> _cash;
    private readonly Lazy<Book> _book;
    private readonly Dictionary<CompanyId, RegisterMarks> _registers = [];
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
    }

    public BranchBase Base { get; }

    internal CashMarks Cash => _cash.Value;

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

    /// <summary>Of the families that are of the whole book; and, where the circular measures have none (a rate is missing), why.</summary>
    internal (Dictionary<FigureKey, FigureValue> Values, string? Missing) WholeAt(Instant asOf, FigureQuestion question)
    {
        lock (_wholes)
        {
            if (!_wholes.TryGetValue((asOf, question), out var whole))
            {
                _wholes.Add((asOf, question), whole = WholeOf(_book.Value, asOf, question));
            }

            return whole;
        }
    }

    internal static (Dictionary<FigureKey, FigureValue> Values, string? Missing) WholeOf(Book book, Instant asOf, FigureQuestion question)
    {
        var (values, missing, cut) = (new Dictionary<FigureKey, FigureValue>(), (string?)null, new Cut(asOf, AsKnown.All));
        if (question.Families.Contains(FigureFamily.Commitments))
        {
            Add(values, BookFigures.OfCommitments(book.At(cut)));
        }

        if (question.Families.Contains(FigureFamily.Burn))
        {
            Add(values, BookFigures.OfBurn(book.At(cut)));
        }

        if (question.Families.Contains(FigureFamily.Receivables))
        {
            Add(values, BookFigures.OfReceivables(book.At(cut)));
        }

        if (question.Families.Contains(FigureFamily.Circular))
        {
            // What is due later counts too where it was asked for: its window does not end with what has happened.
            var window = question.Firmness == Firmness.Paid ? FlowWindow.Everything with { To = asOf } : FlowWindow.Everything;
            var circle = CircularView.At(new CircularFlowIndex(book).Publish(), cut, window, question.Firmness, question.Flows);
            Add(values, circle.Value is { } answer ? BookFigures.OfCircle(answer) : []);
            missing = circle.Error?.Message;
        }

        return (values, missing);
    }

    internal static void Add(Dictionary<FigureKey, FigureValue> to, IEnumerable<KeyValuePair<FigureKey, FigureValue>> figures)
    {
        foreach (var (key, value) in figures)
        {
            to[key] = value;
        }
    }
}
