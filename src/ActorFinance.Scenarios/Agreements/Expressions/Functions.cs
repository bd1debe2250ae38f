using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>All functions of the language: what each is called, how it is written, and what makes it.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, (string Form, Func<CallReader, Compiled> Make)> s_all = new(StringComparer.Ordinal)
    {
        ["min"] = ("min(a, b, ...)", call => GeneralFunctions.Extreme(call, largest: false)),
        ["max"] = ("max(a, b, ...)", call => GeneralFunctions.Extreme(call, largest: true)),
        ["abs"] = ("abs(x)", GeneralFunctions.Absolute),
        ["round"] = ("round(x, decimals)", GeneralFunctions.Round),
        ["floor"] = ("floor(ratio)", GeneralFunctions.Floor),
        ["power"] = ("power(ratio, whole number)", GeneralFunctions.Power),
        ["shares"] = ("shares(ratio), or shares(holder, issuer [, class name])", call => call.Count == 1 ? GeneralFunctions.Convert(call, ValueKind.Ratio, ExpressionType.Shares) : StateFunctions.SharesHeld(call)),
        ["ratio"] = ("ratio(shares)", call => GeneralFunctions.Convert(call, ValueKind.Shares, ExpressionType.Ratio)),
        ["year"] = ("year(date)", call => GeneralFunctions.PartOf(call, date => date.Year)),
        ["month"] = ("month(date)", call => GeneralFunctions.PartOf(call, date => date.Month)),
        ["days"] = ("days(date, date)", GeneralFunctions.Days),
        ["previous"] = ("previous(value [, periods])", GeneralFunctions.Previous),
        ["cash"] = ("cash(company [, currency])", StateFunctions.Cash),
        ["received"] = ("received(company, kind [, from company] [, last duration])", call => StateFunctions.Flow(call, received: true)),
        ["spent"] = ("spent(company, kind [, to company] [, last duration])", call => StateFunctions.Flow(call, received: false)),
        ["delivered"] = ("delivered(seller, buyer [, last duration])", StateFunctions.Delivered),
        ["stake"] = ("stake(holder, issuer)", StateFunctions.Stake),
        ["outstanding-shares"] = ("outstanding-shares(issuer)", StateFunctions.OutstandingShares),
        ["price"] = ("price(issuer [, class name])", StateFunctions.Price),
        ["outstanding"] = ("outstanding(company [, 'commitment'] [, deal 'id'])", StateFunctions.Outstanding),
        ["owed"] = ("owed(borrower, lender)", StateFunctions.Owed),
        ["reached"] = ("reached(company, 'milestone')", StateFunctions.Reached),
        ["exercisable"] = ("exercisable(issuer, 'warrant')", StateFunctions.Exercisable),
        ["available"] = ("available(guarantor, 'guarantee')", StateFunctions.Available),
    };

    public static IEnumerable<string> Names => s_all.Keys;

    /// <summary>How each is written, for the page that describes the language.</summary>
    public static IEnumerable<string> Forms => s_all.Values.Select(function => function.Form);

    public static Compiled Compile(ExpressionCompiler compiler, Syntax.Call call) =>
        s_all.TryGetValue(call.Function, out var function)
            ? function.Make(new(compiler, call, function.Form))
            : throw new ExpressionFaultException(call.Offset, call.Function, $"the name of a function{Spelling.Hint(call.Function, s_all.Keys)}");
}
