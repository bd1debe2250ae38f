using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>One figure, with the events behind it.</summary>
/// <param name="Figure">Its name in the JSON answer.</param>
/// <param name="Value">Null where it is undefined.</param>
/// <param name="Events">Each once.</param>
/// <param name="Parts">Where an event counts with a part of its amount only: which part.</param>
internal sealed record CircularExplanation(string Figure, double? Value, IReadOnlyList<EventReference> Events, IReadOnlyDictionary<Offset, Money> Parts)
{
    private static readonly string[] OfNetwork = ["finnCyclingIndex", "circulationShare", "cycles"];

    private static readonly string[] OfCompany = ["direct", "any", "anyViaAll", "traced", "financedRevenueShare"];

    public static IEnumerable<string> Figures => [.. OfNetwork, .. OfCompany];

    /// <summary>Why it cannot be explained; null when it can.</summary>
    public static string? Wrong(string figure, CompanyId? company) =>
        OfNetwork.Contains(figure) || (OfCompany.Contains(figure) && company is not null) ? null
        : OfCompany.Contains(figure) ? $"--explain {figure} needs --company: it is a figure of one company"
        : $"--explain '{figure}' must be {string.Join(", ", Figures.SkipLast(1))} or {OfCompany[^1]}";

    public static CircularExplanation Of(CircularAnswer answer, string figure, CompanyId? company)
    {
        var one = answer.Companies.FirstOrDefault(c => c.Company == company);
        return figure switch
        {
            "finnCyclingIndex" => Plain(answer.FinnCyclingIndex, answer.Finn.Events),
            "circulationShare" => Plain(answer.CirculationShare, answer.Circulation.Events),
            "cycles" => Plain(null, answer.Cycles.SelectMany(cycle => cycle.Events)),
            "direct" => Plain(one?.RoundTrip.Direct, one?.RoundTrip.Pairs.SelectMany(pair => pair.Events)),
            "any" => Plain(one?.RoundTrip.Any, one?.RoundTrip.AnyEvents),
            "anyViaAll" => Plain(one?.RoundTrip.AnyViaAll, one?.RoundTrip.AnyViaAllEvents),
            "traced" => Plain(one?.Traced.Ratio, one?.Traced.Investments.Concat(one.Traced.Purchases.Select(purchase => purchase.Event))) with
            {
                Parts = (one?.Traced.Purchases ?? []).ToDictionary(purchase => purchase.Event.Offset, purchase => purchase.Amount),
            },
            _ => Plain(one?.FinancedRevenueShare, one?.Financed.Events),
        };

        CircularExplanation Plain(double? value, IEnumerable<EventReference>? events) =>
            new(figure, value, [.. (events ?? []).Distinct()], new Dictionary<Offset, Money>());
    }
}
