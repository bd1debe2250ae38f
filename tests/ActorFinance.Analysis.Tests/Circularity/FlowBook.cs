using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>
/// A book from text: <c>nvidia -> openai 30 investment</c>, a flow a line; <c>outside</c> as either end with a category; optionally an amount
/// with currency (<c>30EUR</c>) and a date in front, else each line is a day of 2026 of its own.
/// </summary>
internal static class FlowBook
{
    public const string Ring = """
        outside -> nvidia 60 opening
        outside -> openai 40 opening
        outside -> oracle 10 opening
        nvidia -> openai 30 investment
        openai -> oracle 35 purchase
        oracle -> nvidia 25 purchase
        openai -> nvidia 5 purchase
        nvidia -> coreweave 2 investment
        coreweave -> nvidia 3 purchase
        coreweave -> outside 1 opex
        openai -> outside 12 opex
        nvidia -> outside 20 opex
        """;

    public static IReadOnlyList<RecordedEvent> Of(string lines)
    {
        var book = new BookBuilder();
        var day = Instant.Of(2026, 1, 1);
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            var isDated = Instant.TryParse(words[0], out var at);
            words = isDated ? words[1..] : words;
            Add(book, isDated ? at : day, words[0], words[2], Amount(words[3]), words[4]);
            day = new(day.UtcTicks + TimeSpan.TicksPerDay);
        }

        return book.Events;
    }

    /// <summary>The form of an imported cash flow file: <c>effective,from,to,amount,currency,kind</c>.</summary>
    public static IReadOnlyList<RecordedEvent> OfFile(string name)
    {
        var book = new BookBuilder();
        foreach (var row in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", name)).Skip(1).Select(l => l.Split(',')))
        {
            Add(book, BookBuilder.At(row[0]), Party(row[1]), Party(row[2]), BookBuilder.Money($"{row[3]} {row[4]}"), row[5]);
        }

        return book.Events;

        static string Party(string text) => text.Length == 0 ? "outside" : text;
    }

    public static CircularAnswer Answer(string lines, FlowOptions? options = null) => Answer(Of(lines), options);

    public static CircularAnswer Answer(IReadOnlyList<RecordedEvent> events, FlowOptions? options = null)
    {
        var outcome = Outcome(events, options);
        outcome.Error.ShouldBeNull();
        return outcome.Value!;
    }

    public static FlowOutcome<CircularAnswer> Outcome(IReadOnlyList<RecordedEvent> events, FlowOptions? options = null, FlowWindow? window = null) =>
        CircularFlow.Of([.. events.OrderBy(e => e.Key)], new Book(events).IsCompanyNow, window ?? FlowWindow.Everything, options ?? FlowOptions.Default, 0);

    public static CompanyCircularity Of(this CircularAnswer answer, string company) => answer.Companies.Single(c => c.Company.Value == company);

    private static bool IsCompanyNow(this Book book, HolderId holder) => book.IsCompany(holder, AsKnown.All);

    private static Money Amount(string text) => BookBuilder.Money(char.IsAsciiLetterUpper(text[^1]) ? $"{text[..^3]} {text[^3..]}" : $"{text} USD");

    private static void Add(BookBuilder book, Instant at, string from, string to, Money amount, string kind)
    {
        var emitter = BookBuilder.Company(from == "outside" ? to : from);
        CompanyEvent fact = (from, to, kind) switch
        {
            ("outside", _, _) => new ExternalCashReceived(amount, Enum.Parse<ExternalCategory>(kind, ignoreCase: true)),
            (_, "outside", _) => new ExternalCashPaid(amount, Enum.Parse<ExternalCategory>(kind, ignoreCase: true)),
            (_, _, "investment" or "in-kind-investment") =>
                new InvestmentMade(BookBuilder.Company(to), amount, Instrument.NotStated, null, null, null, null, null, kind != "investment"),
            (_, _, "purchase" or "in-kind-purchase") => new PurchasePaid(BookBuilder.Company(to), amount, null, null, null, null, kind != "purchase"),
            (_, _, "refund") => new PurchaseRefunded(BookBuilder.Company(to), amount, null, null, null, false),
            (_, _, "transfer") => new TransferPaid(BookBuilder.Company(to), amount, TransferPurpose.Fee),
            (_, _, "loan") => new LoanDrawn(Value.Parse<LoanId>("l"), BookBuilder.Company(to), amount, null, null, null, null),
            _ => throw new ArgumentException($"kind '{kind}'", nameof(kind)),
        };
        book.Add(emitter, at, fact);
    }
}
