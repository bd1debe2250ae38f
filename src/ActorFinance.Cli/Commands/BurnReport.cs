using System.CommandLine;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>What <c>cash --burn</c> adds: how fast each company uses cash up, and what it has promised against what it has.</summary>
internal sealed record BurnReport(RollingSpan Span, IReadOnlyList<Burn> Burns, IReadOnlyList<FundingGap> Gaps)
{
    public static Option<RollingSpan?> Option() => new("--burn")
    {
        Description = "Also burn and runway over the months before, and the gap that open commitments leave.",
        HelpName = "3M",
        CustomParser = result =>
        {
            var span = RollingSpan.Parse(result.Tokens[0].Value);
            if (span is null)
            {
                result.AddError($"--burn '{result.Tokens[0].Value}' must be {RollingSpan.Rule}");
            }

            return span;
        },
    };

    public static BurnReport Of(Book book, Cut cut, RollingSpan span, CompanyId? company)
    {
        var counted = book.At(cut);
        return new(
            span,
            [.. Burn.Of(counted, span).Where(one => company is null || one.Company == company)],
            [.. FundingGap.Of(counted, Instant.Maximum).Where(one => company is null || one.Company == company)]);
    }

    public void AddTo(JsonObject json)
    {
        json["burn"] = new JsonObject
        {
            ["window"] = Span.ToString(),
            ["companies"] = JsonAnswer.List(Burns, one => new JsonObject
            {
                ["company"] = one.Company.Value,
                ["currency"] = one.Currency.Code,
                ["from"] = one.From.ToString(),
                ["to"] = one.To.ToString(),
                ["earned"] = JsonAnswer.Amount(one.Earned),
                ["spent"] = JsonAnswer.Amount(one.Spent),
                ["financed"] = JsonAnswer.Amount(one.Financed),
                ["perMonth"] = one.PerMonth is { } perMonth ? JsonAnswer.Amount(perMonth) : null,
                ["cash"] = JsonAnswer.Amount(one.Cash),
                ["hasOpening"] = one.HasOpening,
                ["runwayMonths"] = JsonAnswer.Ratio(one.RunwayMonths),
            }),
            ["fundingGaps"] = JsonAnswer.List(Gaps, gap => new JsonObject
            {
                ["company"] = gap.Company.Value,
                ["currency"] = gap.Currency.Code,
                ["cash"] = JsonAnswer.Amount(gap.Cash),
                ["owed"] = JsonAnswer.Amount(gap.Owed),
                ["promised"] = JsonAnswer.Amount(gap.Promised),
                ["gap"] = JsonAnswer.Amount(gap.Gap),
                ["gapAfterReceipts"] = JsonAnswer.Amount(gap.GapAfterReceipts),
            }),
        };
    }
}
