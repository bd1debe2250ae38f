using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Agreements.Clock;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>Functions of the state as the companies and the events so far make it.</summary>
internal static class StateFunctions
{
    private const string Anything = "anything";

    private static readonly Dictionary<string, FlowKind> s_kinds = EnumWords.All<FlowKind>()
        .Where(kind => kind.Value != FlowKind.External)
        .ToDictionary(StringComparer.Ordinal);

    public static Compiled Cash(CallReader call)
    {
        var company = call.Company();
        var currency = CurrencyOf(call, company);
        call.End();
        return Asked(ExpressionType.Money(currency), evaluation => ExpressionValue.Money(evaluation.State.Cash(company, currency), currency));
    }

    /// <summary>Cash that came in or went out, by kind; in kind moves none. A window reaches back from now and leaves its first instant out.</summary>
    public static Compiled Flow(CallReader call, bool received)
    {
        var company = call.Company();
        var (offset, word) = call.Word();
        if (word != Anything && !s_kinds.ContainsKey(word) && !EnumWords.All<ExternalCategory>().ContainsKey(word))
        {
            string[] names = [Anything, .. s_kinds.Keys, .. EnumWords.All<ExternalCategory>().Keys];
            throw new ExpressionFaultException(offset, word, $"one of {string.Join(", ", names)}{Spelling.Hint(word, names)}");
        }

        var other = call.CompanyAfter(received ? "from" : "to");
        var window = call.After("last", ValueKind.Duration);
        call.End();
        var currency = call.Scope.Companies[company.Value];
        FlowKind? kind = s_kinds.TryGetValue(word, out var between) ? between : EnumWords.All<ExternalCategory>().ContainsKey(word) ? FlowKind.External : null;
        ExternalCategory? category = EnumWords.All<ExternalCategory>().TryGetValue(word, out var outside) ? outside : null;
        var question = call.Scope.Questions.Flow(new(received ? FlowDirection.Received : FlowDirection.Spent, company, kind, category, other, currency));
        return Windowed(ExpressionType.Money(currency), question, window, number => ExpressionValue.Money(number, currency), call.Offset);
    }

    public static Compiled Delivered(CallReader call)
    {
        var (seller, buyer) = (call.Company(), call.Company());
        var window = call.After("last", ValueKind.Duration);
        call.End();
        var question = call.Scope.Questions.Flow(new(FlowDirection.Delivered, seller, Kind: null, Category: null, buyer, Currency: null));
        return Windowed(ExpressionType.Ratio, question, window, ExpressionValue.Ratio, call.Offset);
    }

    public static Compiled Stake(CallReader call)
    {
        var (holder, issuer) = (call.Holder(), call.Company());
        call.End();
        return Asked(ExpressionType.Ratio, evaluation => ExpressionValue.Ratio(evaluation.State.StakeOf(holder, issuer)));
    }

    public static Compiled SharesHeld(CallReader call)
    {
        var (holder, issuer) = (call.Holder(), call.Company());
        ShareClassId? of = call.HasMore ? call.Id<ShareClassId>() : null;
        call.End();
        return Asked(ExpressionType.Shares, evaluation => ExpressionValue.Shares(evaluation.State.SharesOf(holder, issuer, of)));
    }

    public static Compiled OutstandingShares(CallReader call)
    {
        var issuer = call.Company();
        call.End();
        return Asked(ExpressionType.Shares, evaluation => ExpressionValue.Shares(evaluation.State.OutstandingShares(issuer)));
    }

    public static Compiled Price(CallReader call)
    {
        var issuer = call.Company();
        ShareClassId? of = call.HasMore ? call.Id<ShareClassId>() : null;
        var offset = call.Offset;
        call.End();
        call.Scope.Questions.Priced.Add(issuer);
        return Asked(ExpressionType.Money(call.Scope.Companies[issuer.Value]), evaluation =>
            evaluation.State.PriceOf(issuer, of) is { } price
                ? ExpressionValue.Money(price.Amount, price.Currency)
                : throw new ExpressionFaultException(offset, $"price({issuer})", $"asked for once a price is recorded; none is at {evaluation.Now}"));
    }

    /// <summary>What is left of one commitment, of those under one deal, or of all in the company's currency; nothing when there is none.</summary>
    public static Compiled Outstanding(CallReader call)
    {
        var company = call.Company();
        var currency = call.Scope.Companies[company.Value];
        CommitmentId? commitment = call.HasMore ? call.Id<CommitmentId>() : null;
        DealId? deal = call.After("deal") switch
        {
            null => null,
            Syntax.Literal { Value: { Kind: ValueKind.Text, Words: { } text } } when DealId.TryParse(text, out var id) => id,
            Syntax.Name name when DealId.TryParse(name.Text, out var id) => id,
            var other => throw call.Misused(other.Offset),
        };
        call.End();
        return Asked(ExpressionType.Money(currency), evaluation => ExpressionValue.Money(evaluation.State.Outstanding(company, commitment, deal, currency), currency));
    }

    public static Compiled Owed(CallReader call)
    {
        var (borrower, lender) = (call.Company(), call.Company());
        call.End();
        var currency = call.Scope.Companies[borrower.Value];
        return Asked(ExpressionType.Money(currency), evaluation => ExpressionValue.Money(evaluation.State.Owed(borrower, lender, currency), currency));
    }

    public static Compiled Reached(CallReader call)
    {
        var (company, milestone) = (call.Company(), call.Text());
        call.End();
        return Asked(ExpressionType.Truth, evaluation => ExpressionValue.Truth(evaluation.State.HasReached(company, milestone)));
    }

    public static Compiled Exercisable(CallReader call)
    {
        var (issuer, warrant) = (call.Company(), call.Id<WarrantId>());
        call.End();
        return Asked(ExpressionType.Shares, evaluation => ExpressionValue.Shares(evaluation.State.Exercisable(issuer, warrant)));
    }

    public static Compiled Available(CallReader call)
    {
        var (guarantor, guarantee) = (call.Company(), call.Id<GuaranteeId>());
        call.End();
        var currency = call.Scope.Companies[guarantor.Value];
        return Asked(ExpressionType.Money(currency), evaluation => ExpressionValue.Money(evaluation.State.Available(guarantor, guarantee, currency), currency));
    }

    private static Currency CurrencyOf(CallReader call, CompanyId company) => call.HasMore ? call.Id<Currency>() : call.Scope.Companies[company.Value];

    private static Compiled Asked(ExpressionType type, Evaluator of) => new(type, of, 1);

    private static Compiled Windowed(ExpressionType type, int question, Compiled? window, Func<decimal, ExpressionValue> made, int offset) =>
        window is null
            ? Asked(type, evaluation => made(evaluation.State.Flows.Total(question)))
            : new(type, evaluation =>
            {
                var span = window.Of(evaluation);
                var start = CalendarUnit.Add(evaluation.Now, -span.Months, -span.Number) ?? Instant.Minimum;
                return start <= evaluation.Now
                    ? made(evaluation.State.Flows.After(question, start))
                    : throw new ExpressionFaultException(offset, $"last {span}", "a window that reaches back");
            }, window.Size + 1);
}
