using System.Globalization;
using ActorFinance.Analysis.Cascade;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Cascade;

/// <summary>Debts from text: cash as <c>a 10, b 5</c>, debts as <c>a -> b 30</c>; no cash named is none.</summary>
internal static class Debts
{
    public static CascadeAnswer Clear(string cash, string debts, decimal? recovery = null, params string[] forced) =>
        DefaultCascade.Of(
            Obligations(
                Split(cash).ToDictionary(w => w[0], w => Number(w[1])),
                [.. Split(debts).Select(w => (w[0], w[2], Number(w[3])))]),
            recovery,
            forced.Select(BookBuilder.Company).ToValueList());

    public static Obligations Obligations(Dictionary<string, decimal> cash, (string Debtor, string Creditor, decimal Amount)[] owed) =>
        new(
            Value.Parse<Currency>("USD"),
            owed.Select(o => new Obligation(BookBuilder.Company(o.Debtor), o.Creditor == "outside" ? null : BookBuilder.Company(o.Creditor), o.Amount, Instant.Of(2026, 1, 1), BookBuilder.Id(1))).ToValueList(),
            owed.Select(o => o.Debtor).Distinct().ToDictionary(BookBuilder.Company, d => cash.GetValueOrDefault(d)),
            new HashSet<CompanyId>());

    public static string Rounds(CascadeAnswer answer) => string.Join("; ", answer.Rounds.Select(r => $"{r.Number}: {string.Join(' ', r.Failed)}"));

    public static string Paid(CascadeAnswer answer) => string.Join(", ", answer.Companies.Select(c => $"{c.Company} {Numbers.Text(c.Paid)} of {Numbers.Text(c.Obligations)}"));

    public static string Received(CascadeAnswer answer) => string.Join(", ", answer.Creditors.Select(c => $"{c.Debtor}->{c.Creditor?.Value ?? "outside"} {Numbers.Text(c.Received)}"));

    private static IEnumerable<string[]> Split(string text) => text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(' '));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
